using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Voting;

/// <summary>One case of the vectors: its words turned into the rules' types, and what the rules say turned back. It counts nothing itself.</summary>
internal sealed partial class VectorCase
{
    private readonly JsonObject given;

    private VectorCase(JsonObject given) => this.given = given;

    public static JsonObject Run(JsonObject item)
    {
        // Some kinds have their input on top, some in a part of its own.
        var given = new JsonObject();
        foreach (var pair in item.Concat(item["input"] as JsonObject ?? []))
        {
            given[pair.Key] = pair.Value?.DeepClone();
        }

        var one = new VectorCase(given);
        return one.Text("kind") switch
        {
            "motion" or "motion-default" => one.Motion(),
            "abstention-concurs-if-one-short" => one.ConcursIfOneShort(),
            "tie-rule" => one.TieRuleOf(),
            "quorum-size" => one.QuorumSize(),
            "quorum" => one.Quorum(),
            "recusal" => one.Recusal(),
            "chair-vote" => one.ChairVote(),
            "appeal" => one.Appeal(),
            "compound" => one.Compound(),
            "vote-change" => one.VoteChange(),
            "delegation" => one.Delegation(),
            "ballot-election" => one.BallotElection(),
            var unknown => throw new FormatException($"unknown kind {unknown}"),
        };
    }

    private JsonObject Motion() => Told(Tally.Of(Rule(), CountOf()));

    private JsonObject ConcursIfOneShort()
    {
        var rule = given.ContainsKey("rule") ? Rule() : Rule(new Threshold(VoteBase.Membership, Fraction.Half, Exceed: true, Abstentions.Ignored));
        rule = rule with { Threshold = rule.Threshold with { Abstentions = Abstentions.ConcurIfOneShort } };
        var tally = Tally.Of(rule, CountOf());
        return Number("needed") is { } needed && needed != tally.Needed ? throw new FormatException($"{needed} needed, which is no majority of the membership") : Told(tally);
    }

    private JsonObject TieRuleOf() => Told(Tally.Of(Rule() with { Tie = TieRule.VoteAgainWithin48Hours }, CountOf()));

    private JsonObject QuorumSize()
    {
        var members = Number("members") ?? throw new FormatException("no members");
        return new() { ["quorum"] = QuorumOfWords(Text("quorum_rule")).Needed(members + (Number("seats_vacant") ?? 0), members) };
    }

    private JsonObject Quorum()
    {
        if (given["events"] is not JsonArray events)
        {
            var tally = given.ContainsKey("rule") ? Tally.Of(Rule(), CountOf()) : Tally.Of(Rule(Threshold.Majority), CountOf());
            return Told(tally);
        }

        var present = 0;
        var voted = false;
        foreach (var what in events.Select(what => what!.GetValue<string>()))
        {
            switch (what.Split(' '))
            {
                case ["open", var open] when open.StartsWith("present=", StringComparison.Ordinal):
                    present = int.Parse(open["present=".Length..], CultureInfo.InvariantCulture);
                    break;
                case ["leave"]:
                    present--;
                    break;
                case ["return" or "arrive" or "enter" or "join"]:
                    present++;
                    break;
                case ["vote"]:
                    voted = true;
                    break;
                default:
                    throw new FormatException($"unknown event {what}");
            }
        }

        var count = Count.ByHand(0, 0, 0, present, Number("members") ?? present, Number("members") ?? present);
        var now = Tally.Of(Rule(Threshold.Majority), count);
        var told = new JsonObject();
        if (voted)
        {
            told["result"] = Word(now.Outcome);
        }

        var floor = Floor.Before with { Session = FloorPhase.InSession, Quorum = now.Present >= now.QuorumNeeded, Item = new FloorItem(ItemKind.Action, true, false, false, true) };
        var chair = new Mover(Chairs: true, Votes: true, Recused: false, Made: false, VotedSide.DidNotVote);
        told["allowed"] = new JsonArray(
        [
            .. (from answer in Moves.Of(RuleSet.RobertSmallBoard, floor, chair)
                where answer.Against is null
                let name = answer.Move.Motion?.ToString() ?? answer.Move.Act.ToString()
                select name is nameof(Act.ObtainQuorum) ? "take-measures-to-obtain-quorum" : Kebab(name)).Distinct(StringComparer.Ordinal).Select(name => (JsonNode)name),
        ]);
        return told;
    }

