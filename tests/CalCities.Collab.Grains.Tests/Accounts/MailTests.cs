using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CalCities.Collab.Accounts;

public abstract class MailContract(string kind) : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly MailServer server = new();
    private KeptDatabase database = null!;
    private TestHub hub = null!;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await KeptDatabase.New(kind);
        hub = await TestHub.Start(database.ConnectionString); // without a mail server: its own sender leaves alone what waits
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await server.DisposeAsync();
        await hub.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_mail_is_sent_once_and_its_text_forgotten()
    {
        await Outbox.Send(Mail("clerk@davis.example", text: "Open this:\n.\nhttps://hub.example/signin/link/m-1.s\n“Davis”\n"));
        Assert.Equal(1, await Outbox.Waiting(Ending));

        await Sender().SendDue();
        await Sender().SendDue();

        var mail = await server.Next(Ending);
        Assert.Equal(("clerk@davis.example", "Sign in"), (mail.To, mail.Subject));
        Assert.Equal("Open this:\n.\nhttps://hub.example/signin/link/m-1.s\n“Davis”\n", mail.Text);
        Assert.Equal((0, true, MailState.Sent), (await Outbox.Waiting(Ending), server.IsEmpty, (await Newest()).State));
        Assert.Equal("", await Body());
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_given_up_at_once_and_listed_with_the_servers_words()
    {
        server.Refuses = address => address.StartsWith("gone", StringComparison.Ordinal) ? "550 5.1.1 No such mailbox" : null;
        await Outbox.Send(Mail("gone@davis.example"));
        await Outbox.Send(Mail("clerk@davis.example", member: "m-2"));

        await Sender().SendDue();

        Assert.Equal("clerk@davis.example", (await server.Next(Ending)).To);
        var failed = Assert.Single(await Outbox.Failed(cancel: Ending));
        Assert.Equal(("gone@davis.example", "Sign in", 1, MailState.Failed), (failed.To, failed.Subject, failed.Tries, failed.State));
        Assert.Contains("No such mailbox", failed.Why, StringComparison.Ordinal);
        Assert.Equal("", await Body());
    }

    [Fact]
    public async Task A_server_that_says_later_is_asked_again_after_pauses_that_grow_until_a_day_has_gone_by()
    {
        server.Refuses = _ => "451 Later";
        await Outbox.Send(Mail("clerk@davis.example"));

        await Sender().SendDue();
        await Sender().SendDue();
        Assert.Single(server.Offered);
        clock.Advance(MailSender.FirstPause);
        await Sender().SendDue();
        clock.Advance(MailSender.FirstPause);
        await Sender().SendDue();
        Assert.Equal(2, server.Offered.Count);
        Assert.NotEqual("", await Body());

        for (var hour = 0; hour < 25; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            await Sender().SendDue();
        }

        var failed = Assert.Single(await Outbox.Failed(cancel: Ending));
        Assert.Contains("Later", failed.Why, StringComparison.Ordinal);
        Assert.InRange(server.Offered.Count, 20, 40);
        Assert.Equal("", await Body());
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_tried_again()
    {
        var down = new MailServer();
        var settings = Settings(down.Port);
        await down.DisposeAsync();
        await Outbox.Send(Mail("clerk@davis.example"));

        await Sender(settings).SendDue();
        Assert.Equal(1, await Outbox.Waiting(Ending));
        clock.Advance(MailSender.FirstPause);
        await Sender().SendDue();

        Assert.Equal("clerk@davis.example", (await server.Next(Ending)).To);
    }

    [Fact]
    public async Task Without_a_server_mails_wait_and_are_given_up_when_nobody_needs_them_any_more()
    {
        await Outbox.Send(Mail("clerk@davis.example", until: clock.GetUtcNow().AddMinutes(30)));
        await Sender(new MailSettings()).SendDue();
        Assert.Equal(1, await Outbox.Waiting(Ending));

        clock.Advance(TimeSpan.FromMinutes(30));
        await Sender(new MailSettings()).SendDue();

        Assert.Equal("No mail server is set (Mail:Host).", Assert.Single(await Outbox.Failed(cancel: Ending)).Why);
        clock.Advance(TimeSpan.FromDays(91));
        await Sender(new MailSettings()).SendDue();
        Assert.Empty(await Outbox.Failed(cancel: Ending));
    }

    [Fact]
    public async Task A_hub_sends_by_itself()
    {
        await using var own = await KeptDatabase.New(kind);
        await using var sending = await TestHub.Start(own.ConnectionString, settings: server.Settings);
        await sending.Services.GetRequiredService<IOutbox>().Send(new(new("m-1"), "sign-in", "clerk@davis.example", "Sign in", "Text", DateTimeOffset.MaxValue));

        Assert.Equal("Text\n", (await server.Next(Ending)).Text);
    }

    private Outbox Outbox => new(hub.Services.GetRequiredService<StateSource>(), hub.Grains, clock);

    private static MailSettings Settings(int port) => new() { Host = "127.0.0.1", Port = port, UseTls = false, From = "hub@league.example" };

    private MailSender Sender(MailSettings? settings = null) => new(Outbox, Options.Create(settings ?? Settings(server.Port)), NullLogger<MailSender>.Instance);

    private static Mail Mail(string to, string text = "Secret", DateTimeOffset? until = null, string member = "m-1") =>
        new(new MemberId(member), "sign-in", to, "Sign in", text, until ?? DateTimeOffset.MaxValue);

    private async Task<MailRow> Newest() => (await Outbox.Newest("sign-in", [new("m-1")], Ending))[new("m-1")];

    private async Task<string?> Body()
    {
        await using var connection = await hub.Services.GetRequiredService<StateSource>().Connections.OpenConnectionAsync(Ending);
        return await connection.ExecuteScalarAsync<string>("select body from outbox where member = 'm-1'");
    }
}

public sealed class SqliteMailTests() : MailContract("SQLite");

public sealed class PostgresMailTests() : MailContract("PostgreSQL");
