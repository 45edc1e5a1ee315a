using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Members;
using CalCities.Collab.Threads;

namespace CalCities.Collab.Demo;

/// <summary>Something a persona does in a thread.</summary>
internal sealed record DemoAct(MemberId By, ThreadCommand Command);

/// <summary>A thread and what is done in it, in order; opening it comes first.</summary>
internal sealed record DemoThread(ThreadId Thread, ImmutableArray<DemoAct> Acts);

/// <summary>What personas say to each other: opinions of offices, never of a person who holds one, and nothing that claims to be a fact about a city.</summary>
internal static class DemoThreads
{
    public static ImmutableArray<DemoThread> All { get; } =
    [
        new Talk("sb594-landfills", "eq", "eq-chair", "SB 594: what do we recommend to the Board?", Readers.GroupOnly, "SB594")
            .Posts("eq-chair", Stance.None, """
                Welcome. SB 594 would hold back the permit for a new landfill until the local enforcement agency has held a public hearing and found that the site doesn't put an unfair burden on a community that carries too much already.

                Please say by Friday:

                1. whether a city should support the hearing,
                2. who is able to make that finding,
                3. where you stand.
                """)
            .Posts("eq-vice-chair", Stance.For, "A hearing before the permit, not after it, is what residents ask us for. I would support it, and ask for clear words on how the finding is made.")
            .Posts("eq-member-07", Stance.IfAmended, """
                Speaking as public works: an enforcement agency inspects sites. It **doesn't** have the data to compare communities.

                Ask that the state name the map and the measure. Then the finding is a look at a table.
                """)
            .Replies(3, "eq-member-17", Stance.IfAmended, "That would settle it for me. Without a measure each finding ends in court.", "Ask that the state name the map and the measure.")
            .Replies(3, "eq-member-25", Stance.None, "And a fee that covers the hearing. In a small county the agency is two people.")
            .Posts("eq-member-14", Stance.Against, "Every year that a new site waits is a year of longer hauls, and the rates show it. We have to divert organics *and* have somewhere to put the rest. I would oppose until there is a deadline for the hearing.")
            .Posts("eq-member-02", Stance.For, "Hauling over a mountain road is our life already. I still want people near the site to be heard first. A deadline and a hearing don't exclude each other.")
            .Replies(6, "eq-member-30", Stance.Against, "The same for the southern valley. At the least, extensions of a site that exists should be left out in so many words.")
            .Posts("staff", Stance.None, """
                A summary so far, for @{eq-chair} and @{eq-vice-chair}:

                - most support a hearing before the permit;
                - public works asks for a map and a measure that the state names;
                - several ask for a deadline, a fee, and clear words on extensions.

                Existing policy supports local hearings and asks for money with every new duty, so *support if amended* and *oppose unless amended* are both open to the committee.
                """)
            .Posts("eq-member-10", Stance.Question, "Does the finding bind the state board, or can it issue the permit all the same? It decides how much the hearing is worth.")
            .Posts("eq-member-11", Stance.IfAmended, "I can live with staff's points.")
            .Agrees(3, "eq-vice-chair", "eq-member-05", "eq-member-11", "eq-member-20", "eq-member-25", "eq-member-31")
            .Agrees(6, "eq-member-13", "eq-member-29", "eq-member-30")
            .Agrees(7, "eq-member-01", "eq-member-18", "eq-member-19")
            .Agrees(9, "eq-chair", "eq-member-07", "eq-member-17")
            .Pins(9, "eq-chair")
            .Edits(11, "I can live with staff's points. Let us put them in this order: the measure, the deadline, the fee. With the first two I am at support if amended.")
            .Made(),

        new Talk("sb79-clean-up", "hced", "hced-chair", "SB 79: what should a clean-up bill say?", Readers.AllMembers, "SB79")
            .Posts("hced-chair", Stance.None, """
                SB 79 is law. The committee will not debate it again here. What we need for January is a short list of repairs that cities on both sides of the question can sign.

                Please bring **one** repair each, and say which words are unclear.
                """)
            .Posts("hced-member-27", Stance.IfAmended, "The distance to a stop: from the platform, the gate or the edge of the station lot? Planners in two neighbouring cities should not get two answers for one building.")
            .Posts("hced-member-17", Stance.IfAmended, "Local alternative plans. We need to know how long the state may take to review one, and what holds at the counter while it does.")
            .Replies(3, "hced-vice-chair", Stance.None, "Yes. A deadline for the state, and silence counts as approval. That is what we are held to.", "how long the state may take to review one")
            .Posts("hced-member-05", Stance.Question, "What happens to a project when the bus route that qualified it is cut? I have not found an answer in the text.")
            .Posts("hced-member-11", Stance.For, "We should say plainly that homes near stations are a good thing, and then ask for repairs. We will be heard better.")
            .Posts("hced-member-09", Stance.None, "Most of the state is not touched by this bill today. Please keep the list short enough that a desert city can sign it too.")
            .Posts("hced-member-01", Stance.IfAmended, "Fire access. Let the fire marshal's written finding count as an objective standard.")
            .Agrees(2, "hced-member-17", "hced-member-35", "hced-member-36")
            .Agrees(3, "hced-member-01", "hced-member-27", "hced-member-28", "hced-member-34")
            .Agrees(6, "hced-member-03", "hced-member-12", "hced-member-32")
            .Pins(1, "hced-chair")
            .Made(),

        new Talk("ab650-after-the-veto", "hced", "hced-vice-chair", "AB 650: what to try after the veto", Readers.GroupOnly, null)
            .Posts("hced-vice-chair", Stance.None, "The veto was not about the earlier start for housing elements. It was about the duty on the department to write the missing text for us. I suggest that we split the two and bring the calendar back alone.")
            .Posts("hced-member-07", Stance.For, "Agreed. Six more months before the draft is due would do more for us than any letter.")
            .Posts("hced-member-28", Stance.IfAmended, "Keep one half of the other part: the department should list everything that is missing in the *first* letter. It doesn't have to write the text.")
            .Replies(3, "hced-member-25", Stance.None, "One complete list, once. That costs the state nothing.", "list everything that is missing in the *first* letter")
            .Posts("hced-chair", Stance.For, "I will put this on the January agenda as two items: the calendar, and the complete first letter. @{staff}, could you draft both?")
            .Agrees(1, "hced-chair", "hced-member-07", "hced-member-14", "hced-member-16")
            .Agrees(3, "hced-member-25", "hced-member-30")
            .Made(),

        new Talk("sb707-getting-ready", "gtlr", "gtlr-chair", "SB 707: how are you running meetings now?", Readers.AllMembers, null)
            .Posts("gtlr-chair", Stance.None, """
                Councils of cities with 30,000 people and more must now offer the public a telephone or video line, translate agendas where a language group is large enough, and have a policy for the day when the line fails.

                This thread is for practice, not for debate. What worked, and what would you tell a clerk who starts on it?
                """)
            .Posts("gtlr-member-07", Stance.None, """
                From a clerk's desk, in the order in which it hurt:

                1. the policy for interruptions: write it first, the rest follows from it;
                2. a second person beside the clerk to watch the line;
                3. translation: agree on the deadline with the translator **before** you agree on it with the departments.
                """)
            .Posts("gtlr-member-17", Stance.Question, "We are far below 30,000. Does anybody our size do this by choice, and with how many people?")
            .Replies(3, "gtlr-member-27", Stance.None, "A telephone line alone is little work. Video with comments is a second person at every meeting.")
            .Posts("gtlr-member-06", Stance.None, "The recess is the part that councils forget. When the line drops one waits and tries to restore it before going on. Put a clock where the chair can see it.")
            .Posts("clerk", Stance.None, "For the record of the league's own meetings I keep a template of the interruption policy. Ask me for it; I will also post it in this group.")
            .Posts("gtlr-member-12", Stance.None, "Read the roll-call vote aloud, name by name. People on the telephone can't see hands.")
            .Agrees(2, "gtlr-chair", "gtlr-vice-chair", "gtlr-member-05", "gtlr-member-17", "gtlr-member-27")
            .Agrees(5, "gtlr-member-07", "gtlr-member-21")
            .Agrees(7, "gtlr-member-07", "clerk")
            .Pins(2, "gtlr-chair")
            .Made(),

        new Talk("ab1018-automated-decisions", "gtlr", "gtlr-vice-chair", "AB 1018: what if the decision is made by a machine?", Readers.GroupOnly, "AB1018")
            .Posts("gtlr-vice-chair", Stance.None, "A person would have to be told when an automated system decides on a job, a home or a benefit, and could have it corrected. Cities buy such systems. What would we ask for?")
            .Posts("gtlr-member-37", Stance.IfAmended, "Hiring first. Most screening tools come with the job portal that a city rents. The maker knows how it works; we don't. The duty to test it should be the maker's.")
            .Posts("gtlr-member-05", Stance.Against, "Notices for every ranking of applications would drown what matters. I would oppose until small uses are left out.")
            .Posts("gtlr-member-16", Stance.For, "If a machine turns somebody down, a person should be able to say why. I would hold us to that with or without a law.")
            .Replies(3, "gtlr-member-25", Stance.IfAmended, "A threshold, then. By the number of people decided on, not by the size of the city.", "until small uses are left out")
            .Posts("gtlr-member-07", Stance.Question, "Is the notice itself a public record? If so the retention schedule needs a line for it.")
            .Agrees(2, "gtlr-member-15", "gtlr-member-25", "gtlr-member-35")
            .Agrees(4, "gtlr-chair", "gtlr-member-11", "gtlr-member-22")
            .Made(),

        new Talk("sb346-ordinance", "rt", "rt-chair", "SB 346: does your city want the ordinance?", Readers.AllMembers, "SB346")
            .Posts("rt-chair", Stance.None, "A city may now require short-term rental platforms to report where the rentals are. It needs an ordinance of its own. Who has one in draft, and what would you leave out?")
            .Posts("rt-member-05", Stance.For, "The report is the point: parcel by parcel, so that the tax can be checked against the listing. We would start with that and leave the fines for later.")
            .Posts("rt-member-17", Stance.For, "From finance: ask for a file, not for paper, and say in the ordinance which columns. Otherwise each platform sends its own.")
            .Posts("rt-member-19", Stance.Question, "Can several small cities share one ordinance and one contract for the audit? Alone it costs more than it brings.")
            .Replies(4, "rt-member-20", Stance.None, "I would join. @{rt-member-01}, would yours?", "share one ordinance and one contract")
            .Replies(4, "rt-member-01", Stance.None, "Yes, if the ordinance text comes first and the contract after it.")
            .Posts("staff", Stance.None, "We will put a model ordinance on the agenda, with the list of columns as an attachment. Please send us drafts that exist.")
            .Agrees(3, "rt-chair", "rt-member-07", "rt-member-27")
            .Agrees(4, "rt-member-18", "rt-member-35")
            .Agrees(7, "rt-chair", "rt-member-05")
            .Made(),

        new Talk("ab2443-last-resort", "tcpw", "tcpw-chair", "AB 2443: who answers when the landline goes?", Readers.AllMembers, "AB2443")
            .Posts("tcpw-chair", Stance.None, "AB 470 was held in 2025, and AB 2443 takes up its subject. Before the next round the committee should know what it wants. Mountain, coast and valley, please speak up.")
            .Posts("tcpw-member-17", Stance.Against, "When the power is out for three days the copper line is what still rings. *Well served* on a map is not the same as a call that goes through behind a ridge.")
            .Posts("tcpw-member-10", Stance.IfAmended, "In a built-up area nobody misses the old line. I could support it where three networks really overlap, if the state draws the map and cities may contest it.")
            .Replies(3, "tcpw-member-30", Stance.IfAmended, "The right to contest is the heart of it. Give us 90 days and a hearing, and I move from against to this.", "cities may contest it")
            .Posts("tcpw-member-24", Stance.Against, "Alarm lines, elevators, gates and pumps hang on copper too. Somebody has to pay to change them, and it should not be the city.")
            .Posts("tcpw-vice-chair", Stance.IfAmended, "Three conditions then: a map that cities can contest, backup power for as long as the old line had it, and the cost of changing public alarm lines.")
            .Posts("tcpw-member-01", Stance.IfAmended, "I can support those three.")
            .Posts("tcpw-member-02", Stance.Question, "Would the map be made once or every few years? Coverage changes after each fire.")
            .Agrees(2, "tcpw-member-02", "tcpw-member-09", "tcpw-member-24")
            .Agrees(5, "tcpw-member-07", "tcpw-member-17")
            .Agrees(6, "tcpw-chair", "tcpw-member-10", "tcpw-member-16", "tcpw-member-25", "tcpw-member-30")
            .Pins(6, "tcpw-chair")
            .Made(),

        new Talk("sb569-caltrans", "cs", "cs-chair", "SB 569: agreements with Caltrans on encampments", Readers.GroupOnly, "SB569")
            .Posts("cs-chair", Stance.For, "A liaison, one agreement instead of a permit for each visit, and payment if the Legislature appropriates it. I would support this. What should an agreement hold?")
            .Posts("cs-member-05", Stance.For, "A day by which somebody answers. Outreach workers can plan around a week; they can't plan around *as soon as possible*.")
            .Posts("cs-member-14", Stance.IfAmended, "The payment is only a promise. I would ask that a city may leave the agreement when it isn't paid.")
            .Replies(3, "cs-vice-chair", Stance.IfAmended, "With that sentence many more cities would sign.")
            .Posts("cs-member-10", Stance.For, "And let outreach come first in the text, before cleaning. It is the order in which it works.")
            .Agrees(2, "cs-chair", "cs-member-01", "cs-member-25")
            .Agrees(3, "cs-member-30", "cs-member-36")
            .Made(),

        new Talk("sea-level-rise-plans", "coastal-cities-group", "eq-member-04", "Sea level rise plans: share what you have", Readers.AllMembers, null)
            .Posts("eq-member-04", Stance.None, """
                Every city on the coast needs a sea level rise plan by 2034. We all ask the same questions of the same consultants. Let us share:

                - the scope of work,
                - what the modelling cost and who paid for it,
                - what you would not buy again.
                """)
            .Posts("eq-member-01", Stance.None, "Start with the assets that can't move: pump stations, outfalls, the coast road. A list with heights on one page helps more than a thick report.")
            .Posts("eq-member-05", Stance.Question, "Has anyone done the plan together with a neighbour? Sand doesn't stop at the city limit.")
            .Replies(3, "eq-member-06", Stance.None, "I would like that. One model for the whole cell, and a chapter for each city.", "Sand doesn't stop at the city limit.")
            .Posts("eq-member-02", Stance.None, "On a bay it is groundwater that comes up first, not the waves. Put it in the scope of work by name, or you will not get it.")
            .Posts("cs-member-01", Stance.None, "Ask that the data be yours, in a format that your own staff can open.")
            .Agrees(2, "eq-member-04", "eq-member-06", "eq-member-36", "rt-member-01")
            .Agrees(5, "eq-member-01", "eq-member-04")
            .Made(),

        new Talk("shared-building-official", "rural-city-information-exchange", "eq-member-09", "Sharing a building official", Readers.AllMembers, null)
            .Posts("eq-member-09", Stance.None, "Has anyone here shared a building official with a neighbouring city or the county? I am looking for an agreement to read, and for what went wrong.")
            .Posts("ps-member-02", Stance.None, "Fix the days of the week in the agreement, not the hours. People ask for the day.")
            .Posts("tcpw-member-17", Stance.None, "Agree whose software is used before you agree on the money.")
            .Posts("gtlr-member-14", Stance.Question, "Who signs the certificate when the official is on vacation? That will be the first question.")
            .Replies(4, "eq-member-25", Stance.None, "A deputy by name in both cities. Otherwise a house stands finished for two weeks.")
            .Agrees(2, "eq-member-09", "gtlr-member-14")
            .Agrees(5, "eq-member-09")
            .Made(),

        new Talk("board-how-we-decide", "board", "board-president", "Before we take a position: what the Board wants to see", Readers.GroupOnly, null)
            .Posts("board-president", Stance.None, "When a recommendation comes from a committee I would like one page: the vote, the minority's reason, and what would change the committee's mind. Do directors want anything else?")
            .Posts("board-member-07", Stance.For, "The version of the bill that the committee had before it. A bill may have changed between the two meetings, and we should know it before we vote.")
            .Posts("board-member-21", Stance.For, "And which committees looked at it. When two disagree we should hear both on the same day.")
            .Posts("board-member-10", Stance.Question, "Does the page go to all members or to the Board alone?")
            .Replies(4, "board-president", Stance.None, "To all members, once the Board has decided. Before that it is the committee's paper.")
            .Posts("staff", Stance.None, "We can have the page ready with the agenda for the next meeting.")
            .Agrees(2, "board-president", "board-member-05", "board-member-17", "board-member-31")
            .Agrees(3, "board-president", "board-member-41")
            .Made(),
    ];
}

