using System.Collections.Concurrent;
using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CsCheck;

namespace CalCities.Collab.Live;

public sealed class NoticesTests
{
    private static readonly GroupId Eq = new("eq");

    private static readonly Gen<Trouble> AnyTrouble = Gen.OneOf(
        Gen.Int[1, 12].Select(events => (Trouble)new Trouble.Append(events)),
        Gen.Int[1, 12].Select(events => (Trouble)new Trouble.Append(events)),
        Gen.Const((Trouble)new Trouble.Late()),
        Gen.Const((Trouble)new Trouble.GrainLeaves()),
        Gen.Bool.Select(away => (Trouble)new Trouble.DatabaseAway(away)),
        Gen.Const((Trouble)new Trouble.PageOpens()),
        Gen.Const((Trouble)new Trouble.PageCloses()),
        Gen.Int[1, 30_000].Select(ms => (Trouble)new Trouble.TimeGoes(TimeSpan.FromMilliseconds(ms))));

    [Fact]
    public async Task Whatever_happens_to_notices_every_page_ends_in_the_fold_of_the_log() =>
        await Gen.Select(AnyTrouble.List[1, 40], Gen.Int).SampleAsync(async (troubles, seed) => await Run(troubles, new Random(seed)), iter: 300);

    private static async Task Run(List<Trouble> troubles, Random chance)
    {
        var log = new MemoryLog();
        var me = log.Join("eq-chair");
        var stream = log.Of<GroupEvent>(Eq.Stream);
        stream.Append(me, new GroupEvent.Founded("Environmental Quality", GroupKind.PolicyCommittee, ""));
        List<Func<Task>> held = [];
        List<Page> pages = [await Page.Open(log, me)];
        log.OnNotice = notice =>
        {
            switch (chance.Next(5))
            {
                case 0:
                    break; // lost
                case 1:
                    _ = notice();
                    _ = notice();
                    break;
                case 2:
                    held.Insert(chance.Next(held.Count + 1), notice);
                    break;
                default:
                    _ = notice();
                    break;
            }
        };

        foreach (var trouble in troubles)
        {
            switch (trouble)
            {
                case Trouble.Append append:
                    stream.Append(me, [.. Enumerable.Range(0, append.Events).Select(_ => Any(chance))]);
                    break;
                case Trouble.Late:
                    Deliver();
                    break;
                case Trouble.GrainLeaves:
                    stream.Leave();
                    break;
                case Trouble.DatabaseAway { Away: var away }:
                    log.BeforeCall = () => away ? throw new TimeoutException() : Task.CompletedTask;
                    break;
                case Trouble.PageOpens:
                    pages.Add(await Page.Open(log, me));
                    break;
                case Trouble.PageCloses when pages.Count > 1:
                    await pages[^1].Watch.DisposeAsync();
                    pages.RemoveAt(pages.Count - 1);
                    break;
                case Trouble.TimeGoes time:
                    log.Clock.Advance(time.By);
                    break;
            }
        }

        log.BeforeCall = () => Task.CompletedTask;
        Deliver();
        var events = stream.Events;
        await MemoryLog.Until(() =>
        {
            log.Clock.Advance(TimeSpan.FromSeconds(1));
            return pages.TrueForAll(page => page.Watch.Version == events.Length && page.Watch.State == LiveState.Live);
        }, "all pages to show all of the log");

        var folds = events.Aggregate(ImmutableList.Create(GroupView.Blank(Eq.Stream)), (views, recorded) => views.Add(GroupView.Fold(views[^1], recorded)));
        foreach (var page in pages)
        {
            var last = 0L;
            foreach (var (version, view) in page.Shown.Append((page.Watch.Version, page.Watch.View)))
            {
                Assert.True(version >= last, $"The page went back from {last} to {version}.");
                last = version;
                Assert.Equal(version == 0 ? null : Text(folds[(int)version]), view is null ? null : Text(view));
            }
        }

        void Deliver()
        {
            foreach (var notice in held)
                _ = notice();
            held.Clear();
        }
    }

    /// <summary>Seats of few people, so that the order in which events are folded shows.</summary>
    private static GroupEvent Any(Random chance)
    {
        var member = new MemberId($"m{chance.Next(5)}");
        return chance.Next(3) == 0 ? new GroupEvent.SeatVacated(member) : new GroupEvent.SeatFilled(member, (Role)chance.Next(3));
    }

    private static string Text(GroupView view) =>
        $"{view.Name}: {string.Join(", ", view.Seats.Select(seat => $"{seat.Key} {seat.Value.Role}"))}";

    private sealed class Page
    {
        public Watch<GroupView> Watch { get; private set; } = null!;
        public ConcurrentQueue<(long Version, GroupView? View)> Shown { get; } = new();

        public static async Task<Page> Open(MemoryLog log, MemberId me)
        {
            var page = new Page();
            page.Watch = await log.Topics.Watch<GroupSight, GroupView, GroupEvent>(Eq.Stream, me, page.Step, cancel: TestContext.Current.CancellationToken);
            return page;
        }

        private Task Step(Action step)
        {
            step();
            if (Watch is { } watch)
                Shown.Enqueue((watch.Version, watch.View));
            return Task.CompletedTask;
        }
    }

    /// <summary>What can come between a log and a page.</summary>
    private abstract record Trouble
    {
        public sealed record Append(int Events) : Trouble;
        public sealed record Late : Trouble;
        public sealed record GrainLeaves : Trouble;
        public sealed record DatabaseAway(bool Away) : Trouble;
        public sealed record PageOpens : Trouble;
        public sealed record PageCloses : Trouble;
        public sealed record TimeGoes(TimeSpan By) : Trouble;
    }
}
