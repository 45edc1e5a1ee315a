using System.Collections.Concurrent;
using System.Globalization;
using CalCities.Collab.Api;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;

namespace CalCities.Collab;

/// <summary>F1 of RELIABILITY: the host dies in the middle of work, again and again.</summary>
public abstract class KillTests(string database)
{
    private const int Members = 40;
    private const int Rounds = 20;

    /// <summary>A thread takes 10,000 posts: what all rounds together write stays below.</summary>
    private const int MostAcknowledgedInARound = 300;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task Every_acknowledged_post_stands_exactly_once_after_twenty_kills_while_forty_members_post()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        await using var hub = await HubDatabase.On(database);
        await using var host = await HostProcess.Start(hub, "--Demo:Enabled=true", "--Limits:WritingPerMinute=1000000", "--Limits:OrdinaryPerMinute=1000000");
        var chance = new Random(20);
        var thread = new ThreadId("kill");
        var writers = await Task.WhenAll(Enumerable.Range(1, Members).Select(i => Writer.SignIn(host.Address, $"eq-member-{i:00}", thread)));
        await writers[0].Open(limit.Token);

        for (var round = 1; round <= Rounds; round++)
        {
            var acknowledged = new CountDown(chance.Next(1, MostAcknowledgedInARound));
            using var over = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
            var writing = Task.WhenAll(writers.Select(writer => writer.Write(acknowledged, over.Token)));
            await acknowledged.Reached.WaitAsync(limit.Token);
            await host.Kill();
            await over.CancelAsync();
            await writing;
            await host.Start();
        }

        // What was under way at the last kill, and then everything ever acknowledged, asked for once more with the same ids.
        await Task.WhenAll(writers.Select(writer => writer.Settle(limit.Token)));
        var standing = await writers[0].Read(limit.Token);
        await Task.WhenAll(writers.Select(writer => writer.AskAllAgain(limit.Token)));

        Assert.Equal(
            writers.SelectMany(writer => writer.Acknowledged).Select(post => $"{post.Version}: {post.Body}").Order(StringComparer.Ordinal),
            standing.Select(post => $"{post.Version}: {post.Body}").Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(standing, await writers[^1].Read(limit.Token));
        Assert.True(standing.Count > Rounds, $"Only {standing.Count} posts were made.");
    }

    /// <summary>One member with a program: it posts as fast as it is answered, and keeps what it has not been answered.</summary>
    private sealed class Writer(Func<CancellationToken, Task<HubClient>> connect, string persona, ThreadId thread)
    {
        private readonly ConcurrentDictionary<string, (ThreadCommand.Post Command, long Version)> acknowledged = new(StringComparer.Ordinal);
        private (string Id, ThreadCommand.Post Command)? underWay;
        private int made;

        public IEnumerable<(long Version, string Body)> Acknowledged => acknowledged.Values.Select(post => (post.Version, post.Command.Body));

        public static async Task<Writer> SignIn(Uri host, string persona, ThreadId thread) =>
            new((await HubSession.SignIn(host, persona)).Connect, persona, thread);

        public async Task Open(CancellationToken cancel)
        {
            await using var client = await connect(cancel);
            var answer = await client.Execute(thread.Stream, $"{persona}-open", new ThreadCommand.Open(new("eq"), null, "Killed while we talk", Readers.GroupOnly), cancel);
            Assert.True(answer.Outcome is ExecuteAnswer.Recorded, answer.ToString());
        }

        /// <summary>Posts until the host is gone.</summary>
        public async Task Write(CountDown told, CancellationToken over)
        {
            try
            {
                await using var client = await connect(over);
                while (!over.IsCancellationRequested)
                {
                    await Send(client, over);
                    told.Tick();
                }
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                // The host was killed: what was under way stays so, and is asked for again.
            }
        }

        public async Task Settle(CancellationToken cancel)
        {
            await using var client = await connect(cancel);
            await Send(client, cancel);
        }

        public async Task AskAllAgain(CancellationToken cancel)
        {
            await using var client = await connect(cancel);
            foreach (var (id, post) in acknowledged)
            {
                var answer = await client.Execute(thread.Stream, id, post.Command, cancel);
                Assert.Equal((ExecuteAnswer.Recorded, post.Version), (answer.Outcome, answer.Version));
            }
        }

        /// <summary>The thread's posts as this member reads them, by version.</summary>
        public async Task<IReadOnlyList<(long Version, string Body)>> Read(CancellationToken cancel)
        {
            await using var client = await connect(cancel);
            var posts = new List<(long, string)>();
            await foreach (var message in client.Follow(thread.Stream, 0, cancel))
            {
                if (message.Type is TopicMessage.CurrentType)
                {
                    return posts;
                }

                if (message.Event is { Kind: "threads.posted.v1" } posted)
                {
                    posts.Add((message.Version, posted.Body.GetProperty("body").GetString()!));
                }
            }

            throw new InvalidOperationException("The thread ended before all of it was read.");
        }

        private async Task Send(HubClient client, CancellationToken cancel)
        {
            made += underWay is null ? 1 : 0;
            var name = string.Create(CultureInfo.InvariantCulture, $"{persona}-{made}");
            underWay ??= (name, new ThreadCommand.Post(new PostId(name), null, null, Stance.None, $"Post {made} of {persona}", []));
            var answer = await client.Execute(thread.Stream, underWay.Value.Id, underWay.Value.Command, cancel);
            Assert.True(answer.Outcome is ExecuteAnswer.Recorded, answer.ToString());
            acknowledged[underWay.Value.Id] = (underWay.Value.Command, answer.Version!.Value);
            underWay = null;
        }
    }
}

public sealed class KillOnSqliteTests() : KillTests("SQLite");

public sealed class KillOnPostgresTests() : KillTests("PostgreSQL");
