using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using CalCities.Collab.Accounts;
using CalCities.Collab.Bills;
using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Records;
using CalCities.Collab.Security;
using CalCities.Collab.Threads;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Api.V1;

/// <summary>The API before a token of everyone that its owner can be, with every command and every view that it offers: the answers are the rights table's.</summary>
public sealed class ApiRightsTests : IAsyncLifetime
{
    private const string Private = "Brush that burns at night", Hidden = "Rude words";

    /// <summary>The owners of tokens, and who shows none: a name for reports, what they are, and whose token it is.</summary>
    private static readonly ImmutableArray<(string Slug, ActorKinds Kinds)> Owners =
        [.. EveryKind.People.Select(person => (person.Slug, person.Kinds)), ("suspended", ActorKinds.Suspended), ("nobody", ActorKinds.Suspended), ("anonymous", ActorKinds.Anonymous)];

    private static readonly GroupId Eq = EveryKind.Eq;
    private static readonly MemberId Author = new("author");

    /// <summary>One of each command of the families that have an address; those of a thread in an order in which each fits what stands there.</summary>
    private static readonly ImmutableArray<(string Path, ICommand Command)> Commands =
    [
        ("threads", new ThreadCommand.Open(Eq, null, "Ours", Readers.GroupOnly)),
        .. new ThreadCommand[]
        {
            new ThreadCommand.Post(new("own"), null, null, Stance.None, "a", []), new ThreadCommand.Post(new("stance"), null, null, Stance.For, "a", []),
            new ThreadCommand.Agree(new("p1")), new ThreadCommand.TakeBackAgreement(new("p1")), new ThreadCommand.Edit(new("p1"), "b", []), new ThreadCommand.Withdraw(new("p1")),
            new ThreadCommand.Edit(new("own"), "b", []), new ThreadCommand.Withdraw(new("own")), new ThreadCommand.Pin(new("p1")), new ThreadCommand.Unpin(new("p1")),
            new ThreadCommand.Hide(new("p1"), "why"), new ThreadCommand.Unhide(new("p1")), new ThreadCommand.Close(), new ThreadCommand.Reopen(),
        }.Select(command => ("threads", (ICommand)command)),
        ("bills", new BillCommand.Observe(SomeBills.Observed)),
        .. new GroupCommand[]
        {
            new GroupCommand.Found("A", GroupKind.PolicyCommittee, ""), new GroupCommand.Rename("A", ""), new GroupCommand.Empower(GroupPower.Decides), new GroupCommand.SetGuard(GuardMode.Off), new GroupCommand.SetRules(BodyRules.OfTheLeague),
            new GroupCommand.Allot(Appointer.President, 1), new GroupCommand.FillSeat(Author, Role.Chair), new GroupCommand.Appoint(Author, Role.Member, new("sacramento-valley"), null, false),
            new GroupCommand.VacateSeat(Author), new GroupCommand.VacateNext(Author), new GroupCommand.PlanTerm("Next", DateTimeOffset.UnixEpoch), new GroupCommand.BeginTerm("Next"),
            new GroupCommand.Merge(new("cs")), new GroupCommand.Retire("why"),
        }.Select(command => ("groups", (ICommand)command)),
    ];

