using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Threads;

/// <summary>Threads through the real door, grain, log, feed and index, on a database of the subclass's.</summary>
public abstract class ThreadIndexContract : IAsyncLifetime
{
    private static readonly GroupId Eq = new("eq"), Cs = new("cs");
    private static readonly ThreadId Bins = new("bins"), Fires = new("fires"), Parks = new("parks");
    private TestHub hub = null!;
    private MemberId chair, member, outsider;
    private int sent;

    protected abstract string? ConnectionString { get; }

    private ThreadQueries Queries => hub.Services.GetRequiredService<ThreadQueries>();

    public virtual async ValueTask InitializeAsync()
    {
        hub = await TestHub.Start(ConnectionString);
        await hub.Found("eq", "Environmental Quality");
        await hub.Found("cs", "Community Services");
        chair = await hub.Join("eq-chair", "Mayor", "Davis", Duty.None, (Eq, Role.Chair));
        member = await hub.Join("eq-member-01", "Council Member", "Arcata", Duty.None, (Eq, Role.Member));
        outsider = await hub.Join("cs-member-01", "Mayor", "Fresno", Duty.None, (Cs, Role.Member));
        await hub.Join("staff", "Legislative Advocate", null, Duty.Staff);
        await hub.Join("admin", "Administrator", null, Duty.Admin);
        await hub.Join("follower", "Follower", null, Duty.Follower);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (hub is not null)
            await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_thread_stands_in_the_lists_of_its_group_and_of_everyone_who_takes_part()
    {
        await Open(chair, Bins, Eq, Readers.GroupOnly, "Who pays for the bins?");
        await Open(outsider, Parks, Cs, Readers.AllMembers, "Parks");
        await Say(member, Bins, "p1", "**Rates** follow\ncosts, @Mayor, Davis", chair);
        var version = await Say(chair, Bins, "p2", "Noted.");
        await hub.CaughtUp();

        var row = Assert.Single((await Queries.Of(Eq)).Rows);
        Assert.Equal(
            new ThreadRow(Bins, Eq, "Environmental Quality", null, null, "Who pays for the bins?", Readers.GroupOnly, false, "Mayor, Davis", 2, "Mayor, Davis", "Noted.", version, row.MovedAt), row);
        Assert.Equal([Bins], (await Queries.Of(chair)).Rows.Select(r => r.Thread));
        Assert.Equal([Bins], (await Queries.Of(member)).Rows.Select(r => r.Thread));
        Assert.Equal([Parks], (await Queries.Of(outsider)).Rows.Select(r => r.Thread));
    }

    [Fact]
    public async Task The_thread_last_written_in_stands_first()
    {
        await Open(chair, Bins, Eq, Readers.GroupOnly, "Bins");
        await Open(chair, Fires, Eq, Readers.GroupOnly, "Fires");
        await Say(member, Bins, "p1", "First again.");
        await hub.CaughtUp();
        Assert.Equal([Bins, Fires], (await Queries.Of(Eq)).Rows.Select(r => r.Thread));
    }

    [Fact]
    public async Task The_words_of_a_hidden_or_withdrawn_post_leave_the_lists_and_an_edit_shows()
    {
        await Open(chair, Bins, Eq, Readers.GroupOnly, "Bins");
        await Say(member, Bins, "p1", "One");
        await Do(member, Bins, new ThreadCommand.Edit(new("p1"), "Two", []));
        Assert.Equal("Two", await LastWords());
        await Do(chair, Bins, new ThreadCommand.Hide(new("p1"), "why"));
        Assert.Null(await LastWords());
        await Do(chair, Bins, new ThreadCommand.Unhide(new("p1")));
        Assert.Equal("Two", await LastWords());
        await Do(member, Bins, new ThreadCommand.Withdraw(new("p1")));
        Assert.Null(await LastWords());
        await Say(member, Bins, "p2", "Three");
        Assert.Equal("Three", await LastWords());

        async Task<string?> LastWords()
        {
            await hub.CaughtUp();
            return Assert.Single((await Queries.Of(Eq)).Rows).LastExcerpt;
        }
    }

    [Fact]
    public async Task A_closed_thread_says_so_until_it_is_reopened()
    {
        await Open(chair, Bins, Eq, Readers.GroupOnly, "Bins");
        await Do(chair, Bins, new ThreadCommand.Close());
        await hub.CaughtUp();
        Assert.True(Assert.Single((await Queries.Of(Eq)).Rows).IsClosed);
        await Do(chair, Bins, new ThreadCommand.Reopen());
        await hub.CaughtUp();
        Assert.False(Assert.Single((await Queries.Of(Eq)).Rows).IsClosed);
    }

    [Fact]
    public async Task A_list_shows_a_viewer_the_threads_that_they_may_read()
    {
        await Open(chair, Bins, Eq, Readers.GroupOnly, "Bins");
        await Open(chair, Fires, Eq, Readers.AllMembers, "Fires");
        await hub.CaughtUp();
        var list = await Queries.Of(Eq);
        Assert.Equal([Fires, Bins], ThreadList.For(new Viewer(member, new Standing("Council Member", "Arcata", Duty.None, [new Seat(Eq, Role.Member)])), list).Rows.Select(r => r.Thread));
        Assert.Equal([Fires], ThreadList.For(new Viewer(outsider, new Standing("Mayor", "Fresno", Duty.None, [new Seat(Cs, Role.Member)])), list).Rows.Select(r => r.Thread));
        Assert.Equal([Fires], ThreadList.For(new Viewer(new("admin"), new Standing("Administrator", null, Duty.Admin, [])), list).Rows.Select(r => r.Thread));
    }

    [Theory]
    [InlineData(Readers.GroupOnly, "", "Council Member, Arcata|Mayor, Davis|Legislative Advocate")]
    [InlineData(Readers.GroupOnly, "mayor", "Mayor, Davis")]
    [InlineData(Readers.GroupOnly, "ARC", "Council Member, Arcata")]
    [InlineData(Readers.GroupOnly, "Fresno", "")]
    [InlineData(Readers.AllMembers, "mayor, f", "Mayor, Fresno")]
    [InlineData(Readers.AllMembers, "%", "")]
    [InlineData(Readers.AllMembers, "_!'", "")]
    public async Task Those_who_may_read_a_thread_are_offered_to_be_mentioned(Readers readers, string typed, string offered) =>
        Assert.Equal(offered, string.Join('|', (await Queries.Mentionable(Eq, readers, typed)).Select(person => person.Name)));

    [Fact]
    public async Task People_are_named_as_they_are_now() =>
        Assert.Equal(
            new Dictionary<MemberId, string> { [chair] = "Mayor, Davis", [new("staff")] = "Legislative Advocate" },
            await Queries.Names([chair, new("staff"), new("nobody"), chair]));

    [Fact]
    public async Task A_post_sent_twice_with_its_id_is_posted_once()
    {
        await Open(chair, Bins, Eq, Readers.GroupOnly, "Bins");
        var command = new ThreadCommand.Post(new("p1"), null, null, Stance.For, "Once", []);
        var first = await hub.Door.Execute(member, Bins, new CommandId("draft-1"), command);
        Assert.IsType<Outcome.Recorded>(first);
        Assert.Equal(first, await hub.Door.Execute(member, Bins, new CommandId("draft-1"), command));
        Assert.Equal(new Outcome.Refused(KernelRefusals.CommandIdReused), await hub.Door.Execute(member, Bins, new CommandId("draft-1"), command with { Body = "Twice" }));
        await hub.CaughtUp();
        Assert.Equal(1, Assert.Single((await Queries.Of(Eq)).Rows).Posts);
    }

    [Fact]
    public async Task A_mention_is_judged_by_the_standing_of_the_person_mentioned()
    {
        await Open(chair, Bins, Eq, Readers.GroupOnly, "Bins");
        Assert.Equal(new Outcome.Refused(ThreadRefusals.MentionCannotRead),
            await hub.Door.Execute(member, Bins, new CommandId("m"), new ThreadCommand.Post(new("p1"), null, null, Stance.None, "@Mayor, Fresno", [outsider])));
    }

    [Theory]
    [InlineData("short", "short")]
    [InlineData("# Title\n\n> a **b**\n- c", "Title a b c")]
    public void An_excerpt_is_the_start_of_a_post_on_one_line(string body, string excerpt) =>
        Assert.Equal(excerpt, ThreadIndex.ExcerptOf(body));

    [Fact]
    public void An_excerpt_has_two_hundred_characters_at_most_and_no_half_ones()
    {
        Assert.Equal(new string('x', 200), ThreadIndex.ExcerptOf(new string('x', 200)));
        Assert.Equal(new string('x', 199) + "…", ThreadIndex.ExcerptOf(new string('x', 201)));
        Assert.Equal(new string('x', 198) + "…", ThreadIndex.ExcerptOf(new string('x', 198) + "\ud83d\udd25" + "xx"));
    }

    private Task<long> Open(MemberId by, ThreadId thread, GroupId group, Readers readers, string title) =>
        Do(by, thread, new ThreadCommand.Open(group, null, title, readers));

    private Task<long> Say(MemberId by, ThreadId thread, string id, string body, params ImmutableArray<MemberId> mentions) =>
        Do(by, thread, new ThreadCommand.Post(new(id), null, null, Stance.None, body, mentions));

    private async Task<long> Do(MemberId by, ThreadId thread, ThreadCommand command) =>
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(by, thread, new CommandId($"c{++sent}"), command)).Version;
}

public sealed class SqliteThreadIndexTests : ThreadIndexContract
{
    protected override string? ConnectionString => null;
}

/// <summary>Each test on a database of its own.</summary>
public sealed class PostgresThreadIndexTests : ThreadIndexContract
{
    private readonly PostgresFixture db = new();

    protected override string? ConnectionString => db.ConnectionString;

    public override async ValueTask InitializeAsync()
    {
        await db.InitializeAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await db.DisposeAsync();
    }
}