/// <summary>Writes a thread down: posts are numbered from 1, and "@{eq-chair}" in a text mentions that persona.</summary>
internal sealed partial class Talk
{
    private readonly string thread;
    private readonly List<DemoAct> acts = [];
    private readonly List<(MemberId By, string Body)> posts = [];

    public Talk(string thread, string group, string opener, string title, Readers readers, string? bill)
    {
        this.thread = thread;
        acts.Add(new(new(opener), new ThreadCommand.Open(new GroupId(group), bill is null ? null : new BillId("202520260" + bill), title, readers)));
    }

    public Talk Posts(string by, Stance stance, string text) => Add(by, stance, text, inReplyTo: null, quote: null);

    /// <summary>Answers a post, quoting some of its words if any are given.</summary>
    public Talk Replies(int to, string by, Stance stance, string text, string? quoting = null) =>
        Add(by, stance, text, PostOf(to), quoting is null ? null : new Quote(PostOf(to), 0, StartOf(quoting, posts[to - 1].Body), quoting.Length));

    public Talk Agrees(int post, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
            acts.Add(new(new(member), new ThreadCommand.Agree(PostOf(post))));
        return this;
    }

    public Talk Pins(int post, string by)
    {
        acts.Add(new(new(by), new ThreadCommand.Pin(PostOf(post))));
        return this;
    }