    private JsonObject Recusal()
    {
        var recused = Number("recused") ?? 0;
        var present = (Number("present") ?? 0) - recused;
        var members = Number("members") ?? present + recused;
        var count = Count.ByHand(Number("yes") ?? 0, Number("no") ?? 0, Number("abstain") ?? 0, present, members, members + (Number("seats_vacant") ?? 0), recused);
        var rule = given.ContainsKey("rule") ? Rule() : Rule(Threshold.Majority);
        var tally = Tally.Of(rule, count);
        if (Number("needed") is { } needed && needed != tally.Needed)
        {
            throw new FormatException($"{needed} needed, which is not what its rule says");
        }

        var told = new JsonObject { ["eligible_present"] = tally.Present };
        if (given.ContainsKey("yes"))
        {
            told["yes_needed"] = tally.Needed;
        }

        told["result"] = tally.Outcome is VoteOutcome.NoQuorum ? "no-quorum-for-item" : given.ContainsKey("yes") ? Word(tally.Outcome) : "quorum";
        if (Recusals.ToDraw(rule, count) is { } lot)
        {
            told["action"] = $"draw {lot.Draw} of {lot.OfRecused} by lot";
            told["eligible_present_after"] = lot.PresentAfter;
        }

        return told;
    }

    private JsonObject ChairVote()
    {
        var (isMember, hasVoted) = (Flag("chair_is_member"), Flag("chair_has_voted"));
        var count = new Count(Number("yes") ?? 0, Number("no") ?? 0, Number("abstain") ?? 0, isMember && !hasVoted ? 1 : 0, 0, 0, 0, 0);
        var vote = Vote(Text("chair_casts"));
        var against = ChairsVote.Against(ChairVotes.WhenItDecides, Rule(), count, isMember, hasVoted, Flag("by_ballot"), vote);
        var told = Told(Tally.Of(Rule(), against is null ? ChairsVote.Cast(count, vote) : count));
        if (against is not null)
        {
            told["error"] = Kebab(against);
        }

        return told;
    }

    private JsonObject Appeal() =>
        new() { ["result"] = Appeals.Of(RuleSet.RobertSmallBoard, Number("sustain") ?? 0, Number("overrule") ?? 0) is Ruling.Sustained ? "sustained" : "overruled" };

    private JsonObject Compound() =>
        given["all_of"] is JsonArray groups
            ? new()
            {
                ["result"] = Word(Concurrence.Of(
                [
                    .. groups.Select(group => new VectorCase(group!.AsObject())).Select(group => new GroupResult(group.Text("group"), Derivation.Of(group.Rule(), group.CountOf()))),
                ])),
            }
            : throw new FormatException("no groups that must all agree");

