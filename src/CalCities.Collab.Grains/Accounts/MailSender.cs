using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;
using Orleans.Concurrency;

namespace CalCities.Collab.Accounts;

/// <summary>The server that sends the hub's mails (settings under "Mail"). Without a host they wait.</summary>
public sealed class MailSettings
{
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    /// <summary>Who the mails are from: "hub@example.org" or "CalCities Collab &lt;hub@example.org&gt;".</summary>
    public string From { get; set; } = "";

    public string UserName { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Encrypted or not at all: port 465 from the first byte, others after STARTTLS. Off only for a server on the same machine.</summary>
    public bool UseTls { get; set; } = true;

    public bool IsSet => Host.Length > 0;

    internal bool IsPossible => !IsSet || (Port is > 0 and < 65_536 && MailboxAddress.TryParse(From, out _));
}

/// <summary>The one sender of the cluster; its key is <see cref="Key"/>. Calling it starts it.</summary>
[Alias("accounts.IMailSenderGrain")]
public interface IMailSenderGrain : IGrainWithStringKey
{
    public const string Key = "mail";

    /// <summary>A mail may be due.</summary>
    [OneWay, AlwaysInterleave, Alias("Poke")]
    Task Poke();
}

/// <inheritdoc cref="IMailSenderGrain"/>
[GrainType("mail-sender")]
internal sealed class MailSenderGrain(MailSender sender, ILogger<MailSenderGrain> logger) : Grain, IMailSenderGrain
{
    private bool sending;
    private bool again;

    public async Task Poke()
    {
        again = true;
        if (sending)
            return;
        sending = true;
        try
        {
            while (again)
            {
                again = false;
                await sender.SendDue();
            }
        }
        catch (Exception failure) // The database is away: the next poke tries again.
        {
            logger.LogWarning(failure, "Mails could not be sent now.");
        }
        finally
        {
            sending = false;
        }
    }
}

/// <summary>Each host pokes the sender, so that one runs whichever host is lost, and mails that wait are tried when they are due.</summary>
internal sealed class MailHints(IGrainFactory grains, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await grains.GetGrain<IMailSenderGrain>(IMailSenderGrain.Key).Poke();
    }
}

/// <summary>Sends what is due, one after the other, and tries again with growing pauses what the server didn't take.</summary>
internal sealed class MailSender(Outbox outbox, IOptions<MailSettings> settings, ILogger<MailSender> logger)
{
    /// <summary>The pauses double from the first: most servers that say "later" mean a minute or a quarter of an hour.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);

    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>What is taken from the outbox at once.</summary>
    private const int AtOnce = 20;

    private const int MaxWhy = 300;

    private static readonly TimeSpan ServerAnswersIn = TimeSpan.FromSeconds(20);

    /// <summary>Sends all that is due; without a mail server, only what is too late is given up.</summary>
    public async Task SendDue()
    {
        var mail = settings.Value;
        await outbox.Tidy(mail.IsSet ? "The mail server could not be reached in time." : "No mail server is set (Mail:Host).");
        if (!mail.IsSet)
            return;
        for (var due = await outbox.Due(AtOnce); due.Length > 0; due = await outbox.Due(AtOnce))
            await Send(mail, due);
    }

    public static TimeSpan PauseAfter(long tries) => tries >= 8 ? LongestPause : FirstPause * (1 << (int)tries);

    private async Task Send(MailSettings mail, IReadOnlyCollection<DueMail> due)
    {
        using var server = new SmtpClient { Timeout = (int)ServerAnswersIn.TotalMilliseconds };
        foreach (var one in due)
        {
            try
            {
                if (!server.IsConnected)
                    await Connect(server, mail);
                await server.SendAsync(Message(mail, one));
                await outbox.Sent(one);
            }
            catch (Exception failure) when (failure is SmtpCommandException or ProtocolException or AuthenticationException or SslHandshakeException or ServiceNotConnectedException
                or SocketException or IOException or TimeoutException or OperationCanceledException or NotSupportedException or ParseException)
            {
                // A 5xx about the mail itself stays one; all else may be better later.
                var refused = failure is ParseException or SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted, StatusCode: >= (SmtpStatusCode)500 };
                logger.LogWarning("A mail ({Id}) was not taken: {Why}", one.Id, failure.Message);
                await outbox.Missed(one, failure.Message.Length <= MaxWhy ? failure.Message : failure.Message[..MaxWhy], refused ? null : PauseAfter(one.Tries));
                if (server.IsConnected)
                    await server.DisconnectAsync(quit: refused);
            }
        }

        if (server.IsConnected)
            await server.DisconnectAsync(quit: true);
    }

    private static async Task Connect(SmtpClient server, MailSettings mail)
    {
        await server.ConnectAsync(mail.Host, mail.Port, !mail.UseTls ? SecureSocketOptions.None : mail.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls);
        if (mail.UserName.Length > 0)
            await server.AuthenticateAsync(mail.UserName, mail.Password);
    }

    private static MimeMessage Message(MailSettings mail, DueMail due)
    {
        var from = MailboxAddress.Parse(mail.From);
        var message = new MimeMessage { Subject = due.Subject, MessageId = $"{due.Id}@{from.Domain}", Body = new TextPart("plain") { Text = due.Body } };
        message.From.Add(from);
        message.To.Add(MailboxAddress.Parse(due.Recipient));
        // A holiday's answer to a sign-in link helps nobody.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
