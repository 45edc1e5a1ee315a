using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using System.Text;

namespace CalCities.Collab.Testing;

/// <summary>A small mail server on loopback, as far as a client that sends plain mails can tell: it takes them in, or refuses as it is told to.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Channel<ReceivedMail> received = Channel.CreateUnbounded<ReceivedMail>();
    private readonly Task serving;

    public MailServer()
    {
        listener.Start();
        serving = Serve();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What it answers to an address: null takes it, "550 No such mailbox" refuses it for good, "451 Later" for now.</summary>
    public Func<string, string?> Refuses { get; set; } = _ => null;

    /// <summary>The addresses that were offered, refused ones too.</summary>
    public ConcurrentQueue<string> Offered { get; } = new();

    /// <summary>The hub's settings for it.</summary>
    public (string Key, string Value)[] Settings =>
        [("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{Port}"), ("Mail:UseTls", "false"), ("Mail:From", "CalCities Collab <hub@league.example>")];

    /// <summary>The next mail that comes in.</summary>
    public async Task<ReceivedMail> Next(CancellationToken cancel = default)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        soon.CancelAfter(TimeSpan.FromSeconds(30));
        return await received.Reader.ReadAsync(soon.Token);
    }

    /// <summary>Whether none has come in that nobody has read.</summary>
    public bool IsEmpty => received.Reader.Count == 0;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await serving;
        end.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
                _ = Talk(await listener.AcceptTcpClientAsync(end.Token));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Talk(TcpClient client)
    {
        using var held = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 mail.example");
            List<string> to = [];
            while (await reader.ReadLineAsync(end.Token) is { } line)
            {
                var answer = line.ToUpperInvariant() switch
                {
                    ['E' or 'H', ..] => "250 mail.example",
                    ['M', 'A', ..] => "250 ok",
                    ['R', 'C', ..] => Offer(line, to),
                    "DATA" => "354 go on",
                    "QUIT" => "221 bye",
                    _ => "250 ok",
                };
                await writer.WriteLineAsync(answer);
                if (answer.StartsWith("221", StringComparison.Ordinal))
                    return;
                if (!answer.StartsWith("354", StringComparison.Ordinal))
                    continue;
                var text = new StringBuilder();
                while (await reader.ReadLineAsync(end.Token) is { } part and not ".")
                    text.Append(part.StartsWith('.') ? part[1..] : part).Append('\n');
                received.Writer.TryWrite(ReceivedMail.Of(to[0], text.ToString()));
                to.Clear();
                await writer.WriteLineAsync("250 taken");
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The client went, or the test is over.
        }
    }

    private string Offer(string line, List<string> to)
    {
        var address = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
        Offered.Enqueue(address);
        if (Refuses(address) is { } refusal)
            return refusal;
        to.Add(address);
        return "250 ok";
    }
}

/// <summary>A mail that came in: to whom, its heading, its text.</summary>
public sealed record ReceivedMail(string To, string Subject, string Text)
{
    /// <summary>Reads a mail as it was sent; of encodings, quoted-printable and those that leave the text as it is.</summary>
    public static ReceivedMail Of(string to, string raw)
    {
        var (head, body) = raw.IndexOf("\n\n", StringComparison.Ordinal) is var at and >= 0 ? (raw[..at], raw[(at + 2)..]) : (raw, "");
        var subject = head.Split('\n').Single(line => line.StartsWith("Subject:", StringComparison.Ordinal))["Subject:".Length..].Trim();
        return new(to, subject, head.Contains("quoted-printable", StringComparison.OrdinalIgnoreCase) ? Decoded(body) : body);
    }

    /// <summary>The first address in the text that holds this.</summary>
    public Uri Link(string holding) =>
        new(Text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).First(word => word.StartsWith("http", StringComparison.Ordinal) && word.Contains(holding, StringComparison.Ordinal)));

    private static string Decoded(string quoted)
    {
        var bytes = new List<byte>();
        var text = quoted.Replace("=\n", "", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length)
            {
                bytes.Add(Convert.ToByte(text[(i + 1)..(i + 3)], 16));
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
