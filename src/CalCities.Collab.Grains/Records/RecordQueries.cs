using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CalCities.Collab.Cities;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using Dapper;

namespace CalCities.Collab.Records;

/// <summary>An event as the log keeps it: what it says, and its kind and body as they are stored.</summary>
public sealed record KeptEvent(Recorded<object> Recorded, string Kind, string Body);

/// <summary>Reads the log for exports of the record. It is uncut: whoever asks lets out only what is the person's or the city's own.</summary>
public sealed class RecordQueries
{
    /// <summary>Events read at once: a post of 10,000 characters is some 40 KB at most.</summary>
    private const int Batch = 100;

    private readonly IHubDatabase database;

    internal RecordQueries(IHubDatabase database) => this.database = database;

    /// <summary>The position of the log's last event.</summary>
    public Task<long> Head(CancellationToken cancel = default) => database.Read(connection =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition("select position from head", cancellationToken: cancel)), cancel);

    /// <summary>The streams in which a member acted, in the order of their names.</summary>
    public Task<ImmutableArray<StreamId>> StreamsOf(MemberId member, CancellationToken cancel = default) =>
        Streams("select distinct stream from record_streams where member = @key order by stream", member.Value, cancel);

    /// <summary>
    /// The streams in which a city's officials acted: as the event says or, where it doesn't, those who are of the city now. Where another city
    /// bore one of its names before, that one's are among them: <see cref="CityNames"/> tells them apart.
    /// </summary>
    public Task<ImmutableArray<StreamId>> StreamsOf(CityId city, CancellationToken cancel = default) =>
        Streams(
            """
            with named as (select slug from record_city_names where city = @key)
            select stream from record_streams where city = @key or city in (select slug from named)
            union select s.stream from record_streams s join record_people p on p.member = s.member
            where s.city = '' and (p.city = @key or p.city in (select slug from named))
            order by 1
            """, city.Value, cancel);

    /// <summary>The members who are of a city now, by what it is and was called.</summary>
    public async Task<ImmutableHashSet<MemberId>> PeopleOf(CityId city, CancellationToken cancel = default)
    {
        var names = await Names(cancel);
        var people = await database.Read(connection => connection.QueryAsync<(string Member, string City)>(new CommandDefinition(
            "select member, city from record_people where city = @key or city in (select slug from record_city_names where city = @key)",
            new { key = city.Value }, cancellationToken: cancel)), cancel);
        return [.. from one in people where names.Of(one.City) == city select new MemberId(one.Member)];
    }

    /// <summary>Which city bore which name when; some five hundred.</summary>
    public Task<CityNames> Names(CancellationToken cancel = default) => database.Read(async connection => new CityNames(
        (await connection.QueryAsync<(string Name, string City, long Since)>(new CommandDefinition("select name, city, since from record_city_names", cancellationToken: cancel)))
            .Select(row => new CityName(row.Name, new CityId(row.City), row.Since)).ToImmutableArray()), cancel);

    /// <summary>A stream's events in order, up to a position of the log.</summary>
    public async IAsyncEnumerable<KeptEvent> Events(StreamId stream, long upTo, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var after = 0L; ;)
        {
            var events = await Read(stream, after, upTo, cancel);
            foreach (var one in events)
                yield return one;
            if (events.Length < Batch)
                yield break;
            after = events[^1].Recorded.Version;
        }
    }

    private Task<ImmutableArray<KeptEvent>> Read(StreamId stream, long after, long upTo, CancellationToken cancel) => database.Read(async connection =>
    {
        var text = new StoredText();
        var rows = await connection.QueryAsync<(long Version, long Position, string Kind, string Body, string Command, long Part, string Actor, string Time)>(new CommandDefinition(
            """
            select version, position, kind, body, command, cast(part as bigint), actor, time from events
            where stream = @stream and version > @after and position <= @upTo order by version limit @limit
            """, new { stream = stream.ToString(), after, upTo, limit = Batch }, cancellationToken: cancel));
        return rows.Select(row => new KeptEvent(
            new Recorded<object>(stream, row.Version, row.Position, new CommandId(row.Command), (int)row.Part, text.Actor(row.Actor), StoredText.Time(row.Time), Kinds.OfTheHub.Read<object>(row.Kind, row.Body)),
            row.Kind, row.Body)).ToImmutableArray();
    }, cancel);

    private Task<ImmutableArray<StreamId>> Streams(string sql, string key, CancellationToken cancel) => database.Read(async connection =>
        (await connection.QueryAsync<string>(new CommandDefinition(sql, new { key }, cancellationToken: cancel))).Select(StreamId.Parse).ToImmutableArray(), cancel);
}