    private WholeHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await WholeHost.Start();
        await EveryKind.Join(host);
        await host.Join("author", "Council Member", "Woodland", Duty.None, (Eq, Role.Member));
        await host.Do(await host.Join("suspended", "Mayor", "Davis", Duty.None, (Eq, Role.Chair)), new MemberCommand.Suspend("Left"));
        await host.Do(SomeBills.Number.Id, new BillCommand.Observe(SomeBills.Observed));
        await host.Do(new CityId("davis"), new CityCommand.Register("Davis", "Yolo", new GroupId("sacramento-valley")));
        await CaughtUp();
        await Open("private", Readers.GroupOnly);
        await Say("chair", "private", new ThreadCommand.Post(new("p2"), null, null, Stance.None, Hidden, []));
        await Say("chair", "private", new ThreadCommand.Hide(new("p2"), "Rude"));
        await Open("open", Readers.AllMembers);
        await CaughtUp();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public void Everyone_who_can_own_a_token_and_every_command_with_an_address_is_tried_here()
    {
        // A program and a rule of the hub hold no token; a token itself and "oneself" are what every owner here is beside their kind; recused one is in a meeting, which has no address here.
        var tried = Owners.Aggregate(ActorKinds.ApiToken | ActorKinds.Oneself | ActorKinds.Program | ActorKinds.Rule | ActorKinds.Recused, (kinds, owner) => kinds | owner.Kinds);
        Assert.Equal(Enum.GetValues<ActorKinds>().Aggregate((all, kind) => all | kind), tried);

        var families = new[] { typeof(ThreadCommand), typeof(BillCommand), typeof(GroupCommand) };
        Assert.Equal(ApiRights.Rows[0].Acts.Where(act => act.StartsWith("POST ", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Commands.Select(one => $"POST /api/v1/{one.Path}/{{id}}/commands").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal(families.SelectMany(family => family.GetNestedTypes()).Where(type => !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal),
            Commands.Select(one => one.Command.GetType().Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Concat(Both(families)).Order(StringComparer.Ordinal));

        // "Rename", say, of two families is two commands of one name.
        static IEnumerable<string> Both(Type[] families) => families.SelectMany(family => family.GetNestedTypes()).GroupBy(type => type.Name).SelectMany(same => same.Skip(1).Select(type => type.Name));
    }

    [Theory]
    [InlineData(Readers.GroupOnly, true)]
    [InlineData(Readers.AllMembers, true)]
    [InlineData(Readers.GroupOnly, false)]
    public async Task A_token_does_what_the_table_lets_its_owner_do_by_a_program(Readers readers, bool mayWrite)
    {
        List<string> wrong = [];
        foreach (var (slug, kinds) in Owners)
        {
            using var program = await Program(slug, mayWrite);
            var thread = $"of-{slug}";
            await Open(thread, readers);
            foreach (var (path, command) in Commands)
            {
                var id = path switch { "threads" => command is ThreadCommand.Open ? $"new-{slug}" : thread, "bills" => SomeBills.Number.Id.Value, _ => "eq" };
                var (status, body) = await program.Command($"/api/v1/{path}/{id}/commands", Guid.NewGuid().ToString("N"), command);
                var came = status == HttpStatusCode.OK ? "done" : $"{(int)status} {body.Text("code")}";
                var due = Due(command, kinds, readers, mayWrite);
                if (came != due)
                    wrong.Add($"{slug}, {Kinds.OfTheHub.NameOf(command)}: {came}, not {due}");
            }
        }

        Assert.Equal([], wrong);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_sees_what_the_table_lets_its_owner_see(bool mayWrite)
    {
        List<string> wrong = [];
        foreach (var (slug, kinds) in Owners)
        {
            using var program = await Program(slug, mayWrite);
            var reads = Row("see thread", "the group's own").Allows(kinds);
            foreach (var act in ApiRights.Rows[0].Acts.Where(act => act.StartsWith("GET ", StringComparison.Ordinal)))
                foreach (var path in Filled(act[4..]))
                {
                    var (status, body) = await program.Ask(path);
                    var came = status == HttpStatusCode.OK ? "seen" : $"{(int)status} {body.Text("code")}";
                    var due = Closed(kinds) ?? (path.Contains("/threads/private", StringComparison.Ordinal) && !reads ? $"404 {ApiRefusals.NotFound.Code}" : "seen");
                    if (came != due)
                        wrong.Add($"{slug} at {path}: {came}, not {due}");
                    if (body.ToString().Contains(Private, StringComparison.Ordinal) && !reads)
                        wrong.Add($"{slug} at {path} reads the private thread");
                    if (path == "/api/v1/threads" && came == "seen" && body.GetProperty("items").EnumerateArray().Any(item => item.Text("id") == "private") != reads)
                        wrong.Add($"{slug} at {path}: the private thread is {(reads ? "missing" : "listed")}");
                    if (path.StartsWith("/api/v1/threads/private/posts", StringComparison.Ordinal) && came == "seen")
                    {
                        // "chair" wrote it.
                        var shown = body.ToString().Contains(Hidden, StringComparison.Ordinal);
                        if (shown != Row("see thread", "a hidden or withdrawn post").Allows(slug == "chair" ? kinds | ActorKinds.Oneself : kinds))
                            wrong.Add($"{slug} at {path}: the hidden post is {(shown ? "shown" : "held back")}");
                    }
                }
        }

        Assert.Equal([], wrong);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Right Row(string act, string state) => RightsTable.OfTheDomain.Of(act).Single(row => row.State == state);

    /// <summary>What stands against someone whatever they ask; null for who has standing.</summary>
    private static string? Closed(ActorKinds kinds) => kinds switch
    {
        ActorKinds.Anonymous => $"401 {ApiRefusals.NoToken.Code}",
        ActorKinds.Suspended => $"403 {KernelRefusals.NoStanding.Code}",
        _ => null,
    };

    /// <summary>The table's answer to a command in a thread of another, by a token.</summary>
    private static string Due(ICommand command, ActorKinds kinds, Readers readers, bool mayWrite)
    {
        var kind = Kinds.OfTheHub.NameOf(command);
        var rows = RightsTable.OfTheDomain.Of(kind);
        if (Closed(kinds) is { } closed)
            return closed;
        if (!mayWrite)
            return $"403 {KernelRefusals.TokenReadsOnly.Code}";
        if (!rows.Any(row => row.Allows(ActorKinds.ApiToken)))
            return $"403 {KernelRefusals.NotByToken.Code}";
        if (command is not ThreadCommand.Open && !Row("see thread", readers == Readers.GroupOnly ? "the group's own" : "open to all members").Allows(kinds))
            return $"404 {ThreadRefusals.NoSuchThread.Code}";
        if (Row("threads.open", "open").Against(kinds) is { } noSeat)
            return $"403 {noSeat.Code}";
        var own = command is ThreadCommand.Edit { Id.Value: "own" } or ThreadCommand.Withdraw { Id.Value: "own" };
        var row = rows.Single(row => row.State == "open, with a stance" == command is ThreadCommand.Post { Stance: not Stance.None });
        return row.Against(own ? kinds | ActorKinds.Oneself : kinds) is { } refusal ? $"403 {refusal.Code}" : "done";
    }

    /// <summary>An address with ids in it: of the private thread and the open one, where it has a thread's.</summary>
    private static IEnumerable<string> Filled(string route) => route switch
    {
        "/api/v1/threads/{id}" => ["/api/v1/threads/private", "/api/v1/threads/open"],
        "/api/v1/threads/{id}/posts" => ["/api/v1/threads/private/posts", "/api/v1/threads/private/posts?limit=1&cursor=1", "/api/v1/threads/open/posts"],
        "/api/v1/bills/{id}" => [$"/api/v1/bills/{SomeBills.Number.Id}"],
        "/api/v1/groups/{id}" => ["/api/v1/groups/eq"],
        "/api/v1/groups/{id}/roster" => ["/api/v1/groups/eq/roster"],
        "/api/v1/members/{id}" => ["/api/v1/members/chair"],
        "/api/v1/cities/{id}" => ["/api/v1/cities/davis"],
        _ when !route.Contains('{', StringComparison.Ordinal) => [route],
        _ => throw new InvalidOperationException($"Give {route} an id here."),
    };

    private async Task<HttpClient> Program(string slug, bool mayWrite)
    {
        var program = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
        if (slug != "anonymous")
            program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await host.Grains.GetGrain<ITokenGrain>(slug).Make("A test", mayWrite, DateTimeOffset.UtcNow.AddDays(1))).Secret);
        return program;
    }

    private async Task Open(string thread, Readers readers)
    {
        await Say("author", thread, new ThreadCommand.Open(Eq, null, readers == Readers.GroupOnly ? Private : "Open to all", readers));
        await Say("author", thread, new ThreadCommand.Post(new("p1"), null, null, Stance.None, readers == Readers.GroupOnly ? Private : "Open to all", []));
    }

    private async Task Say(string member, string thread, ThreadCommand command) =>
        Assert.IsType<Outcome.Recorded>(await host.Door.Execute(Caller.InProcess(new(member)), new ThreadId(thread), new CommandId(Guid.NewGuid().ToString("N")), command, Cancel));

    private async Task CaughtUp() => await host.CaughtUp(await host.Services.GetRequiredService<RecordQueries>().Head(Cancel));
}
