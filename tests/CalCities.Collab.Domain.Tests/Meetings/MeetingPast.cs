using System.Collections.Immutable;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Meetings;

using FakeMeeting = FakeAggregate<MeetingDecider, Meeting, MeetingCommand, MeetingEvent>;

/// <summary>A committee of five seats with a sixth vacant, the people around it, and the pasts that the tests of meetings start from.</summary>
internal static class MeetingPast
{
    public static readonly GroupId Eq = new("eq");
    public static readonly BillId Sb54 = new("202520260SB54");

    public static readonly Actor.Person
        Chair = Of("chair", "Mayor", "Davis", Duty.None, new Seat(Eq, Role.Chair)),
        ViceChair = Of("vice", "Vice Mayor", "Ojai", Duty.None, new Seat(Eq, Role.ViceChair)),
        Ana = Of("m1", "Mayor", "Arcata", Duty.None, new Seat(Eq, Role.Member)),
        Ben = Of("m2", "Council Member", "Biggs", Duty.None, new Seat(Eq, Role.Member)),
        Cal = Of("m3", "Council Member", "Colusa", Duty.None, new Seat(Eq, Role.Member)),
        Alternate = Of("alternate", "City Manager", "Arcata", Duty.None, new Seat(Eq, Role.Alternate)),
        Partner = Of("partner", "Partner", null, Duty.None, new Seat(Eq, Role.Partner)),
        Outsider = Of("outsider", "Mayor", "Fresno", Duty.None, new Seat(new GroupId("cs"), Role.Chair)),
        Staff = Of("staff", "Legislative Advocate", null, Duty.Staff),
        Clerk = Of("clerk", "Committee Clerk", null, Duty.Clerk),
        HubAdmin = Of("admin", "Administrator", null, Duty.Admin),
        Follower = Of("follower", "Follower", null, Duty.Follower);

    public static readonly ImmutableArray<Actor.Person> Seated = [Chair, ViceChair, Ana, Ben, Cal];
    public static readonly ImmutableArray<Actor.Person> Everyone = [.. Seated, Alternate, Partner, Outsider, Staff, Clerk, HubAdmin, Follower];

    public static readonly Place Hall = new("1400 K Street, Sacramento", "First floor", "", "", true);
    public static readonly DateTimeOffset Starts = By.Start.AddDays(7);
    public static readonly MotionWords SupportIt = new(Position.Support, "", "");

