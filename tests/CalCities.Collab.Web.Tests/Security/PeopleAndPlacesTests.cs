using System.Collections.Immutable;
using System.Net;
using CalCities.Collab.Api;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Shell;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Security;

/// <summary>Every kind of person before every address of the running program, with the ids of another group's and another city's things in it.</summary>
public sealed class PeopleAndPlacesTests : IAsyncLifetime
{
    private static readonly GroupId Eq = EveryKind.Eq;
    private const string Secret = "Brush that burns at night";

    private WholeHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await WholeHost.Start();
        await EveryKind.Join(host);
        var chair = Caller.InProcess(new("chair"));
        Assert.IsType<Outcome.Recorded>(await host.Door.Execute(chair, new ThreadId("private"), new("open"), new ThreadCommand.Open(Eq, null, Secret, Readers.GroupOnly)));
        var posted = Assert.IsType<Outcome.Recorded>(await host.Door.Execute(chair, new ThreadId("private"), new("post"), new ThreadCommand.Post(new("p1"), null, null, Stance.None, Secret, [])));
        await host.CaughtUp(posted.Position);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Every_address_lets_in_whom_the_table_names_and_nobody_else()
    {
        var rights = host.Services.GetRequiredService<RightsTable>();
        List<string> wrong = [];
        foreach (var (slug, kinds, path, page, row) in from who in EveryKind.People.Select(person => ((string?)person.Slug, person.Kinds)).Append((null, ActorKinds.Anonymous)).Append(("nobody", ActorKinds.Suspended))
                                                       from right in rights.Rows
                                                       from act in right.Acts
                                                       where act.StartsWith("page ", StringComparison.Ordinal) || act.StartsWith("GET /", StringComparison.Ordinal)
                                                       where !act.Contains("{**", StringComparison.Ordinal) && !act.Contains("opaque", StringComparison.Ordinal)
                                                       select (who.Item1, who.Item2, Filled(act[(act.IndexOf(' ', StringComparison.Ordinal) + 1)..]), act.StartsWith("page ", StringComparison.Ordinal), right))
        {
            if (path == "/error" || !path.StartsWith('/'))
                continue;
            using var browser = await host.Browser(slug is null ? null : new MemberId(slug));
            using var answer = await browser.Open(path);
            var where = answer.Headers.Location?.OriginalString ?? "";
            var came = answer.StatusCode switch
            {
                HttpStatusCode.Redirect when where.Contains("/signin", StringComparison.Ordinal) => "sign in",
                HttpStatusCode.Redirect when where.Contains("/access", StringComparison.Ordinal) => "no access",
                HttpStatusCode.Unauthorized => "sign in",
                HttpStatusCode.Forbidden => "no access",
                _ => "in",
            };
            var due = row.Allows(kinds) ? "in" : slug is null || !page && path.StartsWith("/api", StringComparison.Ordinal) ? "sign in" : "no access";
            if (came != due)
                wrong.Add($"{slug ?? "anonymous"} at {path}: {came} ({(int)answer.StatusCode}), not {due}");
            if ((await answer.Text()).Contains(Secret, StringComparison.Ordinal) && !ThreadRights.Write.Allows(kinds))
                wrong.Add($"{slug ?? "anonymous"} reads the private thread at {path}");
        }

        Assert.Equal([], wrong);
    }

    [Fact]
    public async Task A_program_at_the_hub_gets_and_does_what_the_table_lets_its_member()
    {
        List<string> wrong = [];
        foreach (var (slug, kinds, _, _) in EveryKind.People.Where(person => person.Slug != "chair"))
        {
            var thread = new ThreadId($"hub-{slug}");
            Assert.IsType<Outcome.Recorded>(await host.Door.Execute(Caller.InProcess(new("chair")), thread, new("open"), new ThreadCommand.Open(Eq, null, Secret, Readers.GroupOnly)));
            Assert.IsType<Outcome.Recorded>(await host.Door.Execute(Caller.InProcess(new("chair")), thread, new("post"), new ThreadCommand.Post(new("p1"), null, null, Stance.None, Secret, [])));
            await using var hub = await HubSession.With(host.Address, await host.Cookies(new MemberId(slug))).Connect(Cancel);

            await using var followed = hub.Follow(thread.Stream, 0, Cancel).GetAsyncEnumerator(Cancel);
            Assert.True(await followed.MoveNextAsync());
            var reads = RightsTable.OfTheDomain.Of("see thread").Single(row => row.State == "the group's own").Allows(kinds);
            Same(followed.Current.Type, reads ? TopicMessage.EventType : TopicMessage.NoneType, "follow");

            foreach (var command in Commands)
            {
                var kind = Kinds.OfTheHub.NameOf(command);
                var row = RightsTable.OfTheDomain.Of(kind).Single(row => (row.State == "open, with a stance") == command is ThreadCommand.Post { Stance: not Stance.None });
                var due = !reads ? ThreadRefusals.NoSuchThread : !ThreadRights.Write.Allows(kinds) ? ThreadRefusals.NoSeat : row.Against(kinds);
                var answer = await hub.Execute(thread.Stream, Guid.NewGuid().ToString("N"), command, Cancel);
                Same(answer.Outcome == ExecuteAnswer.Recorded ? null : answer.Code, due?.Code, kind);
            }

            void Same(string? came, string? due, string act)
            {
                if (came != due)
                    wrong.Add($"{slug}, {act}: {came ?? "done"}, not {due ?? "done"}");
            }
        }

        Assert.Equal([], wrong);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly ImmutableArray<ThreadCommand> Commands =
    [
        new ThreadCommand.Post(new("p2"), null, null, Stance.None, "a", []), new ThreadCommand.Post(new("p3"), null, null, Stance.For, "a", []), new ThreadCommand.Agree(new("p1")),
        new ThreadCommand.TakeBackAgreement(new("p1")), new ThreadCommand.Edit(new("p1"), "b", []), new ThreadCommand.Withdraw(new("p1")), new ThreadCommand.Pin(new("p1")),
        new ThreadCommand.Unpin(new("p1")), new ThreadCommand.Hide(new("p1"), "why"), new ThreadCommand.Unhide(new("p1")), new ThreadCommand.Close(), new ThreadCommand.Reopen(),
    ];

    /// <summary>An address with the ids of things that are not the asker's own.</summary>
    private static string Filled(string route) => route
        .Replace("/threads/{Id}", "/threads/private", StringComparison.Ordinal)
        .Replace("/bills/{Id}", "/bills/202520260AB831", StringComparison.Ordinal)
        .Replace("/people/{Id}", "/people/chair", StringComparison.Ordinal)
        .Replace("{Slug}", "eq", StringComparison.Ordinal);
}
