using System.Collections.Immutable;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using CalCities.Collab.Members;
using Dapper;

namespace CalCities.Collab.Kernel.Log;

/// <summary>What the log promises, whichever database keeps it.</summary>
public abstract class EventStoreContract : IAsyncLifetime
{
    private protected static readonly StreamId Thread = new("thread", "a");
    private protected static readonly StreamId Other = new("thread", "b");
    private static readonly DateTimeOffset Noon = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero).AddTicks(1_234_567);
    private static readonly ActorName Member = new(new MemberId("m1"), null);

    private protected static CancellationToken Ending => TestContext.Current.CancellationToken;

    /// <summary>The log of one host.</summary>
    private protected abstract IEventStore Store { get; }

    /// <summary>The log of a second host on the same database; the same one where only one host can be.</summary>
    private protected abstract IEventStore SecondHost { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task A_new_log_is_empty_and_stands_at_0()
    {
        Assert.Equal(0, await Store.Head(Ending));
        Assert.Empty(await Store.ReadAllAfter(0, Ending));
        Assert.Empty(await Store.ReadAfter(Thread, 0, Ending));
        Assert.Empty(await Store.ReadCommands(Thread, Ending));
    }

    [Fact]
    public async Task What_was_appended_is_read_back_as_it_was()
    {
        NewEvent written = new("threads.posted.v1", """{"body":"Agreed"}""", new("m1:abc"), 0, Print("abc"), new(new MemberId("m1"), "when-seated"), Noon);

        Assert.Equal([1], await Store.Append([new(Thread, 0, [written])], Ending));

        StoredEvent expected = new(Thread, 1, 1, written.Kind, written.Body, written.Command, 0, written.Actor, Noon);
        Assert.Equal([expected], await Store.ReadAfter(Thread, 0, Ending));
        Assert.Equal([expected], await Store.ReadAllAfter(0, Ending));
    }

    [Fact]
    public async Task A_time_written_elsewhere_is_the_same_instant_to_the_last_100_nanoseconds()
    {
        var inSacramento = Noon.AddTicks(1).ToOffset(TimeSpan.FromHours(-8));

        await Store.Append([new(Thread, 0, [Event("c") with { Time = inSacramento }])], Ending);

        var read = Assert.Single(await Store.ReadAfter(Thread, 0, Ending)).Time;
        Assert.Equal((inSacramento.UtcTicks, TimeSpan.Zero), (read.UtcTicks, read.Offset));
    }

    [Fact]
    public async Task Positions_count_the_whole_log_in_the_order_of_the_batch_and_versions_each_stream()
    {
        var firsts = await Store.Append([new(Thread, 0, [Event("a", 0), Event("a", 1)]), new(Other, 0, [Event("b")])], Ending);
        var next = await Store.Append([new(Other, 1, [Event("c")]), new(Thread, 2, [Event("d")])], Ending);

        Assert.Equal([1, 3], firsts);
        Assert.Equal([4, 5], next);
        Assert.Equal(5, await Store.Head(Ending));
        Assert.Equal(
            [(Thread, 1, 1, "a", 0), (Thread, 2, 2, "a", 1), (Other, 1, 3, "b", 0), (Other, 2, 4, "c", 0), (Thread, 3, 5, "d", 0)],
            from e in await Store.ReadAllAfter(0, Ending) select (e.Stream, e.Version, e.Position, e.Command.Value, e.Part));
        Assert.Equal([(3L, 5L)], from e in await Store.ReadAfter(Thread, 2, Ending) select (e.Version, e.Position));
    }

    [Fact]
    public async Task Each_command_is_told_with_its_last_event_and_its_fingerprint()
    {
        await Store.Append([new(Thread, 0, [Event("z", 0), Event("z", 1), Event("z", 2), Event("a", 0)]), new(Other, 0, [Event("z", 0)])], Ending);
        await Store.Append([new(Thread, 4, [Event("m", 0), Event("m", 1)])], Ending);

        Assert.Equal(
            [("m", 6L, 7L, Hex("m")), ("a", 4, 4, Hex("a")), ("z", 3, 3, Hex("z"))],
            from c in await Store.ReadCommands(Thread, Ending)
            orderby c.Version descending
            select (c.Command.Value, c.Version, c.Position, Convert.ToHexString(c.Fingerprint)));
    }

    [Fact]
    public async Task A_page_ends_at_500_events()
    {
        await Store.Append([new(Thread, 0, [.. from i in Enumerable.Range(0, IEventStore.MaxPageEvents + 1) select Event($"c{i}")])], Ending);

        var first = await Store.ReadAfter(Thread, 0, Ending);
        var all = await Store.ReadAllAfter(0, Ending);

        Assert.Equal(Numbers(1, 500), from e in first select e.Version);
        Assert.Equal(Numbers(1, 500), from e in all select e.Position);
        Assert.Equal([501], from e in await Store.ReadAfter(Thread, 500, Ending) select e.Version);
        Assert.Equal([501], from e in await Store.ReadAllAfter(500, Ending) select e.Position);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    public async Task A_page_ends_before_the_event_that_would_make_it_more_than_a_megabyte(int bytesMore, int inFirstPage)
    {
        // "ä" is two bytes: what counts is what is sent, not the letters.
        var half = new string('ä', IEventStore.MaxPageBytes / 4);
        await Store.Append([new(Thread, 0, [Event("a") with { Body = half }, Event("b") with { Body = half + new string('x', bytesMore) }, Event("c")])], Ending);

        Assert.Equal(Numbers(1, inFirstPage), from e in await Store.ReadAfter(Thread, 0, Ending) select e.Version);
        Assert.Equal(Numbers(1, inFirstPage), from e in await Store.ReadAllAfter(0, Ending) select e.Position);
        Assert.Equal(inFirstPage + 1, (await Store.ReadAfter(Thread, inFirstPage, Ending))[0].Version);
    }

    [Fact]
    public async Task An_event_larger_than_a_page_is_a_page_of_its_own()
    {
        var huge = new string('x', 5 * IEventStore.MaxPageBytes);
        await Store.Append([new(Thread, 0, [Event("a"), Event("b") with { Body = huge }, Event("c")])], Ending);

        Assert.Equal([1], from e in await Store.ReadAfter(Thread, 0, Ending) select e.Version);
        Assert.Equal([(2, huge)], from e in await Store.ReadAfter(Thread, 1, Ending) select (e.Version, e.Body));
        Assert.Equal([(2, huge)], from e in await Store.ReadAllAfter(1, Ending) select (e.Position, e.Body));
    }

    [Fact]
    public async Task Any_text_that_JSON_can_hold_is_kept()
    {
        var said = string.Concat(Enumerable.Range(0, 0x2000).Select(c => (char)c)) + "🗳️ Ⴀ 𝕊 ‮ {{@name}} $1 ''; drop table events --";
        var body = Kinds.Write(new { said });

        await Store.Append([new(Thread, 0, [Event("a") with { Body = body }])], Ending);

        Assert.Equal(body, Assert.Single(await Store.ReadAllAfter(0, Ending)).Body);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task A_stream_that_stands_elsewhere_is_a_conflict_and_the_rest_of_the_batch_is_recorded(long expected)
    {
        await Store.Append([new(Thread, 0, [Event("a", 0), Event("a", 1)])], Ending);
        StreamId third = new("thread", "c");

        var firsts = await Store.Append([new(Other, 0, [Event("b")]), new(Thread, expected, [Event("c", 0), Event("c", 1)]), new(third, 0, [Event("d")])], Ending);

        Assert.Equal([3, null, 4], firsts);
        Assert.Equal(4, await Store.Head(Ending));
        Assert.Equal([(Thread, 1L, 1L), (Thread, 2, 2), (Other, 1, 3), (third, 1, 4)], from e in await Store.ReadAllAfter(0, Ending) select (e.Stream, e.Version, e.Position));
    }

    [Fact]
    public async Task A_command_that_is_in_the_stream_already_is_refused_by_the_database_and_the_rest_of_the_batch_is_recorded()
    {
        await Store.Append([new(Thread, 0, [Event("a")])], Ending);
        StreamId third = new("thread", "c");

        var firsts = await Store.Append([new(Other, 0, [Event("a")]), new(Thread, 1, [Event("b"), Event("a")]), new(third, 0, [Event("d")])], Ending);

        Assert.Equal([2, null, 3], firsts);
        Assert.Equal([(Thread, 1L, 1L), (Other, 1, 2), (third, 1, 3)], from e in await Store.ReadAllAfter(0, Ending) select (e.Stream, e.Version, e.Position));
        Assert.Equal([4], await Store.Append([new(Thread, 1, [Event("b")])], Ending));
    }

    [Fact]
    public async Task A_batch_of_nothing_but_conflicts_moves_nothing()
    {
        await Store.Append([new(Thread, 0, [Event("a")])], Ending);

        Assert.Equal([null, null], await Store.Append([new(Thread, 0, [Event("b")]), new(Other, 1, [Event("b")])], Ending));

        Assert.Equal(1, await Store.Head(Ending));
        Assert.Equal([2], await Store.Append([new(Thread, 1, [Event("c")])], Ending));
    }

    [Fact]
    public async Task An_append_that_was_cancelled_before_it_began_records_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Append([new(Thread, 0, [Event("a")])], new CancellationToken(canceled: true)));

        Assert.Equal(0, await Store.Head(Ending));
    }

    [Fact]
    public async Task Wherever_an_append_is_cancelled_its_command_is_recorded_whole_or_not_at_all_and_a_retry_makes_it_once()
    {
        for (var round = 0; round < 60; round++)
        {
            StreamId stream = new("thread", $"round-{round}");
            StreamAppend append = new(stream, 0, [.. from part in Enumerable.Range(0, 50) select Event("c", part)]);
            using var cancel = new CancellationTokenSource();
            cancel.CancelAfter(TimeSpan.FromMilliseconds(round % 20));
            bool told;
            try
            {
                told = (await Store.Append([append], cancel.Token))[0] is not null;
            }
            catch (OperationCanceledException)
            {
                told = false;
            }

            var found = await Store.ReadCommands(stream, Ending);
            var parts = (await Store.ReadAfter(stream, 0, Ending)).Length;
            Assert.True(told ? found.Length == 1 : found.Length <= 1);
            Assert.Equal(found.Length * 50, parts);
            Assert.Equal(found.IsEmpty, (await Store.Append([append], Ending))[0] is not null);
            Assert.Equal(50, (await Store.ReadAfter(stream, 0, Ending)).Length);
        }

        Assert.Equal(await Store.Head(Ending), (await All(Store)).Count);
    }

    [Fact]
    public async Task A_reader_of_the_whole_log_never_skips_an_event_or_sees_a_gap_while_two_hosts_write()
    {
        const int Appends = 150;
        var written = 0L;
        async Task Write(IEventStore host, string name)
        {
            for (var i = 0; i < Appends; i++)
            {
                // Sizes differ so that commits overlap; every tenth stream is one that the other host has taken.
                var events = from part in Enumerable.Range(0, 1 + i * 7 % 40) select Event($"{name}{i}", part) with { Body = new string('x', i * 97 % 3_000) };
                var stream = i % 10 == 0 ? new StreamId("thread", $"contested-{i}") : new StreamId("thread", $"{name}-{i}");
                ImmutableArray<StreamAppend> batch = [new(stream, 0, [.. events]), new(new("bill", $"{name}-{i}"), 0, [Event("c")])];
                var firsts = await host.Append(batch, Ending);
                for (var one = 0; one < batch.Length; one++)
                    Interlocked.Add(ref written, firsts[one] is null ? 0 : batch[one].Events.Length);
            }
        }

        var writing = Task.WhenAll(
            Task.Run(() => Write(Store, "a"), Ending), Task.Run(() => Write(SecondHost, "b"), Ending),
            Task.Run(() => Write(Store, "c"), Ending), Task.Run(() => Write(SecondHost, "d"), Ending));
        List<long> seen = [];
        var looks = 0;
        for (var done = false; !done;)
        {
            done = writing.IsCompleted;
            for (var page = await SecondHost.ReadAllAfter(seen.Count, Ending); !page.IsEmpty; page = await SecondHost.ReadAllAfter(seen.Count, Ending))
            {
                seen.AddRange(from e in page select e.Position);
                Assert.Equal(Numbers(seen.Count - page.Length + 1, page.Length), from e in page select e.Position);
                looks++;
            }
        }

        await writing;
        Assert.Equal(written, seen.Count);
        Assert.Equal(written, await Store.Head(Ending));
        Assert.InRange(looks, 20, int.MaxValue);
    }

    [Fact]
    public async Task Of_two_hosts_that_append_to_one_stream_at_once_one_wins_each_version()
    {
        for (var version = 0; version < 100; version++)
        {
            var firsts = await Task.WhenAll(
                Store.Append([new(Thread, version, [Event($"a{version}")])], Ending),
                SecondHost.Append([new(Thread, version, [Event($"b{version}")])], Ending));

            Assert.Single(firsts, first => first[0] == version + 1);
            Assert.Single(firsts, first => first[0] is null);
        }

        Assert.Equal(Numbers(1, 100), from e in await Store.ReadAfter(Thread, 0, Ending) select e.Version);
    }

    [Fact]
    public async Task An_event_in_the_log_can_be_neither_changed_nor_removed()
    {
        await Store.Append([new(Thread, 0, [Event("a")])], Ending);

        foreach (var sql in new[] { "update events set body = ''", "delete from events", "update commands set version = 9", "delete from commands" })
            await Assert.ThrowsAnyAsync<DbException>(() => Database.Write((connection, transaction) => connection.ExecuteAsync(sql, transaction: transaction), Ending));

        Assert.Equal([Event("a").Body], from e in await All(Store) select e.Body);
    }

    [Fact]
    public async Task The_commands_of_a_stream_are_read_from_the_index_alone()
    {
        await Store.Append([new(Other, 0, [.. from i in Enumerable.Range(0, 5_000) select Event($"c{i}")]), new(Thread, 0, [Event("a"), Event("b")])], Ending);

        Assert.Contains(CommandIndex, await PlanOf(StoredCommands.Sql, new { stream = Thread.ToString() }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_beside_the_log_is_kept_whole_and_nothing_of_it_when_it_fails()
    {
        Task Reach(DbConnection connection, DbTransaction transaction, string name) =>
            connection.ExecuteAsync("insert into checkpoints (name, version, position) values (@name, 1, 5)", new { name }, transaction);
        await Database.Write((connection, transaction) => Reach(connection, transaction, "a"), Ending);
        await Assert.ThrowsAnyAsync<DbException>(() => Database.Write(
            async (connection, transaction) =>
            {
                await Reach(connection, transaction, "b");
                await Reach(connection, transaction, "a");
            },
            Ending));
        await Assert.ThrowsAsync<UriFormatException>(() => Database.Write(
            async (connection, transaction) =>
            {
                await Reach(connection, transaction, "c");
                throw new UriFormatException();
            },
            Ending));

        Assert.Equal(["a"], await Database.Read(connection => connection.QueryAsync<string>("select name from checkpoints"), Ending));
        Assert.Equal([1], await Store.Append([new(Thread, 0, [Event("a")])], Ending));
    }

    [Fact]
    public async Task What_a_write_has_not_committed_nobody_reads()
    {
        await Database.Write(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync("insert into checkpoints (name, version, position) values ('a', 1, 5)", transaction: transaction);
                Assert.Equal(0, await Database.Read(reader => reader.ExecuteScalarAsync<long>("select count(*) from checkpoints"), Ending));
            },
            Ending);

        Assert.Equal(1, await Database.Read(reader => reader.ExecuteScalarAsync<long>("select count(*) from checkpoints"), Ending));
    }

    [Fact]
    public async Task The_audit_keeps_its_last_100_000_entries()
    {
        const string Numbered =
            """
            with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < @count)
            insert into audit (at, actor, action, detail) select 0, 'clerk', 'signed-in', '' from numbers
            """;
        Task<(long, long, long)> Kept() => Database.Read(reader => reader.QuerySingleAsync<(long, long, long)>("select min(id), max(id), count(*) from audit"), Ending);
        await Database.Write((connection, transaction) => connection.ExecuteAsync(Numbered, new { count = 100_000 }, transaction), Ending);
        Assert.Equal((1, 100_000, 100_000), await Kept());

        await Database.Write((connection, transaction) => connection.ExecuteAsync(Numbered, new { count = 2 }, transaction), Ending);
        Assert.Equal((3, 100_002, 100_000), await Kept());
    }

    [Fact]
    public void Keys_of_data_protection_are_found_again()
    {
        var keys = new DatabaseKeys(Database);
        keys.StoreElement(new XElement("key", new XAttribute("id", 2), " <&> "), "key-2");
        keys.StoreElement(new XElement("key", new XAttribute("id", 1)), "key-1");

        Assert.Equal(["""<key id="1" />""", """<key id="2"> &lt;&amp;&gt; </key>"""], from key in new DatabaseKeys(Database).GetAllElements() select key.ToString(SaveOptions.DisableFormatting));
    }

    private IHubDatabase Database => (IHubDatabase)Store;

    /// <summary>How the database's plan says that it reads the index and no row.</summary>
    private protected abstract string CommandIndex { get; }

    private protected abstract Task<string> PlanOf(string sql, object parameters);

    private protected static NewEvent Event(string command, int part = 0) =>
        new("threads.posted.v1", """{"body":"Agreed"}""", new CommandId(command), part, part == 0 ? Print(command) : null, Member, Noon);

    private protected static async Task<List<StoredEvent>> All(IEventStore store)
    {
        List<StoredEvent> all = [];
        for (var page = await store.ReadAllAfter(0, Ending); !page.IsEmpty; page = await store.ReadAllAfter(all.Count, Ending))
            all.AddRange(page);
        return all;
    }

    private protected static IEnumerable<long> Numbers(long from, int count) => Enumerable.Range(0, count).Select(i => from + i);

    private static byte[] Print(string of) => SHA256.HashData(Encoding.UTF8.GetBytes(of));

    private static string Hex(string of) => Convert.ToHexString(Print(of));
}
