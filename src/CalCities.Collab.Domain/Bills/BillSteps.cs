using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CalCities.Collab.Bills;

/// <summary>How a step of a bill's way stands.</summary>
public enum StepState
{
    ToCome = 0,
    Now = 1,
    Done = 2,
    /// <summary>The bill went on without it: no fiscal committee, for example.</summary>
    PassedOver = 3,
    /// <summary>The bill died, failed or was vetoed here.</summary>
    Stopped = 4,
}

/// <summary>A step: "Assembly policy"; the day it was done or reached; the vote that ended it ("77–0"); and where it is or how it ended ("Local Government", "Signed").</summary>
public sealed record BillStep(string Name, StepState State, DateOnly? Date, string? Vote, string? Note);

/// <summary>
/// The way of a bill through both houses, from its history alone (LEGINFO §1.3): introduced, policy committee, fiscal committee and floor of the
/// house it began in, the same in the other house, concurrence where that house had amended it, Governor. Resolutions have no Governor,
/// and a house's own resolution never leaves it.
/// </summary>
public static partial class BillSteps
{
    private enum Stage
    {
        Introduced = 0,
        FirstPolicy,
        FirstFiscal,
        FirstFloor,
        SecondPolicy,
        SecondFiscal,
        SecondFloor,
        Concurrence,
        Governor,
        Finished,
    }

    public static ImmutableArray<BillStep> Of(BillView bill)
    {
        if (bill.Number is not { } number)
            return [];
        var way = new Way(number, bill);
        var history = bill.History.IsEmpty && bill.Place is { } place
            ? [new BillAction(default, null, "", null, place.House, place.Secondary, place.Location, place.Status)]
            : bill.History;
        foreach (var action in history)
            way.Take(action);
        return way.Steps();
    }

    private sealed class Way(BillNumber number, BillView bill)
    {
        private readonly Dictionary<Stage, (DateOnly? Date, string? Vote, string? Note)> marks = [];
        private readonly HashSet<Stage> seen = [Stage.Introduced];
        private Stage at = Stage.Introduced;
        private bool reachedSecond;
        private bool hasLeftHouses;
        private (string How, DateOnly Date)? stopped;

        private string First => number.Origin;
        private string Second => number.Origin == "Assembly" ? "Senate" : "Assembly";

        public void Take(BillAction action)
        {
            var (before, stage) = (at, StageOf(action));
            var vote = Ayes().Match(action.Text) is { Success: true } match ? $"{match.Groups[1].Value}–{match.Groups[2].Value}" : null;
            reachedSecond |= action.House == Second;
            hasLeftHouses |= stage >= Stage.Governor;

            // "From committee: Do pass (Ayes 9. Noes 0.)" tells the vote of the place it leaves.
            var isReport = action.Text.StartsWith("From committee", StringComparison.Ordinal);
            if (IsCommittee(before) && (stage > before || isReport && vote is not null))
                Leave(before, action.Date, isReport ? vote : null);

            if (IsPassage(action) && stage is Stage.FirstFloor or Stage.SecondFloor)
            {
                Leave(stage, action.Date, vote);
                at = stage == Stage.SecondFloor || number.IsOfOneHouse ? AfterHouses : Stage.SecondPolicy;
            }
            else
            {
                if (hasLeftHouses && action.Text.Contains("concurred in", StringComparison.Ordinal))
                    Leave(Stage.Concurrence, action.Date, vote);
                at = stage;
                Reach(action);
            }

            End(action);
        }

        private void Leave(Stage stage, DateOnly date, string? vote)
        {
            if (!IsCommittee(stage) || vote is not null)
                seen.Add(stage);
            marks[stage] = marks.GetValueOrDefault(stage) with { Date = date, Vote = vote ?? marks.GetValueOrDefault(stage).Vote };
        }

        /// <summary>A bill that only waits at a house's desk has not been in its policy committee.</summary>
        private void Reach(BillAction action)
        {
            var isInCommittee = action.Secondary == "Committee";
            if (!IsCommittee(at) || isInCommittee || Rerefer().IsMatch(action.Text))
                seen.Add(at);
            var (date, vote, note) = marks.GetValueOrDefault(at);
            var place = at == Stage.Governor ? action.House == "Governor" ? "To decide" : note ?? "On its way"
                : isInCommittee && action.Location is { } code ? bill.NameOf(code) : note;
            // A step keeps the day on which it was reached.
            if (action.Date != default && (date is null || place != note))
                date = action.Date;
            marks[at] = (date, vote, place);
        }

