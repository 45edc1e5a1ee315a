using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Members;
using CalCities.Collab.SignIn;

namespace CalCities.Collab.Rosters;

/// <summary>Holds a roster's rows against what the hub knows: what they would change, or each thing that stands against them. Pure.</summary>
internal sealed class RosterCheck
{
    /// <summary>More than anyone mends at once.</summary>
    public const int MaxProblems = 100;

    private static readonly ImmutableDictionary<string, Duty> Duties = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
    [
        Of("none", Duty.None), Of("staff", Duty.Staff), Of("clerk", Duty.Clerk), Of("admin", Duty.Admin), Of("follower", Duty.Follower), Of("city clerk", Duty.CityClerk),
    ]);

    private static readonly ImmutableDictionary<string, Role> Roles = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
    [
        Of("member", Role.Member), Of("chair", Role.Chair), Of("vice chair", Role.ViceChair), Of("alternate", Role.Alternate), Of("seated alternate", Role.SeatedAlternate),
        Of("partner", Role.Partner), Of("clerk", Role.Clerk), Of("guest", Role.Guest), Of("delegate", Role.Delegate),
    ]);

    private readonly RosterKnown known;
    private readonly List<RosterProblem> problems = [];
    private readonly Dictionary<MemberId, (RosterLine Line, string Email, PersonState State)> people = [];
    private readonly Dictionary<(GroupId Group, string? Term, MemberId Member), (RosterLine Line, SeatState State)> seats = [];

    private RosterCheck(RosterKnown known) => this.known = known;

    public static string WordOf(Duty duty) => duty == Duty.None ? "" : Duties.First(pair => pair.Value == duty).Key;

    public static string WordOf(Role role) => Roles.First(pair => pair.Value == role).Key;

    /// <summary>The member whom a row is about: by id, else by address; null when the row names nobody.</summary>
    public static MemberId? MemberOf(RosterLine line, ImmutableDictionary<string, MemberId> accounts) =>
        line["member"] is { Length: > 0 } id ? new MemberId(id) : line["email"] is { Length: > 0 } email ? MemberOf(email, accounts) : null;

    public static MemberId MemberOf(string email, ImmutableDictionary<string, MemberId> accounts) => accounts.TryGetValue(email, out var member) ? member : MemberId.OfEmail(email);

    /// <summary>What the rows would change; whole: each group and term that they name has the seats that they list and no others.</summary>
    public static (RosterPlan Plan, ImmutableArray<RosterProblem> Problems) Of(ImmutableArray<RosterLine> lines, RosterKnown known, bool whole)
    {
        var check = new RosterCheck(known);
        foreach (var line in lines)
            check.Take(line);
        var plan = new RosterPlan([.. check.People()], [.. check.Seats(whole)]);
        return check.problems.Count > 0 ? (new([], []), [.. check.problems.OrderBy(problem => problem.Line).Take(MaxProblems)]) : (plan, []);
    }

    private void Take(RosterLine line)
    {
        var email = line["email"];
        if (email.Length > 0 && EmailAddress.Read(email) is null)
        {
            Problem(line, "email", $"“{email}” is no e-mail address. Write it like mayor@city.example.");
            return;
        }

        if (MemberOf(line, known.Accounts) is not { } member)
        {
            Problem(line, "email", "Nobody is named here. Give the person's e-mail address.");
            return;
        }

        if (line["member"].Length > 0 && !known.People.ContainsKey(member))
        {
            Problem(line, "member", $"There is no account “{member}”. Leave this empty for someone new, and give their e-mail address.");
            return;
        }

        if (Person(line, member) is { } state && !people.TryAdd(member, (line, email, state)) && people[member] is var first && first.State != state)
            Problem(line, Differing(first.State, state), $"This differs from line {first.Line.Line}, which is the same person. Say the same in both.");
        if (line["group"].Length > 0)
            Seat(line, member);
        else if (line["role"].Length > 0 || line["appointer"].Length > 0)
            Problem(line, "group", "A role is held in a group. Name the group, or leave role and appointer empty.");
    }

    private PersonState? Person(RosterLine line, MemberId member)
    {
        var before = known.People.GetValueOrDefault(member);
        // A column that the file doesn't have leaves what is there.
        string? Said(string column, string? now) => line.Fields.ContainsKey(column) ? line[column] is { Length: > 0 } said ? said : null : now;
        var (name, office, said, body) = (Said("name", before?.Name), Said("office", before?.Office), Said("city", before?.City), Said("body", before?.Body));
        var bad = problems.Count;

        if (office is not { Length: <= MemberDecider.MaxNameLength })
            Problem(line, "office", $"An office has 1 to {MemberDecider.MaxNameLength} characters, such as Mayor.");
        if (name is { Length: > MemberDecider.MaxNameLength })
            Problem(line, "name", $"A name has {MemberDecider.MaxNameLength} characters at most.");
        var city = said is null ? null : known.City(said);
        if (said is not null && city is null)
            Problem(line, "city", $"There is no city “{said}”.{Suggest.For(said, known.Cities.Select(one => one.Name))}");
        var duty = before?.Duty ?? Duty.None;
        if (line.Fields.ContainsKey("duty") && !Duties.TryGetValue(line["duty"] is { Length: > 0 } word ? word : "none", out duty))
            Problem(line, "duty", $"There is no duty “{line["duty"]}”.{Suggest.For(line["duty"], Duties.Keys)} Leave it empty for an official of a city.");
        if (duty == Duty.CityClerk && said is null)
            Problem(line, "city", "A city clerk is of a city. Name it.");
        if (body is not null && (city is null || !known.Facts.TryGetValue(city.City, out var fact) || !fact.Bodies.ContainsKey(body)))
            Problem(line, "body", city is null ? "A council or commission is a city's. Name the city." : $"{city.Name} has no body “{body}” in the hub. Write council, or add the commission on the city's page first.");
        if ((duty == Duty.Admin || before?.Duty == Duty.Admin) && duty != before?.Duty && known.By.Standing.Duty != Duty.Admin)
            Problem(line, "duty", MemberRefusals.OnlyAnAdmin.Sentence);
        else if (member == known.By.Member && duty != before?.Duty)
            Problem(line, "duty", MemberRefusals.NotOneself.Sentence);
        return problems.Count > bad ? null : new PersonState(name, office!, city?.Name, duty, body);
    }

    private void Seat(RosterLine line, MemberId member)
    {
        if (known.Group(line["group"]) is not { } row || !known.Groups.TryGetValue(row.Group, out var group))
        {
            Problem(line, "group", $"There is no group “{line["group"]}”.{Suggest.For(line["group"], known.AllGroups.Select(one => one.Name).Concat(known.AllGroups.Select(one => one.Group.Value)))}");
            return;
        }

        if (!Roles.TryGetValue(line["role"] is { Length: > 0 } word ? word : "member", out var role))
        {
            Problem(line, "role", $"There is no role “{line["role"]}”.{Suggest.For(line["role"], Roles.Keys)} Roles are {string.Join(", ", Roles.Keys.Order(StringComparer.Ordinal))}.");
            return;
        }

        var term = line["term"] is { Length: > 0 } named && named != (group.Term ?? "") ? named : null;
        if (term is not null && group.Next?.Name != term)
        {
            Problem(line, "term", group.Next is { } next ? $"The next term of this group is {next.Name}. Write that, or leave it empty for the present one." : "This group has no next term planned. Leave it empty, or plan the term first.");
            return;
        }

        var by = line["appointer"] is { Length: > 0 } appointer ? known.Group(appointer)?.Group.Value ?? appointer.ToLowerInvariant() : null;
        if (by is not null && !group.Allotments.ContainsKey(by))
        {
            Problem(line, "appointer", $"“{line["appointer"]}” appoints nobody to {group.Name}.{Suggest.For(by, group.Allotments.Keys)}");
            return;
        }

        if (term is not null && by is null)
        {
            Problem(line, "appointer", "A seat of the next term is somebody's to appoint. Name the appointer.");
            return;
        }

        MemberId? holder = line["alternate_for"] is { Length: > 0 } other ? other.Contains('@', StringComparison.Ordinal) ? MemberOf(other, known.Accounts) : new MemberId(other) : null;
        var isAlternate = role is Role.Alternate or Role.SeatedAlternate;
        if (holder is not null && !isAlternate || by is not null && isAlternate && holder is null)
        {
            Problem(line, "alternate_for", holder is null ? "An alternate is named for a holder of the same appointer. Give the holder's e-mail address." : "Only an alternate stands in for someone. Leave it empty, or make the role alternate.");
            return;
        }

        if (!seats.TryAdd((group.Group, term, member), (line, new SeatState(role, by, by is null ? null : holder?.Value))))
            Problem(line, "group", $"This person's seat in {group.Name} stands in line {seats[(group.Group, term, member)].Line.Line} already. Keep one.");
    }

    private IEnumerable<PersonChange> People() =>
        from person in people
        let row = known.People.GetValueOrDefault(person.Key)
        let before = row is null ? null : new PersonState(row.Name, row.Office, row.City, row.Duty, row.Body, row.IsSuspended)
        let email = person.Value.Email is { Length: > 0 } said ? said : null
        let emailBefore = known.Emails.GetValueOrDefault(person.Key)
        where before != person.Value.State || (email is not null && !string.Equals(email, emailBefore, StringComparison.OrdinalIgnoreCase))
        orderby person.Value.Line.Line
        select new PersonChange(person.Value.Line.Line, person.Key, email, emailBefore, before, person.Value.State);

    private List<SeatChange> Seats(bool whole)
    {
        List<SeatChange> changes = [];
        foreach (var (id, term) in seats.Keys.Select(key => (key.Group, key.Term)).Distinct())
        {
            var group = known.Groups[id];
            var held = term is null ? group.Seats : group.Next!.Seats;
            var said = seats.Where(seat => seat.Key.Group == id && seat.Key.Term == term).ToDictionary(seat => seat.Key.Member.Value, seat => seat.Value, StringComparer.Ordinal);
            var after = held.Where(seat => !whole || said.ContainsKey(seat.Key)).ToDictionary(seat => seat.Key, seat => new SeatState(seat.Value.Role, seat.Value.By?.Value, seat.Value.AlternateFor?.Value), StringComparer.Ordinal);
            foreach (var (member, seat) in said)
                // Who appointed someone stays known when the file doesn't say it.
                after[member] = seat.State.By is null && after.GetValueOrDefault(member) is { } now && now.Role == seat.State.Role ? now : seat.State;

            foreach (var (by, count) in group.Allotments)
            {
                var over = after.Where(seat => seat.Value.By == by && Counts(seat.Value.Role)).Select(seat => seat.Key).Where(said.ContainsKey).OrderBy(member => said[member].Line.Line).ToArray();
                var all = after.Count(seat => seat.Value.By == by && Counts(seat.Value.Role));
                if (all > count && over.Length > 0)
                    Problem(said[over[^1]].Line, "appointer", $"{by} fills {count} seats of {group.Name}, and with this line {all}. Vacate one, or take this one out.");
            }

            foreach (var (member, seat) in said.Where(seat => seat.Value.State.For is not null))
                if (!after.TryGetValue(seat.State.For!, out var holder) || holder.By != seat.State.By || !Counts(holder.Role) || seat.State.For == member)
                    Problem(seat.Line, "alternate_for", "That person holds no seat of the same appointer here. An alternate is named for one who does.");

            changes.AddRange(
                from member in held.Keys.Union(after.Keys, StringComparer.Ordinal)
                let before = held.GetValueOrDefault(member) is { } h ? new SeatState(h.Role, h.By?.Value, h.AlternateFor?.Value) : null
                let then = after.GetValueOrDefault(member)
                where before != then
                select new SeatChange(said.TryGetValue(member, out var seat) ? seat.Line.Line : 0, id, term, new(member), before, then));
        }

        return changes;
    }

    private static bool Counts(Role role) => role is Role.Member or Role.Chair or Role.ViceChair or Role.Delegate;

    private static string Differing(PersonState one, PersonState other) =>
        one.Name != other.Name ? "name" : one.Office != other.Office ? "office" : one.City != other.City ? "city" : one.Duty != other.Duty ? "duty" : "body";

    private void Problem(RosterLine line, string column, string what) => problems.Add(new(line.Line, column, what));

    private static KeyValuePair<string, T> Of<T>(string word, T value) => new(word, value);
}
