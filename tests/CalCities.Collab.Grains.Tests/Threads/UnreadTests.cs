using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Threads;

/// <summary>What is new to a member, and where they are mentioned.</summary>
public sealed class UnreadTests : IAsyncLifetime
{
    private static readonly ThreadId Thread = new("rate-adjustments");
    private static readonly ThreadId Quiet = new("quiet");

    private TestHub hub = null!;
    private GroupId eq;
    private MemberId davis, pacifica;

    private ThreadQueries Queries => hub.Services.GetRequiredService<ThreadQueries>();

    public async ValueTask InitializeAsync()
    {
        hub = await TestHub.Start();
        eq = await hub.Found("eq", "Environmental Quality");
        davis = await hub.Join("eq-chair", "Mayor", "Davis", seats: (eq, Role.Chair));
        pacifica = await hub.Join("eq-member-01", "Mayor", "Pacifica", seats: (eq, Role.Member));
        await Send(davis, Thread, new ThreadCommand.Open(eq, null, "Rate adjustments", Readers.GroupOnly));
        await Send(davis, Quiet, new ThreadCommand.Open(eq, null, "Quiet", Readers.GroupOnly));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task New_posts_are_those_of_others_after_ones_mark()
    {
        var first = await Post(pacifica, "one", "Haulers need a rule.");
        await Post(davis, "two", "They do.");
        await Post(pacifica, "three", "By January.");

        Assert.Equal((2, 1, 0, 0), (await New(davis, 0), await New(davis, first), await New(davis, first + 2), await New(pacifica, first + 1)));
    }

    [Fact]
    public async Task Many_new_posts_are_counted_no_further_than_the_page_would_show()
    {
        for (var post = 0; post <= ThreadQueries.MaxUnread; post++)
            await Send(pacifica, Thread, new ThreadCommand.Post(new($"p{post}"), null, null, Stance.None, "More.", []));
        await hub.CaughtUp();

        Assert.Equal(ThreadQueries.MaxUnread, await New(davis, 0));
    }

    [Fact]
    public async Task Someone_mentioned_finds_the_post_until_it_is_hidden_and_again_when_it_is_shown()
    {
        var version = await Post(pacifica, "one", "What does @Mayor, Davis say?", davis);
        var mention = Assert.Single((await Queries.MentionsOf(davis, Cancel)).Rows);
        Assert.Equal(
            new MentionRow(Thread, new("one"), "Rate adjustments", eq, "Environmental Quality", Readers.GroupOnly, "Mayor, Pacifica", "What does @Mayor, Davis say?", version, mention.SaidAt),
            mention);

        await Send(davis, Thread, new ThreadCommand.Hide(new("one"), "Off the subject"));
        await hub.CaughtUp();
        Assert.Equal([], (await Queries.MentionsOf(davis, Cancel)).Rows);

        await Send(davis, Thread, new ThreadCommand.Unhide(new("one")));
        await hub.CaughtUp();
        Assert.Equal([mention], (await Queries.MentionsOf(davis, Cancel)).Rows);
    }

    [Fact]
    public async Task An_edit_that_mentions_someone_is_a_mention_by_its_author_and_its_words_are_the_new_ones()
    {
        await Post(pacifica, "one", "Who knows?");
        var edited = await Send(pacifica, Thread, new ThreadCommand.Edit(new("one"), "Does @Mayor, Davis know?", [davis]));
        await Send(pacifica, Thread, new ThreadCommand.Edit(new("one"), "Does @Mayor, Davis know it?", [davis]));
        await hub.CaughtUp();

        var mention = Assert.Single((await Queries.MentionsOf(davis, Cancel)).Rows);
        Assert.Equal(("Mayor, Pacifica", "Does @Mayor, Davis know it?", edited), (mention.SaidBy, mention.Excerpt, mention.Version));
    }

    [Fact]
    public async Task A_mention_in_a_thread_that_one_may_no_longer_read_is_not_shown()
    {
        await Post(pacifica, "one", "What does @Mayor, Davis say?", davis);
        var list = await Queries.MentionsOf(davis, Cancel);

        Assert.Equal([], MentionList.For(new Viewer(davis, new Standing("Mayor", "Davis", Duty.None, [])), list).Rows);
        Assert.Equal(list.Rows, MentionList.For(new Viewer(davis, new Standing("Mayor", "Davis", Duty.None, [new(eq, Role.Chair)])), list).Rows);
    }

    [Fact]
    public async Task What_all_members_read_comes_the_one_last_written_in_first_and_no_groups_own_talk_with_it()
    {
        await Send(davis, new ThreadId("open-1"), new ThreadCommand.Open(eq, null, "Ports", Readers.AllMembers));
        await Send(davis, new ThreadId("open-2"), new ThreadCommand.Open(eq, null, "Roads", Readers.AllMembers));
        await Send(pacifica, new ThreadId("open-1"), new ThreadCommand.Post(new("one"), null, null, Stance.None, "Haulers need a rule.", []));
        await hub.CaughtUp();

        Assert.Equal(["open-1", "open-2"], (await Queries.OpenToAll(Cancel)).Rows.Select(row => row.Thread.Value));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<int> New(MemberId member, long readUpTo) =>
        (await Queries.Unread(member, [(Thread, readUpTo), (Quiet, 0)], Cancel)) is var counts && counts.ContainsKey(Quiet) ? -1 : counts.GetValueOrDefault(Thread);

    private async Task<long> Post(MemberId by, string id, string body, params ImmutableArray<MemberId> mentions)
    {
        var version = await Send(by, Thread, new ThreadCommand.Post(new(id), null, null, Stance.None, body, mentions));
        await hub.CaughtUp();
        return version;
    }

    private async Task<long> Send(MemberId by, ThreadId to, ThreadCommand command) =>
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(by, to, new CommandId(Guid.NewGuid().ToString("N")), command, Cancel)).Version;
}
