using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CalCities.Collab.Kernel.Log;

/// <summary>A network line to PostgreSQL on loopback that a test can cut at a chosen moment.</summary>
internal sealed class CuttableLine : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly NpgsqlConnectionStringBuilder server;
    private readonly CancellationTokenSource ending = new();
    private readonly Task accepting;
    private volatile Fault fault = Fault.None;
    private CancellationTokenSource cutting = new();

    public CuttableLine(string connectionString)
    {
        server = new NpgsqlConnectionStringBuilder(connectionString);
        listener.Start();
        accepting = Accept();
    }

    /// <summary>How the server says that a query with one row is done; what it says while a connection opens isn't meant.</summary>
    private static ReadOnlySpan<byte> Done => "SELECT 1\0"u8;

    private enum Fault { None, CutOnRequest, CutOnAnswer, Silence }

    public string ConnectionString => new NpgsqlConnectionStringBuilder(server.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)listener.LocalEndpoint).Port,
        SslMode = SslMode.Disable,
    }.ConnectionString;

    /// <summary>The next request doesn't arrive; then the line is whole again.</summary>
    public void CutBeforeTheNextRequest() => fault = Fault.CutOnRequest;

    /// <summary>The next query is done, but its answer (of one row) doesn't come back; then the line is whole again.</summary>
    public void CutBeforeTheNextAnswer() => fault = Fault.CutOnAnswer;

    /// <summary>From now on nothing passes and nothing is closed.</summary>
    public void FallSilent() => fault = Fault.Silence;

    /// <summary>Ends every connection there is, used or idle; new ones are whole.</summary>
    public async Task CutAll()
    {
        using var now = Interlocked.Exchange(ref cutting, new CancellationTokenSource());
        await now.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await accepting;
        ending.Dispose();
        cutting.Dispose();
    }

    private async Task Accept()
    {
        List<Task> lines = [];
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(ending.Token);
                lines.Add(Carry(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task Carry(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Parse(server.Host!), server.Port, ending.Token);
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, cutting.Token);
        await Task.WhenAll(Pump(near, far, Fault.CutOnRequest, cut), Pump(far, near, Fault.CutOnAnswer, cut));
    }

    private async Task Pump(TcpClient from, TcpClient to, Fault mine, CancellationTokenSource cut)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, cut.Token) is > 0 and var read)
            {
                if (fault == mine && (mine == Fault.CutOnRequest || buffer.AsSpan(0, read).IndexOf(Done) >= 0))
                {
                    fault = Fault.None;
                    break;
                }

                if (fault != Fault.Silence)
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, read), cut.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException)
        {
            // The other end of this line went first.
        }

        await cut.CancelAsync();
    }
}