    public Talk Edits(int post, string text)
    {
        var (body, mentions) = Read(text);
        acts.Add(new(posts[post - 1].By, new ThreadCommand.Edit(PostOf(post), body, mentions)));
        return this;
    }

    public DemoThread Made() => new(new ThreadId(thread), [.. acts]);

    private Talk Add(string by, Stance stance, string text, PostId? inReplyTo, Quote? quote)
    {
        var (body, mentions) = Read(text);
        posts.Add((new(by), body));
        acts.Add(new(new(by), new ThreadCommand.Post(PostOf(posts.Count), inReplyTo, quote, stance, body, mentions)));
        return this;
    }

    private static (string Body, ImmutableArray<MemberId> Mentions) Read(string text)
    {
        var mentioned = Mention().Matches(text).Select(match => PersonaOf(match.Groups[1].Value)).ToArray();
        return (Mention().Replace(text, match => "@" + PersonaOf(match.Groups[1].Value).DisplayName), [.. mentioned.Select(persona => new MemberId(persona.Slug)).Distinct()]);
    }

    private static Persona PersonaOf(string slug) => Personas.Find(slug) ?? throw new ArgumentException($"There is no persona '{slug}'.", nameof(slug));

    private static PostId PostOf(int number) => new(string.Create(CultureInfo.InvariantCulture, $"p{number}"));

    private static int StartOf(string words, string body) => body.IndexOf(words, StringComparison.Ordinal) is >= 0 and var start
        ? start
        : throw new ArgumentException($"'{words}' doesn't stand in the post.", nameof(words));

    [GeneratedRegex(@"@\{([a-z0-9-]+)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mention();
}