        /// <summary>What it is to end: signed, chaptered, vetoed, died; the later word counts.</summary>
        private void End(BillAction action)
        {
            var how = action.Status switch
            {
                "Died" => "Died",
                "Vetoed" => "Vetoed",
                "Failed Passage in Committee" => "Failed passage",
                _ when at == Stage.Governor && stopped is { How: "Vetoed" } => "Vetoed",
                _ => null,
            };
            stopped = how is null ? null : how == stopped?.How ? stopped : (how, action.Date);
            if (action.Status is "Signed by Governor")
                marks[Stage.Governor] = (action.Date, null, "Signed");
            else if (action.Status is "Chaptered")
            {
                // Chaptered without a signature: it became law by itself after twelve or thirty days (California Constitution, Art. IV, §10).
                if (marks.GetValueOrDefault(Stage.Governor).Note is not "Signed")
                    marks[Stage.Governor] = (action.Date, null, "Became law");
                at = Stage.Finished;
            }
        }

        private Stage AfterHouses => number.IsResolution ? Stage.Finished : Stage.Governor;

        private Stage StageOf(BillAction action)
        {
            var isSecond = action.House == Second;
            if (hasLeftHouses || action.House is "Governor" or "Secretary of State" || action.Status is "Vetoed")
                return at == Stage.Finished ? at : AfterHouses;
            // Back in the house it began in: concurrence, or already on its way out.
            if (!isSecond && reachedSecond)
                return action.Location == "Enrollment" || action.Text.Contains("ngrossing and enrolling", StringComparison.OrdinalIgnoreCase) ? AfterHouses
                    : action.House == First ? Stage.Concurrence : at;

            var policy = isSecond ? Stage.SecondPolicy : Stage.FirstPolicy;
            var stage = action switch
            {
                _ when IsPassage(action) => policy + 2,
                { Secondary: "Floor" } when Rerefer().Match(action.Text) is { Success: true } to => IsFiscalName(to.Groups[1].Value) ? policy + 1 : policy,
                { Secondary: "Floor" } => policy + 2,
                { Secondary: "Committee" } => IsFiscal(action) ? policy + 1 : policy,
                { Secondary: "Rules" or "Desk", Status: "Pending Referral" } => isSecond ? policy : at == Stage.Introduced ? at : policy,
                _ => at,
            };
            return isSecond && stage < Stage.SecondPolicy ? Stage.SecondPolicy : stage;
        }

        private bool IsFiscal(BillAction action) =>
            action.Location is { } code && bill.Committees.TryGetValue(code, out var committee)
                ? committee.Name.Contains("Appropriations", StringComparison.Ordinal)
                : IsFiscalName(action.Text);

        private static bool IsFiscalName(string text) => text.Contains("APPR", StringComparison.OrdinalIgnoreCase);

        private static bool IsPassage(BillAction action) =>
            action.Status == "Passed" && Passage().IsMatch(action.Text);

        private static bool IsCommittee(Stage stage) =>
            stage is Stage.FirstPolicy or Stage.FirstFiscal or Stage.SecondPolicy or Stage.SecondFiscal;

        public ImmutableArray<BillStep> Steps()
        {
            var steps = ImmutableArray.CreateBuilder<BillStep>();
            Add(Stage.Introduced, "Introduced");
            Add(Stage.FirstPolicy, $"{First} policy");
            Add(Stage.FirstFiscal, $"{First} fiscal");
            Add(Stage.FirstFloor, $"{First} floor");
            if (!number.IsOfOneHouse)
            {
                Add(Stage.SecondPolicy, $"{Second} policy");
                Add(Stage.SecondFiscal, $"{Second} fiscal");
                Add(Stage.SecondFloor, $"{Second} floor");
                if (seen.Contains(Stage.Concurrence))
                    Add(Stage.Concurrence, $"{First} concurrence");
            }

            if (!number.IsResolution)
                Add(Stage.Governor, "Governor");
            return steps.ToImmutable();

            void Add(Stage stage, string name)
            {
                var (date, vote, note) = marks.GetValueOrDefault(stage);
                var state = stage < at ? seen.Contains(stage) ? StepState.Done : StepState.PassedOver
                    : stage > at ? IsFiscalStep(stage) && bill.Versions is [{ Fiscal: false }, ..] ? StepState.PassedOver : StepState.ToCome
                    : stopped is not null ? StepState.Stopped
                    : stage == Stage.Governor && note is "Signed" ? StepState.Done
                    : StepState.Now;
                steps.Add(state switch
                {
                    StepState.Done => new(name, state, date, vote, stage == Stage.Governor ? note : null),
                    StepState.Now => new(name, state, date, null, note),
                    StepState.Stopped => new(name, state, stopped!.Value.Date, null, stopped.Value.How),
                    _ => new(name, state, null, null, null),
                });
            }
        }

        private static bool IsFiscalStep(Stage stage) => stage is Stage.FirstFiscal or Stage.SecondFiscal;
    }

    [GeneratedRegex(@"\(Ayes\s+([0-9]+)\.\s+Noes\s+([0-9]+)\.", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ayes();

    [GeneratedRegex(@"\bre-refer(?:red)? to Coms?\. on\s+(.{1,60})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rerefer();

    [GeneratedRegex(@"\b(?:Passed|Adopted)\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Passage();
}
