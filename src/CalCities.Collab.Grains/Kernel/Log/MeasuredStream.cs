using System.Security.Cryptography;

namespace CalCities.Collab.Kernel.Log;

/// <summary>How much an archive may hold, so that no file that calls itself one can fill a memory or keep a machine busy for a day.</summary>
/// <param name="MaxBytes">All parts unpacked: some hundred million posts.</param>
/// <param name="MaxLineBytes">One row: a line is held in memory whole.</param>
internal sealed record ArchiveLimits(long MaxBytes, int MaxLineBytes)
{
    public static ArchiveLimits Default { get; } = new(64L << 30, 256 << 20);
}

/// <summary>Passes on what is written to it or read from it, and knows of all that went through: bytes, lines, SHA-256.</summary>
internal sealed class MeasuredStream(Stream inner, string name, long maxBytes, int maxLineBytes) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long lineBytes;

    public long Bytes { get; private set; }

    public long Lines { get; private set; }

    /// <summary>In hexadecimal, once all went through.</summary>
    public string Hash() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public override bool CanRead => inner.CanRead;
    public override bool CanWrite => inner.CanWrite;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Bytes;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Measure(buffer[..read]);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Measure(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Measure(buffer);
        inner.Write(buffer);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Measure(buffer.Span);
        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => inner.Flush();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Measure(ReadOnlySpan<byte> passing)
    {
        hash.AppendData(passing);
        Bytes += passing.Length;
        var ends = passing.Count((byte)'\n');
        Lines += ends;
        // The longest line of a piece is judged by the piece's own size, which is a buffer's.
        lineBytes = ends > 0 ? passing.Length - passing.LastIndexOf((byte)'\n') - 1 : lineBytes + passing.Length;
        if (Bytes > maxBytes || lineBytes > maxLineBytes)
            throw new ArchiveException($"{name} holds more than any archive of a hub may: {maxBytes} bytes here, {maxLineBytes} in a row.");
    }
}
