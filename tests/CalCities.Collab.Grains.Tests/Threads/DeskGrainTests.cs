using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;

namespace CalCities.Collab.Threads;

public sealed class DeskGrainTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collab-desk-");
    private TestHub hub = null!;

    private IDeskGrain Desk => hub.Grains.GetGrain<IDeskGrain>("eq-chair");

    public async ValueTask InitializeAsync() => hub = await Start();

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_draft_and_a_read_mark_are_there_after_the_host_was_started_again()
    {
        var draft = Of("bins", 1, "Half a post") with { Stance = Stance.IfAmended, InReplyTo = new("p1"), Quote = new(new("p1"), 0, 2, 5), Mentions = [new MemberId("eq-member-01")] };
        Assert.True(await Desk.Keep(draft));
        await Desk.MarkRead(new("bins"), 12);
        await hub.DisposeAsync();
        hub = await Start();
        Assert.Equal(Text(draft), Text(await Desk.Draft("bins")));
        Assert.Equal(12, await Desk.ReadUpTo(new ThreadId("bins")));
        Assert.Null(await hub.Grains.GetGrain<IDeskGrain>("eq-member-01").Draft("bins"));
    }

    [Fact]
    public async Task The_latest_revision_of_a_draft_stays_whatever_the_order_of_arrival()
    {
        await Desk.Keep(Of("bins", 5, "five"));
        await Desk.Keep(Of("bins", 4, "four"));
        Assert.Equal(Text(Of("bins", 5, "five")), Text(await Desk.Draft("bins")));
        await Desk.Keep(Of("bins", 6, "six"));
        Assert.Equal(Text(Of("bins", 6, "six")), Text(await Desk.Draft("bins")));
    }

    [Fact]
    public async Task A_draft_that_is_emptied_is_put_away_but_an_answer_without_words_is_kept()
    {
        await Desk.Keep(Of("bins", 1, "one"));
        await Desk.Keep(Of("bins", 2, ""));
        Assert.Null(await Desk.Draft("bins"));
        await Desk.Keep(Of("bins", 3, "") with { InReplyTo = new("p1") });
        Assert.NotNull(await Desk.Draft("bins"));
    }

    [Fact]
    public async Task Only_the_draft_of_the_command_that_was_sent_is_put_away()
    {
        await Desk.Keep(Of("bins", 1, "one"));
        await Desk.PutAway("bins", new CommandId("another"));
        Assert.NotNull(await Desk.Draft("bins"));
        await Desk.PutAway("bins", new CommandId("c-bins"));
        Assert.Null(await Desk.Draft("bins"));
    }

    [Fact]
    public async Task A_desk_holds_twenty_drafts_and_the_oldest_goes()
    {
        for (var i = 1; i <= DeskGrain.MaxDrafts + 1; i++)
            Assert.True(await Desk.Keep(Of($"t{i}", i, "text")));
        Assert.Null(await Desk.Draft("t1"));
        Assert.NotNull(await Desk.Draft("t2"));
        Assert.NotNull(await Desk.Draft($"t{DeskGrain.MaxDrafts + 1}"));
    }

    [Fact]
    public async Task A_draft_may_be_as_long_as_four_posts_and_no_longer()
    {
        Assert.True(await Desk.Keep(Of("bins", 1, new string('x', IDeskGrain.MaxTextLength))));
        Assert.False(await Desk.Keep(Of("bins", 2, new string('x', IDeskGrain.MaxTextLength + 1))));
        Assert.False(await Desk.Keep(Of(new string('p', DeskGrain.MaxPlaceLength + 1), 1, "x")));
        Assert.False(await Desk.Keep(Of("", 1, "x")));
        Assert.False(await Desk.Keep(Of("bins", 2, "x") with { Mentions = [.. Enumerable.Range(0, ThreadDecider.MaxMentions + 1).Select(i => new MemberId($"m{i}"))] }));
    }

    [Fact]
    public async Task A_read_mark_never_goes_back()
    {
        await Desk.MarkRead(new("bins"), 12);
        await Desk.MarkRead(new("bins"), 7);
        Assert.Equal(12, await Desk.ReadUpTo(new ThreadId("bins")));
        Assert.Equal(0, await Desk.ReadUpTo(new ThreadId("fires")));
        Assert.Equal(
            new Dictionary<ThreadId, long> { [new("bins")] = 12 },
            await Desk.ReadUpTo([new ThreadId("bins"), new ThreadId("fires")]));
    }

    [Fact]
    public async Task A_desk_holds_five_hundred_marks_and_the_one_least_recently_read_goes()
    {
        for (var i = 1; i <= DeskGrain.MaxMarks; i++)
            await Desk.MarkRead(new($"t{i}"), 1);
        await Desk.MarkRead(new("t1"), 2);
        await Desk.MarkRead(new("one-more"), 1);
        Assert.Equal((2, 0, 1), (await Desk.ReadUpTo(new ThreadId("t1")), await Desk.ReadUpTo(new ThreadId("t2")), await Desk.ReadUpTo(new ThreadId("one-more"))));
    }

    private Task<TestHub> Start() => TestHub.Start($"Data Source={Path.Combine(folder.FullName, "collab.db")}");

    private static Draft Of(string place, long revision, string text) =>
        new(place, revision, new CommandId($"c-{place}"), new PostId("p"), text, Stance.None, null, null, ImmutableArray<MemberId>.Empty);

    private static string Text(Draft? draft) => draft is null ? "" : Kinds.Write(draft);
}
