using System.Diagnostics;
using CalCities.Collab.Api;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;

namespace CalCities.Collab.Bench;

/// <summary>Pages of one live thread, held open without a browser: what a circuit costs the host in memory, and how posts reach them all.</summary>
internal static class Circuits
{
    public const int Fewest = 8;
    public const int Usual = 100;

    /// <summary>Forty members with twelve or thirteen pages each; the hub allows each sixty.</summary>
    public const int Most = 500;

    private const int Members = 40;

    /// <summary>Opened before anything is measured, so that code is compiled and caches are full.</summary>
    private const int WarmPages = 8;

    /// <summary>Memory is taken after each quarter of the pages; a round is a quarter.</summary>
    private const int Steps = 4;

    /// <summary>A full window of the page, and the most that a run may ask for.</summary>
    public const int MostPosts = 60;

    private const int LivePosts = 10;

    private const int OpeningAtOnce = 8;

    /// <param name="posts">Posts in the thread before; all are on the page.</param>
    public static async Task Measure(int pages, int posts)
    {
        await using var host = await MeasuredHost.Start();
        var sessions = await Task.WhenAll(Enumerable.Range(1, Members).Select(i => HubSession.SignIn(host.Address, FormattableString.Invariant($"eq-member-{i:00}"))));
        var https = sessions.Select(session => new HttpClient(new HttpClientHandler { CookieContainer = session.Cookies })).ToArray();
        var open = new List<LivePage>();
        try
        {
            await using var writer = await sessions[0].Connect();
            var thread = new ThreadId("bench");
            await Recorded(writer.Execute(thread.Stream, "open", new ThreadCommand.Open(new("eq"), null, "What a page costs", Readers.GroupOnly)));
            for (var i = 1; i <= posts; i++)
                await Post(writer, thread, Words("before", i));

            var clock = Stopwatch.GetTimestamp();
            await OpenMore(WarmPages);
            List<double> heap = [], workingSet = [];
            var before = await Settled();
            for (var step = 0; step < Steps; step++)
            {
                await OpenMore(pages / Steps);
                var after = await Settled();
                heap.Add((after.Heap - before.Heap) / 1024.0 / (pages / Steps));
                workingSet.Add((after.WorkingSet - before.WorkingSet) / 1024.0 / (pages / Steps));
                before = after;
            }

            var memory = new Table("Live thread pages", "posts on each", "managed heap, KiB a circuit", "working set, KiB a circuit", "heap : 400 KiB");
            memory.Row(FormattableString.Invariant($"{open.Count}"), FormattableString.Invariant($"{posts}"), heap.Median().Whole(), workingSet.Median().Whole(), (heap.Median() / 400).Ratio());
            Console.WriteLine(FormattableString.Invariant($"\nWhole host: {before.Heap / 1048576.0:0} MiB managed heap, {before.WorkingSet / 1048576.0:0} MiB working set; all pages were open after {Stopwatch.GetElapsedTime(clock).TotalSeconds:0} s."));

            await Live(host, writer, thread, open);

            async Task OpenMore(int count)
            {
                var first = open.Count;
                var opened = new LivePage[count];
                await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = OpeningAtOnce }, async (i, _) =>
                    opened[i] = await LivePage.Open(host.Address, sessions[(first + i) % Members], https[(first + i) % Members], $"/threads/{thread}", Words("before", posts)));
                open.AddRange(opened);
            }

            // Who is here changes with each page that opens: memory is taken when nothing has been rendered for a second.
            async Task<(long Heap, long WorkingSet)> Settled()
            {
                for (var last = -1L; last != Total(open);)
                {
                    last = Total(open);
                    await Task.Delay(TimeSpan.FromSeconds(1));
                }

                return await host.Memory();
            }
        }
        finally
        {
            foreach (var page in open)
                await page.DisposeAsync();
            foreach (var http in https)
                http.Dispose();
        }
    }

    /// <summary>One post a second through the hub: how many renderings it makes, how soon each page has it, and what a rendering costs the host.</summary>
    private static async Task Live(MeasuredHost host, HubClient writer, ThreadId thread, List<LivePage> open)
    {
        List<double> seconds = [];
        var (batches, bytes, processor, since) = (Total(open), open.Sum(page => page.Bytes), host.ProcessorTime, Stopwatch.GetTimestamp());
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var i = 1; i <= LivePosts; i++)
        {
            var seen = open.Select(page => page.Sees(Words("live", i))).ToArray();
            var sent = Stopwatch.GetTimestamp();
            await Post(writer, thread, Words("live", i));
            seconds.AddRange((await Task.WhenAll(seen)).Select(at => Stopwatch.GetElapsedTime(sent, at).TotalSeconds));
            await second.WaitForNextTickAsync();
        }

        var took = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var made = Total(open) - batches;
        var table = new Table("Live thread pages", "posts/s", "render batches/s", "batches a post and page", "bytes a batch", "post to page, median ms", "slowest of 20, ms", "host's processor, ms a batch");
        table.Row(FormattableString.Invariant($"{open.Count}"), (LivePosts / took).Ratio(), (made / took).Whole(), (made / (double)LivePosts / open.Count).Ratio(),
            ((open.Sum(page => page.Bytes) - bytes) / (double)made).Whole(), (seconds.Median() * 1000).Whole(), (seconds.Order().ElementAt(seconds.Count * 19 / 20) * 1000).Whole(),
            ((host.ProcessorTime - processor).TotalMilliseconds / made).Ratio());
    }

    private static long Total(List<LivePage> open) => open.Sum(page => page.Batches);

    private static string Words(string which, int i) => FormattableString.Invariant($"bench {which} number {i:0000}");

    private static Task Post(HubClient writer, ThreadId thread, string words) =>
        Recorded(writer.Execute(thread.Stream, words.Replace(' ', '-'), new ThreadCommand.Post(new PostId(words.Replace(' ', '-')), null, null, Stance.None,
            $"{words}\n\nA hearing before the permit, not after it, is what residents ask us for. I would support it, and ask for **clear words** on how the finding is made.", [])));

    private static async Task Recorded(Task<ExecuteAnswer> asked)
    {
        if (await asked is { Outcome: not ExecuteAnswer.Recorded } answer)
            throw new InvalidOperationException($"The hub answered {answer}.");
    }
}
