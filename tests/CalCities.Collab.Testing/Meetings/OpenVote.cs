using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using CalCities.Collab.Voting;
using Xunit;

namespace CalCities.Collab.Meetings;

/// <summary>A body of electors who are all checked in, and its meeting; made by the commands that everybody uses. The first elector is the chair.</summary>
internal sealed class OpenVote
{
    /// <summary>Commands under way together: more would only wait.</summary>
    private const int AtOnce = 64;

    private static readonly GroupId Body = new("general-assembly");
    private static readonly MemberId Clerk = new("clerk");
    private readonly TestHub hub;
    private int sent;

    private OpenVote(TestHub hub, ImmutableArray<MemberId> electors) => (this.hub, Electors) = (hub, electors);

    public MeetingId Meeting { get; } = new("assembly");

    public ImmutableArray<MemberId> Electors { get; }

    public MemberId Chair => Electors[0];

    /// <summary>The number of the open vote.</summary>
    public int Vote { get; private set; }

    /// <summary>Founds the body, fills its seats and opens its meeting at the item to be voted on.</summary>
    public static async Task<OpenVote> InSession(TestHub hub, int electors, TallyPolicy tally = TallyPolicy.Live)
    {
        var program = new Actor.Program("test");
        var now = new OpenVote(hub, [.. Enumerable.Range(1, electors).Select(i => new MemberId(string.Create(CultureInfo.InvariantCulture, $"elector-{i:0000}")))]);
        await hub.Found(Body.Value, "General Assembly", GroupKind.GeneralAssembly);
        Recorded(await hub.Door.Execute(program, Body, new("rules"), new GroupCommand.SetRules(BodyRules.OfTheLeague with { Tally = tally })));
        await hub.Join(Clerk.Value, "Clerk", null, Duty.Clerk);
        await Each(now.Electors, async elector => Recorded(await hub.Door.Execute(program, elector, new($"join-{elector}"), new MemberCommand.Join("Mayor", $"City {elector.Value[^4..]}", Duty.None))));
        await Each(now.Electors, async elector => Recorded(await hub.Door.Execute(program, Body, new($"seat-{elector}"), new GroupCommand.FillSeat(elector, elector == now.Chair ? Role.Chair : Role.Delegate))));
        await hub.CaughtUp();

        await now.Do(Clerk, new MeetingCommand.Schedule(Body, "General Assembly", false, TimeProvider.System.GetUtcNow().AddDays(7), new Place("1400 K Street, Sacramento", "", "", "", true)));
        await now.Do(Clerk, new MeetingCommand.AddItem(new ItemText(ItemKind.Action, "Resolution", null, null, [])));
        await now.Do(Clerk, new MeetingCommand.PostAgenda());
        await now.Do(Clerk, new MeetingCommand.OpenRoll(Body));
        await Each(now.Electors, elector => now.Do(Clerk, new MeetingCommand.CheckIn(elector, elector, false)));
        await now.Do(now.Chair, new MeetingCommand.CallToOrder());
        return now;
    }

    /// <summary>Puts a motion to a roll call: from here the electors vote on it.</summary>
    public async Task Put()
    {
        Vote++;
        await Do(Chair, new MeetingCommand.CallItem(1));
        await Do(Chair, new MeetingCommand.MakeMotion(Electors[1], MotionKind.Main, new MotionWords(null, "", "so resolved")));
        await Do(Electors[2], new MeetingCommand.SecondMotion(Vote, Electors[2]));
        await Do(Chair, new MeetingCommand.OpenVote(Vote, VoteMethod.RollCall));
    }

    /// <summary>The chair is done with the item, so that it can be called anew.</summary>
    public Task Finish() => Do(Chair, new MeetingCommand.FinishItem());

    public Task MarkSilent(MemberId seat) => Do(Clerk, new MeetingCommand.MarkSilent(Vote, seat, Silence.NotVoting));

    public MeetingCommand.Cast Cast(MemberId seat, Choice choice) => new(Vote, seat, choice, Wording: 1);

    /// <summary>What each elector's browser holds after signing in, in the electors' order.</summary>
    public async Task<ImmutableArray<CookieContainer>> SignIn()
    {
        var cookies = new ConcurrentDictionary<MemberId, CookieContainer>();
        await Each(Electors, async elector => cookies[elector] = await hub.Cookies(elector));
        return [.. Electors.Select(elector => cookies[elector])];
    }

    /// <summary>Sends a command that must be recorded.</summary>
    public async Task Do(MemberId by, MeetingCommand command) =>
        Recorded(await hub.Door.Execute(by, Meeting, new(string.Create(CultureInfo.InvariantCulture, $"step-{Interlocked.Increment(ref sent)}")), command));

    private static Task Each(IEnumerable<MemberId> members, Func<MemberId, Task> act) =>
        Parallel.ForEachAsync(members, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (member, _) => await act(member));

    private static void Recorded(Outcome outcome) => Assert.IsType<Outcome.Recorded>(outcome);
}
