using System.Collections.Immutable;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Threads;

using FakeThread = FakeAggregate<ThreadDecider, DiscussionThread, ThreadCommand, ThreadEvent>;

/// <summary>People of the Environmental Quality committee and around it, and the pasts that the tests of threads start from.</summary>
internal static class ThreadPast
{
    public static readonly GroupId Eq = new("eq");
    public static readonly BillId Sb54 = new("202520260SB54");
    public static readonly PostId First = new("first"), Second = new("second"), Third = new("third");

    public static readonly Actor.Person
        Chair = Of("eq-chair", "Mayor", "Davis", Duty.None, new Seat(Eq, Role.Chair)),
        ViceChair = Of("eq-vice-chair", "Vice Mayor", "Santa Monica", Duty.None, new Seat(Eq, Role.ViceChair)),
        Author = Of("eq-member-01", "Council Member", "Arcata", Duty.None, new Seat(Eq, Role.Member)),
        Neighbour = Of("eq-member-02", "Council Member", "Ojai", Duty.None, new Seat(Eq, Role.Member)),
        Outsider = Of("cs-member-01", "Mayor", "Fresno", Duty.None, new Seat(new GroupId("cs"), Role.Chair)),
        Staff = Of("staff", "Legislative Advocate", null, Duty.Staff),
        Clerk = Of("clerk", "Committee Clerk", null, Duty.Clerk),
        Admin = Of("admin", "Administrator", null, Duty.Admin),
        Follower = Of("follower", "Follower", null, Duty.Follower);

    public static readonly ImmutableArray<Actor.Person> Everyone =
    [
        Chair, ViceChair, Author, Neighbour, Outsider, Staff, Clerk, Admin, Follower,
        Of("alternate", "Council Member", "Galt", Duty.None, new Seat(Eq, Role.Alternate)),
        Of("seated-alternate", "Council Member", "Ione", Duty.None, new Seat(Eq, Role.SeatedAlternate)),
        Of("delegate", "Council Member", "Biggs", Duty.None, new Seat(Eq, Role.Delegate)),
        Of("partner", "Partner", null, Duty.None, new Seat(Eq, Role.Partner)),
        Of("guest", "Director", null, Duty.None, new Seat(Eq, Role.Guest)),
        Of("eq-clerk", "City Clerk", "Weed", Duty.None, new Seat(Eq, Role.Clerk)),
        Of("city-clerk", "City Clerk", "Davis", Duty.CityClerk),
        Of("director", "Mayor", "Colusa", Duty.None, new Seat(new GroupId("board"), Role.Member)),
        Of("division-president", "Mayor", "Yreka", Duty.None, new Seat(new GroupId("sacramento-valley"), Role.Chair)),
        Of("staff-with-a-seat", "Legislative Advocate", null, Duty.Staff, new Seat(Eq, Role.Member)),
        Of("admin-with-a-seat", "Administrator", null, Duty.Admin, new Seat(Eq, Role.Chair)),
    ];

    public static readonly FakeThread Nothing = new FakeThread(new ThreadId("t1").Stream)
        .Knowing(Eq.Stream, new GroupFact("Environmental Quality", GroupKind.PolicyCommittee)).Knowing(Sb54.Stream, new BillFact("SB 54", "Solid waste"))
        .KnowingOf(Everyone);

    public static readonly FakeThread Opened = Nothing.GivenBy(Chair, OpenedFor(Readers.GroupOnly));
    public static readonly FakeThread OpenedToAll = Nothing.GivenBy(Chair, OpenedFor(Readers.AllMembers));
    public static readonly FakeThread Posted = Opened.GivenBy(Author, Says(Author, First, "Rates must follow *costs*."));
    public static readonly FakeThread Closed = Posted.GivenBy(Chair, new ThreadEvent.Closed(Line(Chair)));
    public static readonly FakeThread Hidden = Posted.GivenBy(Chair, new ThreadEvent.Hidden(First, Line(Chair), "Off the subject"));
    public static readonly FakeThread Withdrawn = Posted.GivenBy(Author, new ThreadEvent.Withdrawn(First));

    public static Byline Line(Actor.Person by) => Byline.Of(by.Standing, Eq);

    public static ThreadEvent.Opened OpenedFor(Readers readers) =>
        new(Line(Chair), Eq, "Environmental Quality", Sb54, "SB 54", "Who pays for the bins?", readers);

    public static ThreadEvent.Posted Says(Actor.Person by, PostId id, string body, Stance stance = Stance.None, PostId? answering = null, Quote? quote = null, params ImmutableArray<Mention> mentions) =>
        new(id, Line(by), stance, answering, quote, body, mentions);

    public static ThreadCommand.Post Say(PostId id, string body, Stance stance = Stance.None, PostId? answering = null, Quote? quote = null, params ImmutableArray<MemberId> mentions) =>
        new(id, answering, quote, stance, body, mentions);

    public static Viewer Viewer(Actor.Person person) => new(person.Member, person.Standing);

    public static ThreadView View(this FakeThread thread) =>
        thread.Log.Aggregate(ThreadView.Blank(thread.Stream), ThreadView.Fold);

    public static FakeThread KnowingOf(this FakeThread thread, IEnumerable<Actor.Person> people) =>
        people.Aggregate(thread, (known, person) => known.Knowing(person.Member.Stream, new MemberFact(person.Standing)));

    private static Actor.Person Of(string slug, string office, string? city, Duty duty, params ImmutableArray<Seat> seats) =>
        new(new MemberId(slug), new Standing(office, city, duty, seats));
}
