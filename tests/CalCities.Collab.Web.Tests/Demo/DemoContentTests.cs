using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Threads;

namespace CalCities.Collab.Demo;

public sealed class DemoContentTests
{
    [Fact]
    public void A_persona_sits_in_the_division_of_the_citys_county()
    {
        if (Repository.Shared("data", "cities", "cities_clean.csv") is not { } path)
        {
            Assert.Skip("The list of California's cities (../shared/data/cities) is not on this machine.");
            return;
        }

        var countyOf = File.ReadLines(path).Skip(1).Select(line => line.Split(',')).ToDictionary(fields => fields[1], fields => fields[3], StringComparer.Ordinal);
        var personas = Personas.All.Where(persona => persona.City is not null).ToList();
        var divisions = League.Groups.Where(group => group.Kind == GroupKind.Division).Select(group => group.Group).ToHashSet();

        // These divisions are one county each, by name; the others are made of several.
        string[] counties = ["los-angeles-county", "riverside-county", "san-diego-county", "orange-county", "imperial-county"];
        Assert.Empty(
            from persona in personas
            from seat in persona.Seats
            where divisions.Contains(seat.Group) && counties.Contains(seat.Group.Value, StringComparer.Ordinal)
            let county = countyOf[persona.City!].ToLowerInvariant().Replace(' ', '-')
            where seat.Group.Value.Replace("-county", "", StringComparison.Ordinal) != county
            select $"{persona.City} is in {county}, not in {seat.Group}");
    }

    [Fact]
    public void The_league_is_seven_committees_sixteen_divisions_ten_departments_five_caucuses_two_exchanges_six_regions_and_three_bodies_that_decide_or_prepare_it() =>
        Assert.Equal(
            [(GroupKind.PolicyCommittee, 7), (GroupKind.Division, 16), (GroupKind.Department, 10), (GroupKind.Caucus, 5), (GroupKind.Board, 1), (GroupKind.Exchange, 2), (GroupKind.ResolutionsCommittee, 1), (GroupKind.GeneralAssembly, 1), (GroupKind.Region, 6)],
            League.Groups.GroupBy(group => group.Kind).Select(kind => (kind.Key, kind.Count())).OrderBy(kind => kind.Key));

