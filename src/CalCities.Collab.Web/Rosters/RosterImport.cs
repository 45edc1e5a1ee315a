using System.Collections.Immutable;
using System.Text.Json;
using CalCities.Collab.Accounts;
using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Records;

namespace CalCities.Collab.Rosters;

/// <summary>What bringing in a file would change, or what stands against it.</summary>
internal sealed record RosterPreview(RosterPlan Plan, ImmutableArray<RosterProblem> Problems);

/// <summary>
/// Brings rosters in and takes them back, by the commands that everybody else uses. Each command's id derives from the import and its row, so an
/// import that was cut off goes on where it stopped, and nothing is there twice. One that is refused anything is taken back whole.
/// </summary>
internal sealed class RosterImport(
    IDoor door, IGrainFactory grains, IAccountBook accounts, RosterQueries imports, MemberQueries members, CityQueries cities, RecordQueries records, GroupQueries groups, ILogger<RosterImport> logger)
{
    /// <summary>Commands under way together: the log takes them in as one append.</summary>
    private const int AtOnce = 128;

    private static readonly Actor.Program Roster = new("roster");

    /// <summary>What a file would change now; whole: each group that it names has the seats that it lists and no others.</summary>
    public async Task<RosterPreview> Preview(string text, bool whole, Viewer by, CancellationToken cancel)
    {
        var (lines, problems) = RosterFile.Read(text);
        if (problems.Length > 0)
            return new(new([], []), [.. problems.Take(RosterCheck.MaxProblems)]);
        var (plan, against) = RosterCheck.Of(lines, await Known(lines, by, cancel), whole);
        return new(plan, against);
    }

    /// <summary>Begins an import for whoever asks, runs it to its end, and answers what became of the beginning; the same id begins it once.</summary>
    public async Task<Outcome> Begin(RosterId id, string file, RosterPlan plan, Caller caller, CancellationToken cancel)
    {
        var stored = await imports.Keep(JsonSerializer.Serialize(plan, Kinds.Json), cancel);
        var begun = await door.Execute(caller, id, new("begin"), new RosterCommand.Begin(file, stored, plan.People.Length, plan.Seats.Length), cancel);
        if (begun is Outcome.Recorded)
            await Run(id, plan);
        return begun;
    }

    /// <summary>Takes an import back for whoever asks; null when it was, else why not: what it changed has been changed since, by whom the groups' pages tell.</summary>
    public async Task<string?> Undo(RosterRow import, Viewer by, Caller caller, CancellationToken cancel)
    {
        var plan = await Plan(import, cancel);
        if (import.Stage == RosterStage.Finished && await Changed(plan, by, cancel) is { } changed)
            return changed;
        switch (await door.Execute(caller, import.Id, new("undo"), new RosterCommand.Undo(), cancel))
        {
            case Outcome.Refused refused:
                return refused.Refusal.Sentence;
            case Outcome.Unknown:
                return "Nobody knows yet whether that was recorded. Press the button once more: it is safe.";
        }

        await RunUndo(import.Id, plan);
        return null;
    }

    /// <summary>Goes on with what a host left under way.</summary>
    public async Task Resume(CancellationToken cancel)
    {
        foreach (var import in await imports.Unfinished(cancel))
        {
            var plan = await Plan(import, cancel);
            await (import.Stage == RosterStage.UnderWay ? Run(import.Id, plan) : RunUndo(import.Id, plan));
        }
    }

    /// <summary>The rows of a group as a file, with those of the next term; of everyone where no group is named.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> Rows(GroupId? only, CancellationToken cancel)
    {
        List<(MemberId Member, GroupRow Group, Held Held, string Term)> seats = [];
        foreach (var group in (await groups.All()).Where(group => only is null || group.Group == only))
        {
            var view = await View(group.Group);
            seats.AddRange(view.Seats.Select(seat => (new MemberId(seat.Key), group, seat.Value, "")));
            if (view.Next is { } next)
                seats.AddRange(next.Seats.Select(seat => (new MemberId(seat.Key), group, seat.Value, next.Name)));
        }

        var people = only is null ? await members.Everyone(cancel) : await members.Named([.. seats.Select(seat => seat.Member)], cancel);
        var emails = await accounts.EmailsOf([.. people.Keys.Concat(seats.Select(seat => seat.Held.AlternateFor).OfType<MemberId>())], cancel);
        var bySeat = seats.ToLookup(seat => seat.Member);
        return
        [
            .. from person in people.Values.OrderBy(one => one.City, StringComparer.Ordinal).ThenBy(one => one.Office, StringComparer.Ordinal).ThenBy(one => one.Member.Value, StringComparer.Ordinal)
               from seat in bySeat[person.Member].DefaultIfEmpty()
               select new Dictionary<string, string>(StringComparer.Ordinal)
               {
                   ["email"] = emails.GetValueOrDefault(person.Member, ""),
                   ["name"] = person.Name ?? "",
                   ["office"] = person.Office,
                   ["city"] = person.City ?? "",
                   ["duty"] = RosterCheck.WordOf(person.Duty),
                   ["body"] = person.Body ?? "",
                   ["group"] = seat.Group?.Group.Value ?? "",
                   ["role"] = seat.Group is null ? "" : RosterCheck.WordOf(seat.Held.Role),
                   ["appointer"] = seat.Held?.By?.Value ?? "",
                   ["term"] = seat.Term ?? "",
                   ["alternate_for"] = seat.Held?.AlternateFor is { } holder ? emails.GetValueOrDefault(holder, holder.Value) : "",
                   ["member"] = person.Member.Value,
               },
        ];
    }

    private async Task Run(RosterId id, RosterPlan plan)
    {
        if (await Apply(id, "do", plan) is not { } refused)
        {
            await door.Execute(Roster, id, new($"{id}:finish"), new RosterCommand.Finish());
            return;
        }

        logger.LogWarning("The import {Import} was refused something and is taken back: {Reason}", id, refused);
        await Apply(id, "back", plan.Reversed());
        await door.Execute(Roster, id, new($"{id}:give-up"), new RosterCommand.GiveUp(refused));
    }

    private async Task RunUndo(RosterId id, RosterPlan plan)
    {
        if (await Apply(id, "undo", plan.Reversed()) is { } refused)
            logger.LogWarning("Something of the import {Import} could not be taken back: {Reason}", id, refused);
        await door.Execute(Roster, id, new($"{id}:undone"), new RosterCommand.FinishUndo());
    }

    /// <summary>Sends all of a plan's commands: people, then seats that end, then those that begin, then alternates. Answers the first refusal.</summary>
    private async Task<string?> Apply(RosterId id, string pass, RosterPlan plan)
    {
        var addresses = plan.People.Where(change => change.Email is not null).Select(change => (change.Member, change.Email!)).ToArray();
        if (addresses.Length > 0)
        {
            try
            {
                await accounts.Keep(addresses);
            }
            catch (AddressTakenException)
            {
                return "Two people would have one e-mail address. Give each their own.";
            }
        }

        var prefix = $"{id}:{pass}";
        return await All(plan.People, (change, index) => Person($"{prefix}:p{index}", change))
            ?? await All(plan.Seats.Where(seat => seat.Before is not null && (seat.After is null || seat.After.By != seat.Before.By)), (seat, index) => Vacate($"{prefix}:v{index}", seat))
            ?? await All(plan.Seats.Where(seat => seat.After is { For: null }), (seat, index) => Fill($"{prefix}:f{index}", seat))
            ?? await All(plan.Seats.Where(seat => seat.After is { For: not null }), (seat, index) => Fill($"{prefix}:a{index}", seat));
    }

    private async Task<string?> Person(string id, PersonChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (before is null && await Send(change.Member, $"{id}:join", new MemberCommand.Join(after.Office, after.City, after.Duty) { HomeId = after.HomeId }) is { } notJoined)
            return $"Line {change.Line}: {notJoined}";
        if (before is { IsSuspended: true } && !after.IsSuspended && await Send(change.Member, $"{id}:reinstate", new MemberCommand.Reinstate()) is { } notBack)
            return $"Line {change.Line}: {notBack}";
        if ((before is null ? after.Name is not null : (before.Name, before.Office, before.City, before.HomeId, before.Duty) != (after.Name, after.Office, after.City, after.HomeId, after.Duty))
            && await Send(change.Member, $"{id}:describe", new MemberCommand.Describe(after.Name, after.Office, after.City, after.Duty) { HomeId = after.HomeId }) is { } notDescribed)
            return $"Line {change.Line}: {notDescribed}";
        if ((before?.Body, before?.Body is null ? null : before.Home) != (after.Body, after.Body is null ? null : after.Home))
        {
            MemberCommand sit = after is { Body: { } body, Home: { } home } ? new MemberCommand.Sit(new LocalBody(home, body)) : new MemberCommand.Rise();
            if (await Send(change.Member, $"{id}:sit", sit) is { } notSeated)
                return $"Line {change.Line}: {notSeated}";
        }

        return after.IsSuspended && before is not { IsSuspended: true } && await Send(change.Member, $"{id}:suspend", new MemberCommand.Suspend("The roster that brought this account in was taken back.")) is { } notSuspended
            ? $"Line {change.Line}: {notSuspended}"
            : null;
    }

    private async Task<string?> Vacate(string id, SeatChange seat) =>
        await Send(seat.Group, id, seat.Term is null ? new GroupCommand.VacateSeat(seat.Member) : new GroupCommand.VacateNext(seat.Member), GroupRefusals.SeatVacant) is { } refused
            ? $"Line {seat.Line}: {refused}"
            : null;

    private async Task<string?> Fill(string id, SeatChange seat) =>
        await Send(seat.Group, id, seat.After is { By: { } by } held
            ? new GroupCommand.Appoint(seat.Member, held.Role, new Appointer(by), held.For is null ? null : new MemberId(held.For), seat.Term is not null)
            : new GroupCommand.FillSeat(seat.Member, seat.After!.Role)) is { } refused
            ? $"Line {seat.Line}: {refused}"
            : null;

    /// <summary>Why it was refused; null when it is recorded. Who has no seat any more needs none vacated.</summary>
    private async Task<string?> Send<TCommand, TEvent>(IAggregateId<TCommand, TEvent> to, string id, TCommand command, Refusal? allowed = null) where TCommand : class, ICommand =>
        await door.Execute(Roster, to, new(id), command) switch
        {
            Outcome.Recorded => null,
            Outcome.Refused refused when refused.Refusal == allowed => null,
            Outcome.Refused refused => refused.Refusal.Sentence,
            _ => throw new TimeoutException($"Nobody knows what became of {id}; the import goes on at the next start."),
        };

    private static async Task<string?> All<T>(IEnumerable<T> items, Func<T, int, Task<string?>> send)
    {
        string? refused = null;
        await Parallel.ForEachAsync(items.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (item, _) =>
        {
            if (await send(item.Item, item.Index) is { } against)
                Interlocked.CompareExchange(ref refused, against, null);
        });
        return refused;
    }

    private async Task<RosterPlan> Plan(RosterRow import, CancellationToken cancel) =>
        JsonSerializer.Deserialize<RosterPlan>(await imports.Text(import.Plan, cancel) ?? throw new InvalidOperationException($"The plan of the import {import.Id} is gone."), Kinds.Json)!;

    /// <summary>What is not any more as the import left it; null when all is.</summary>
    private async Task<string?> Changed(RosterPlan plan, Viewer by, CancellationToken cancel)
    {
        var now = await members.Named([.. plan.People.Select(change => change.Member)], cancel);
        foreach (var change in plan.People)
            if (now.GetValueOrDefault(change.Member) is not { } row || PersonState.Of(row) != change.After || row.Member == by.Member)
                return $"{now.GetValueOrDefault(change.Member)?.DisplayName ?? change.After.Office} has been changed since. Undo takes back only what is still as the import left it; change the rest by hand.";
        foreach (var some in plan.Seats.GroupBy(seat => seat.Group))
        {
            var view = await View(some.Key);
            foreach (var seat in some)
            {
                var held = (seat.Term is null ? view.Seats : view.Next?.Name == seat.Term ? view.Next.Seats : null)?.GetValueOrDefault(seat.Member.Value);
                if ((held is null ? null : new SeatState(held.Role, held.By?.Value, held.AlternateFor?.Value)) != seat.After)
                    return $"A seat in {view.Name} has been changed since. Undo takes back only what is still as the import left it; change the rest by hand.";
            }
        }

        return null;
    }

    private async Task<RosterKnown> Known(ImmutableArray<RosterLine> lines, Viewer by, CancellationToken cancel)
    {
        var book = await accounts.MembersOf([.. lines.SelectMany(line => new[] { line["email"], line["alternate_for"] }).Where(email => email.Contains('@', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase)], cancel);
        var ids = lines.Select(line => RosterCheck.MemberOf(line, book)).OfType<MemberId>().ToHashSet();
        var known = new RosterKnown(by, book, await accounts.EmailsOf(ids, cancel), await members.Named(ids, cancel), await cities.All(cancel), await records.Names(cancel), ImmutableDictionary<CityId, CityFact>.Empty, await groups.All(), ImmutableDictionary<GroupId, GroupView>.Empty);
        var said = lines.Select(line => known.Group(line["group"])?.Group).OfType<GroupId>().Distinct();
        var views = await Task.WhenAll(said.Select(async group => KeyValuePair.Create(group, await View(group))));
        var seated = lines.Where(line => line["body"].Length > 0).Select(line => known.City(line["city"])?.City).OfType<CityId>()
            .Concat(known.People.Values.Select(row => row.Home).OfType<CityId>()).Distinct();
        var facts = await Task.WhenAll(seated.Select(async city => KeyValuePair.Create(city, await Fact(city))));
        return known with { Groups = views.ToImmutableDictionary(), Facts = facts.Where(fact => fact.Value is not null).ToImmutableDictionary(fact => fact.Key, fact => fact.Value!) };
    }

    private async Task<CityFact?> Fact(CityId city) => (await grains.GetGrain<ITellingGrain>(GrainId.Create(city.Stream.Type, city.Stream.Key)).Tell()).Fact as CityFact;

    /// <summary>A group as its log has it now.</summary>
    private async Task<GroupView> View(GroupId group)
    {
        var stream = grains.GetGrain<IStreamGrain<GroupEvent>>(GrainId.Create(group.Stream.Type, group.Stream.Key));
        var view = GroupView.Blank(group.Stream);
        for (var at = 0L; ;)
        {
            var page = await stream.ReadAfter(at);
            foreach (var recorded in page.Events)
                (view, at) = (GroupView.Fold(view, recorded), recorded.Version);
            if (page.Events.IsEmpty || at >= page.Committed)
                return view;
        }
    }
}

/// <summary>Goes on with imports that a stopped host left under way, once the hub answers.</summary>
internal sealed class RosterResume(RosterImport import, ILogger<RosterResume> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await import.Resume(stoppingToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException) // Said in the log and in the list of imports; the next start tries again.
        {
            logger.LogError(failure, "An import of a roster that was left under way could not go on.");
        }
    }
}