    private JsonObject VoteChange()
    {
        var roll = (given["roll"] as JsonArray ?? throw new FormatException("no roll")).Select(line => (Seat: line![0]!.GetValue<string>(), Vote: Vote(line[1]!.GetValue<string>()))).ToList();
        var ballots = new Ballots([.. roll.Select(line => line.Seat).Distinct(StringComparer.Ordinal).Select(seat => new Ballot(seat, seat, null))], Flag("by_ballot"), Announced: false);
        var (told, cast) = (new JsonObject(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (seat, vote) in roll)
        {
            // Where the result is announced, it was so before the first vote that changes another.
            ballots = ballots with { Announced = Flag("announced") && !cast.Add(seat) };
            if (ballots.Against(seat, seat, vote) is { } against)
            {
                told["error"] = Kebab(against);
            }

            ballots = ballots.Cast(seat, seat, vote);
        }

        var count = Count.Of(ballots.Roll);
        (told["yes"], told["no"], told["abstain"]) = (count.Yes, count.No, count.Abstain);
        return told;
    }

    private JsonObject Delegation()
    {
        var city = Text("city");
        var ballots = new Ballots([new Ballot(city, "delegate", null)], Secret: false, Announced: false);
        var (told, ordinal) = (new JsonObject(), new[] { "first", "second", "third", "fourth" });
        foreach (var (words, at) in (given["votes"] as JsonArray ?? throw new FormatException("no votes")).Select((words, at) => (words!.GetValue<string>(), at)))
        {
            var parts = VoteOf().Match(words);
            var (vote, person) = parts.Success ? (Vote(parts.Groups["vote"].Value), parts.Groups["who"].Value) : throw new FormatException($"no vote in {words}");
            told[ordinal[at]] = ballots.Against(city, person, vote) is not { } against ? "counted"
                : against == VotingRefusals.NotInTheSeat ? "rejected: city already voted or alternate not seated"
                : Kebab(against);
            ballots = ballots.Cast(city, person, vote);
        }

        told["city_vote"] = ballots.Find(city)?.Vote is { } counted ? Word(counted) : null;
        return told;
    }

    private JsonObject BallotElection()
    {
        var seats = Number("seats") ?? 1;
        if (given["nominees"] is JsonArray nominees)
        {
            return Elections.ByAcclamation(seats, [.. nominees.Select(name => name!.GetValue<string>())], Flag("ballot_required_by_bylaws")) is { } unopposed
                ? Told(unopposed)
                : new() { ["elected"] = new JsonArray(), ["method"] = "ballot" };
        }

        if (given["votes"] is JsonObject votes)
        {
            return Told(Elections.Of(seats, Number("voters") ?? throw new FormatException("no voters"), [.. votes.Select(pair => new CandidateVotes(pair.Key, pair.Value!.GetValue<int>()))]));
        }

        return given["ballots"] is JsonObject ballots
            ? Told(Elections.Of(
                seats,
                [
                    .. ballots.Select(pair => pair.Key switch
                    {
                        "<blank>" => new Papers([], Unreadable: false, pair.Value!.GetValue<int>()),
                        "<unintelligible>" or "<illegal>" => new Papers([], Unreadable: true, pair.Value!.GetValue<int>()),
                        var names when names.StartsWith('<') => throw new FormatException($"unknown ballot {names}"),
                        var names => new Papers([.. names.Split('+')], Unreadable: false, pair.Value!.GetValue<int>()),
                    }),
                ]))
            : throw new FormatException("no ballots");
    }

    private static JsonObject Told(Election election)
    {
        var told = new JsonObject
        {
            ["cast"] = election.Cast,
            ["needed"] = election.Needed,
            ["elected"] = new JsonArray([.. election.Elected.Select(name => (JsonNode)name)]),
            ["method"] = election.ByAcclamation ? "acclamation" : "ballot",
        };
        if (election.Next is not null)
        {
            told["next"] = election.Seats == 1 ? "reballot" : $"reballot for {election.SeatsLeft} {(election.SeatsLeft == 1 ? "seat" : "seats")} between all remaining";
        }

        return told;
    }

    private static JsonObject Told(Tally tally) => new()
    {
        ["result"] = Word(tally.Outcome),
        ["yes_needed"] = tally.Needed,
        ["needed"] = tally.Needed,
        ["yes"] = tally.Count.Yes,
        ["no"] = tally.Count.No,
        ["eligible_present"] = tally.Present,
    };

    private VotingRule Rule() => Rule(ThresholdOf(given["rule"] as JsonObject ?? throw new FormatException("no rule")));

    private VotingRule Rule(Threshold threshold) => VotingRule.Of(threshold, Number("quorum") is { } quorum ? QuorumRule.Fixed(quorum) : QuorumRule.NotAsked, "the case");

    private static Threshold ThresholdOf(JsonObject rule)
    {
        var (of, abstentions) = rule["base"]?.GetValue<string>() switch
        {
            "cast" => (VoteBase.Cast, Abstentions.Ignored),
            "cast_incl_abstain" => (VoteBase.Cast, Abstentions.AsNo),
            "present" => (VoteBase.Present, Abstentions.Ignored),
            "membership" => (VoteBase.Membership, Abstentions.Ignored),
            "seats" or "fixed_membership" => (VoteBase.Seats, Abstentions.Ignored),
            var unknown => throw new FormatException($"unknown base {unknown}"),
        };
        var threshold = new Threshold(of, FractionOf(rule["fraction"]?.GetValue<string>() ?? ""), rule["strict"]?.GetValue<bool>() ?? throw new FormatException("neither strict nor not"), abstentions);
        return threshold.IsReachable ? threshold : throw new FormatException($"nobody can give {threshold.Words}");
    }

    private static Fraction FractionOf(string words) =>
        words.Split('/') is [var over, var under]
            ? new(int.Parse(over, CultureInfo.InvariantCulture), int.Parse(under, CultureInfo.InvariantCulture))
            : throw new FormatException($"no fraction: {words}");

    private Count CountOf()
    {
        var (yes, no, abstain) = (Number("yes") ?? 0, Number("no") ?? 0, Number("abstain") ?? 0);
        var recused = Number("recused") ?? 0;
        var present = (Number("present") ?? yes + no + abstain + recused) - recused;
        var members = Number("members") ?? present + recused;
        return Count.ByHand(yes, no, abstain, present, members, members + (Number("seats_vacant") ?? 0), recused);
    }

    private static QuorumRule QuorumOfWords(string words)
    {
        var parts = QuorumWords().Match(words);
        if (!parts.Success)
        {
            throw new FormatException($"unknown quorum rule {words}");
        }

        var of = parts.Groups["of"].Value.Contains("filled", StringComparison.Ordinal) || !parts.Groups["of"].Value.Contains("seats", StringComparison.Ordinal) ? QuorumOf.FilledSeats : QuorumOf.Seats;
        var (more, share) = (parts.Groups["more"].Success, parts.Groups["share"].Value);
        return share switch
        {
            "majority" => new(Fraction.Half, Exceed: true, of),
            "half" => new(Fraction.Half, more, of),
            "two thirds" or "two-thirds" => new(Fraction.TwoThirds, more, of),
            "one third" or "a third" => new(new Fraction(1, 3), more, of),
            _ when share.Contains('/', StringComparison.Ordinal) => new(FractionOf(share), more, of),
            _ => QuorumRule.Fixed(int.Parse(share, CultureInfo.InvariantCulture) + (more ? 1 : 0)),
        };
    }

    private string Text(string name) => given[name]?.GetValue<string>() ?? throw new FormatException($"no {name}");

    private int? Number(string name) => given[name]?.GetValue<int>();

    private bool Flag(string name) => given[name]?.GetValue<bool>() ?? false;

    private static SeatVote Vote(string word) => word switch
    {
        "yes" => SeatVote.Yes,
        "no" => SeatVote.No,
        "abstain" => SeatVote.Abstain,
        _ => throw new FormatException($"unknown vote {word}"),
    };

    private static string Word(SeatVote vote) => vote.ToString().ToLowerInvariant();

    private static string Word(VoteOutcome outcome) => outcome switch
    {
        VoteOutcome.Adopted => "adopted",
        VoteOutcome.Rejected => "rejected",
        VoteOutcome.NoQuorum => "no-quorum",
        VoteOutcome.VoteAgain => "revote-within-48h-then-rejected",
        _ => throw new FormatException($"no word for {outcome}"),
    };

    private static string Kebab(Refusal refusal) => Kebab(refusal.Code);

    private static string Kebab(string name) => Capital().Replace(name, letter => (letter.Index == 0 ? "" : "-") + letter.Value.ToLowerInvariant());

    [GeneratedRegex(@"^(?<vote>yes|no|abstain) \((?<who>[^)]+)\)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VoteOf();

    [GeneratedRegex(@"^(?:(?<more>more than) |at least )?(?:a )?(?<share>majority|half|two[ -]thirds|one third|a third|\d+/\d+|\d+)(?<of>(?: members)?(?: of (?:the |all )?(?:filled |occupied )?(?:seats|members))?)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QuorumWords();

    [GeneratedRegex("[A-Z]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Capital();
}