    [Fact]
    public void Every_seat_is_in_a_group_of_the_league_and_no_group_is_empty_but_those_that_sit_once_a_year() =>
        Assert.Equal(
            League.Groups.Where(group => group.Kind is not (GroupKind.ResolutionsCommittee or GroupKind.GeneralAssembly or GroupKind.Region)).Select(group => group.Group.Value).Order(StringComparer.Ordinal),
            Personas.All.SelectMany(persona => persona.Seats).Select(seat => seat.Group.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public void Bills_say_what_the_Legislature_said_of_number_subject_author_and_day()
    {
        if (Repository.Shared("data", "derived", "bills_20250308_joined.csv") is not { } path)
        {
            Assert.Skip("The Legislature's data of March 2025 (../shared/data/derived) is not on this machine.");
            return;
        }

        var official = File.ReadLines(path).Skip(1).ToDictionary(line => line[..line.IndexOf(',', StringComparison.Ordinal)], StringComparer.Ordinal);
        Assert.Empty(
            from bill in DemoBills.All
            where bill.Number.Number < 2_000    // later numbers are of 2026
            where !official.TryGetValue(bill.Number.Id.Value, out var line)
                || !line.StartsWith($"{bill.Number.Id},{bill.Number},{bill.Subject},{string.Join("; ", bill.Authors!.Value.Select(author => author.Name))},", StringComparison.Ordinal)
            select bill.Number);
    }

    [Fact]
    public void Every_bill_can_be_observed_and_leaves_out_the_two_that_imports_are_tried_with()
    {
        var views = DemoBills.All.Select(seen => (seen, Decided: BillDecider.Decide(BillView.Unknown, new BillCommand.Observe(seen), new Circumstances(new Actor.Program("demo"), default, []))));

        Assert.All(views, bill => Assert.Null(bill.Decided.Refusal));
        Assert.DoesNotContain(DemoBills.All, bill => bill.Number.ToString() is "AB 831" or "AB 1656");
        Assert.InRange(DemoBills.All.Length, 12, 20);
        Assert.Distinct(DemoBills.All.Select(bill => bill.Number));
        Assert.True(DemoBills.All.Select(bill => (bill.Place.House, bill.Place.Secondary, bill.Place.Status)).Distinct().Count() >= 5, "Bills stand in different stages.");
    }

    [Fact]
    public void A_bills_last_action_says_where_it_is_and_its_prints_count_down_from_the_first() =>
        Assert.All(DemoBills.All, bill =>
        {
            var last = bill.History!.Value[^1];
            Assert.Equal((last.House, last.Secondary, last.Location, last.Status), (bill.Place.House, bill.Place.Secondary, bill.Place.Location, bill.Place.Status));
            Assert.Equal(bill.History.Value.Select(action => action.Date).Order(), bill.History.Value.Select(action => action.Date));
            Assert.Equal(99, bill.Versions!.Value[^1].Order);
            Assert.Equal(bill.Versions.Value.Select(version => version.Order).Order(), bill.Versions.Value.Select(version => version.Order));
            Assert.Equal(bill.Versions.Value.Select(version => version.Date).OrderDescending(), bill.Versions.Value.Select(version => version.Date));
            Assert.All(bill.Versions.Value, version => Assert.Equal(bill.Number, BillNumber.OfVersion(version.Id)));
        });

    [Fact]
    public void The_picture_of_a_bills_way_passes_over_no_policy_committee_and_no_floor() =>
        Assert.Empty(
            from seen in DemoBills.All
            let view = BillDecider.Decide(BillView.Unknown, new BillCommand.Observe(seen), new Circumstances(new Actor.Program("demo"), default, [])).Events
                .Aggregate(BillView.Unknown, (view, e) => BillView.Fold(view, new Recorded<BillEvent>(seen.Number.Id.Stream, 1, 0, new CommandId("observe"), 0, new ActorName(null, "demo"), default, e)))
            from step in BillSteps.Of(view)
            where step.State == StepState.PassedOver && !step.Name.EndsWith("fiscal", StringComparison.Ordinal)
            select $"{seen.Number}: {step.Name}");

    [Fact]
    public void Threads_stand_on_bills_in_five_committees_on_topics_and_in_the_Board_and_show_all_that_a_thread_can_do()
    {
        var acts = DemoThreads.All.SelectMany(thread => thread.Acts).Select(act => act.Command).ToList();
        var opened = acts.OfType<ThreadCommand.Open>().ToList();

        Assert.Superset(new HashSet<string>(["eq", "hced", "gtlr", "rt", "tcpw"], StringComparer.Ordinal),
            opened.Where(open => open.Bill is not null).Select(open => open.Group.Value).ToHashSet(StringComparer.Ordinal));
        Assert.Superset(new HashSet<string>(["coastal-cities-group", "board"], StringComparer.Ordinal),
            opened.Where(open => open.Bill is null).Select(open => open.Group.Value).ToHashSet(StringComparer.Ordinal));
        Assert.Equal([Readers.GroupOnly, Readers.AllMembers], opened.Select(open => open.Readers).Distinct().Order());
        Assert.Equal(Enum.GetValues<Stance>(), acts.OfType<ThreadCommand.Post>().Select(post => post.Stance).Distinct().Order());
        Assert.Contains(acts, act => act is ThreadCommand.Post { InReplyTo: not null, Quote: not null });
        Assert.Contains(acts, act => act is ThreadCommand.Post { Mentions.Length: > 0 });
        Assert.Contains(acts, act => act is ThreadCommand.Agree);
        Assert.Contains(acts, act => act is ThreadCommand.Pin);
        Assert.Contains(acts, act => act is ThreadCommand.Edit);
        Assert.All(DemoThreads.All, thread => Assert.InRange(thread.Acts.Count(act => act.Command is ThreadCommand.Post), 4, 12));
    }

    [Fact]
    public void Nobody_writes_faster_than_the_hub_takes_from_one_person()
    {
        var limits = new Limits();
        var acts = DemoThreads.All.SelectMany(thread => thread.Acts).ToList();

        Assert.True(acts.Where(act => ((ICommand)act.Command).Pace == Pace.Writing).CountBy(act => act.By).Max(by => by.Value) <= limits.WritingPerMinute);
        Assert.True(acts.CountBy(act => act.By).Max(by => by.Value) <= limits.OrdinaryPerMinute);
    }
}
