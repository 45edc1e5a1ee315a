using CalCities.Collab.Accounts;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Notebooks;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CalCities.Collab.Grains.Tests.Kernel;

public sealed class DoorTests : IAsyncLifetime
{
    private static readonly NotebookId Notebook = new("n1");
    private TestHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await TestHub.Start();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Someone_without_an_account_is_refused() =>
        Assert.Equal(new Outcome.Refused(KernelRefusals.NoStanding), await Write(new MemberId("nobody"), "c1"));

    [Fact]
    public async Task A_browser_that_was_signed_out_is_refused_at_its_next_command_and_the_others_go_on()
    {
        var member = await hub.Join("eq-chair", "Mayor", "Davis");
        var access = hub.Grains.GetGrain<IAccessGrain>(member.Value);
        var (phone, desk) = (await access.Begin("Chrome on Android", "link"), await access.Begin("Firefox on Windows", "passkey"));
        Assert.IsType<Outcome.Recorded>(await Send(phone, "c1"));

        await access.End(phone);

        Assert.Equal(new Outcome.Refused(KernelRefusals.SignedOut), await Send(phone, "c2"));
        Assert.IsType<Outcome.Recorded>(await Send(desk, "c3"));
        Assert.Equal(new Outcome.Refused(KernelRefusals.SignedOut), await Send("", "c4"));

        Task<Outcome> Send(string pass, string id) => hub.Door.Execute(new Caller(member, pass), Notebook, new CommandId(id), new NotebookCommand.Write("a line"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData("when:copy-when-shut:1:0")]
    [InlineData("unprintable\u0001")]
    public async Task A_command_id_that_only_the_hub_may_make_or_nobody_is_refused(string id)
    {
        var member = await hub.Join("eq-chair", "Mayor", "Davis");

        Assert.Equal(new Outcome.Refused(KernelRefusals.BadCommandId), await Write(member, id));
    }

    [Fact]
    public async Task Nobody_takes_another_persons_outcome_with_their_id()
    {
        var first = await hub.Join("eq-chair", "Mayor", "Davis");
        var second = await hub.Join("eq-member-01", "Mayor", "Arcata");

        Assert.Equal(1, Assert.IsType<Outcome.Recorded>(await Write(first, "same")).Version);
        Assert.Equal(2, Assert.IsType<Outcome.Recorded>(await Write(second, "same")).Version);
    }

    [Theory]
    [InlineData("../etc")]
    [InlineData("")]
    [InlineData("a/b")]
    public async Task A_stream_that_can_not_be_is_refused(string key)
    {
        var member = await hub.Join("eq-chair", "Mayor", "Davis");

        Assert.Equal(new Outcome.Refused(KernelRefusals.UnknownCommand), await hub.Door.Execute(member, new NotebookId(key), new("c1"), new NotebookCommand.Shut()));
    }

    [Fact]
    public async Task A_seat_that_a_group_fills_becomes_the_members_standing()
    {
        var group = await hub.Found("eq", "Environmental Quality");
        var member = await hub.Join("eq-chair", "Mayor", "Davis", Duty.None, (group, Role.Chair));
        var fact = await hub.Grains.GetGrain<IMemberGrain>(member.Value).Tell();

        var standing = Assert.IsType<MemberFact>(fact.Fact).Standing;
        Assert.Equal(("Mayor, Davis", Role.Chair), (standing.DisplayName, standing.RoleIn(group)));
    }

    [Fact]
    public async Task Whoever_sends_too_much_in_a_minute_is_refused_and_nothing_of_it_is_recorded()
    {
        await using var slow = await TestHub.Start(settings: ("Limits:OrdinaryPerMinute", "2"));
        var member = await slow.Join("eq-chair", "Mayor", "Davis");
        Task<Outcome> Send(string id) => slow.Door.Execute(member, Notebook, new(id), new NotebookCommand.Write("a line"));

        Assert.IsType<Outcome.Recorded>(await Send("c1"));
        Assert.IsType<Outcome.Recorded>(await Send("c2"));
        Assert.Equal(new Outcome.Refused(KernelRefusals.TooFast), await Send("c3"));
        Assert.Equal(2, (await slow.Grains.GetGrain<INotebookGrain>(Notebook.Value).Tell()).Version);
    }

    [Fact]
    public void A_person_spends_a_minutes_tokens_and_gets_them_back_evenly()
    {
        var clock = new FakeTimeProvider();
        var buckets = new TokenBuckets(Options.Create(new Limits { WritingPerMinute = 20 }), clock);
        var member = new MemberId("eq-chair");

        Assert.All(Enumerable.Range(0, 20), _ => Assert.True(buckets.TryTake(member, Pace.Writing)));
        Assert.False(buckets.TryTake(member, Pace.Writing));
        Assert.True(buckets.TryTake(member, Pace.Ordinary));
        Assert.True(buckets.TryTake(new MemberId("eq-vice-chair"), Pace.Writing));
        clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(buckets.TryTake(member, Pace.Writing));
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(buckets.TryTake(member, Pace.Writing));
        Assert.False(buckets.TryTake(member, Pace.Writing));
    }

    [Fact]
    public async Task Who_sends_more_than_a_minute_allows_is_refused_and_others_are_not()
    {
        await using var strict = await TestHub.Start(settings: [("Limits:OrdinaryPerMinute", "1"), ("Limits:WritingPerMinute", "1")]);
        var quick = await strict.Join("eq-chair", "Mayor", "Davis");
        var other = await strict.Join("eq-member-01", "Mayor", "Arcata");

        Assert.IsType<Outcome.Recorded>(await Send(quick, "c1"));
        Assert.Equal(new Outcome.Refused(KernelRefusals.TooFast), await Send(quick, "c2"));
        Assert.IsType<Outcome.Recorded>(await Send(other, "c1"));

        Task<Outcome> Send(MemberId member, string id) => strict.Door.Execute(member, Notebook, new(id), new NotebookCommand.Write("a line"));
    }

    private Task<Outcome> Write(MemberId member, string id) => hub.Door.Execute(member, Notebook, new(id), new NotebookCommand.Write("a line"));
}