    public static readonly GroupFact EqGroup = new("Environmental Quality", GroupKind.PolicyCommittee)
    {
        Power = GroupPower.Recommends,
        Rules = BodyRules.OfTheLeague with { RemoteMakesRollCall = true },
        Vacancies = 1,
        Seats = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            Held(Chair, Role.Chair), Held(ViceChair, Role.ViceChair), Held(Ana, Role.Member), Held(Ben, Role.Member), Held(Cal, Role.Member), Held(Partner, Role.Partner),
            KeyValuePair.Create(Alternate.Member.Value, new Held(Role.Alternate, Appointer.President, Ana.Member)),
        ]),
    };

    public static readonly FakeMeeting Nothing = Around(EqGroup);

    public static readonly FakeMeeting Scheduled = Nothing.Do(Chair, new MeetingCommand.Schedule(Eq, "June meeting", false, Starts, Hall));

    /// <summary>1 informational, 2 and 3 consent, 4 action on SB 54; posted in time. 5 came after the posting.</summary>
    public static readonly FakeMeeting Posted = Prepared(Scheduled);

    public static readonly FakeMeeting RollOpen = Posted.Do(Clerk, new MeetingCommand.OpenRoll(Eq));

    /// <summary>All five are in the room and the chair presides.</summary>
    public static readonly FakeMeeting InSession = Opened(RollOpen);

    /// <summary>Item 4 is up.</summary>
    public static readonly FakeMeeting OnSb54 = InSession.Do(Chair, new MeetingCommand.CallItem(4));

    /// <summary>To support it: motion 1, by the first member, seconded by the second.</summary>
    public static readonly FakeMeeting Debated = OnSb54.Do(Ana, Moves(Ana, MotionKind.Main, SupportIt)).Do(Ben, new MeetingCommand.SecondMotion(1, Ben.Member));

    public static readonly FakeMeeting VoteOpen = Debated.Do(Chair, new MeetingCommand.OpenVote(1, VoteMethod.RollCall));

    /// <summary>Nothing scheduled yet by a group, and the people whom the hub knows.</summary>
    public static FakeMeeting Around(GroupFact group, params IEnumerable<Actor.Person> others) => new FakeMeeting(new MeetingId("june").Stream)
        .Knowing(Eq.Stream, group).Knowing(Sb54.Stream, new BillFact("SB 54", "Solid waste"))
        .KnowingOf([.. others, .. Everyone]);

    /// <summary>The roll of a meeting of this group.</summary>
    public static FakeMeeting RollOf(GroupFact group, params IEnumerable<Actor.Person> others) =>
        Prepared(Around(group, others).Do(Chair, new MeetingCommand.Schedule(Eq, "June meeting", false, Starts, Hall))).Do(Clerk, new MeetingCommand.OpenRoll(Eq));

    public static FakeMeeting Prepared(FakeMeeting scheduled) => scheduled
        .Do(Clerk, new MeetingCommand.AddItem(Item(ItemKind.Informational, "Welcome")))
        .Do(Clerk, new MeetingCommand.AddItem(Item(ItemKind.Consent, "Minutes of May")))
        .Do(Clerk, new MeetingCommand.AddItem(Item(ItemKind.Consent, "Work program")))
        .Do(Staff, new MeetingCommand.AddItem(Item(ItemKind.Action, "Solid waste", Sb54)))
        .Do(Clerk, new MeetingCommand.PostAgenda())
        .Do(Clerk, new MeetingCommand.AddItem(Item(ItemKind.Action, "A late matter")));

    public static FakeMeeting Opened(FakeMeeting rollOpen) =>
        Seated.Aggregate(rollOpen, (meeting, person) => meeting.Do(person, new MeetingCommand.CheckIn(person.Member, person.Member, false))).Do(Chair, new MeetingCommand.CallToOrder());

    public static ItemText Item(ItemKind kind, string title, BillId? bill = null) => new(kind, title, bill, null, []);

    public static MeetingCommand.MakeMotion Moves(Actor.Person person, MotionKind kind, MotionWords? words = null) => new(person.Member, kind, words ?? new MotionWords(null, "", "so ordered"));

    public static MeetingCommand.Cast Votes(Actor.Person person, Choice choice, int vote = 1, int wording = 1) => new(vote, person.Member, choice, wording);

    public static FakeMeeting AllVote(this FakeMeeting meeting, int vote, int wording, params ImmutableArray<(Actor.Person Person, Choice Choice)> ballots) =>
        ballots.Aggregate(meeting, (now, ballot) => now.Do(ballot.Person, Votes(ballot.Person, ballot.Choice, vote, wording)));

    /// <summary>The meeting after a command that is accepted.</summary>
    public static FakeMeeting Do(this FakeMeeting meeting, Actor actor, MeetingCommand command)
    {
        var decided = meeting.When(command, actor);
        Assert.Null(decided.Decision.Refusal);
        _ = decided.After.State;
        return decided.After;
    }

    public static Refusal? RefusalOf(this FakeMeeting meeting, Actor actor, MeetingCommand command) => meeting.When(command, actor).Decision.Refusal;

    public static Session Now(this FakeMeeting meeting) => meeting.State switch
    {
        Meeting.Sitting m => m.Session,
        Meeting.Adjourned m => m.Session,
        var other => throw new InvalidOperationException($"{other.GetType().Name} has no session."),
    };

    public static MeetingView View(this FakeMeeting meeting) => meeting.Log.Aggregate(MeetingView.Blank(meeting.Stream), MeetingView.Fold);

    public static AgendaBook Book(this FakeMeeting meeting) => meeting.View().Book!;

    public static Viewer Viewer(Actor.Person person) => new(person.Member, person.Standing);

    private static FakeMeeting KnowingOf(this FakeMeeting meeting, IEnumerable<Actor.Person> people) =>
        people.Aggregate(meeting, (known, person) => known.Knowing(person.Member.Stream, new MemberFact(person.Standing)));

    private static KeyValuePair<string, Held> Held(Actor.Person person, Role role) => KeyValuePair.Create(person.Member.Value, new Held(role, Appointer.President, null));

    private static Actor.Person Of(string slug, string office, string? city, Duty duty, params ImmutableArray<Seat> seats) =>
        new(new MemberId(slug), new Standing(office, city, duty, seats));
}
