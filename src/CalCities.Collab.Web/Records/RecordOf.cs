using System.Collections.Immutable;
using CalCities.Collab.Cities;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Threads;

namespace CalCities.Collab.Records;

/// <summary>Whose record is asked for: one person's, or that of a city's officials, by what each act's own event says of its city as it was called then, not where the person is now.</summary>
internal sealed class RecordOf
{
    private readonly MemberId? member;
    private readonly CityId? city;
    private readonly CityNames names;
    private readonly ImmutableHashSet<MemberId> ofCityNow;

    private RecordOf(MemberId? member, CityId? city, CityNames names, ImmutableHashSet<MemberId> ofCityNow, string name) =>
        (this.member, this.city, this.names, this.ofCityNow, Name) = (member, city, names, ofCityNow, name);

    /// <summary>Whose it is, in words: "Mayor, Davis", "the officials of Davis".</summary>
    public string Name { get; }

    public static RecordOf Person(Viewer self) => new(self.Member, null, new CityNames(), [], self.Standing.DisplayName);

    public static RecordOf City(CityId city, CityNames names, ImmutableHashSet<MemberId> ofCityNow) => new(null, city, names, ofCityNow, $"the officials of {NameOf(city, names)}");

    /// <summary>What a city is called, with what it was called before: its acts stand under the name that it had then.</summary>
    public static string NameOf(CityId city, CityNames names) => names.NamesOf(city) switch
    {
        [] => city.Value,
        [var only] => only,
        [var now, .. var before] => $"{now} (before: {string.Join(", ", before)})",
    };

    public Task<ImmutableArray<StreamId>> Streams(RecordQueries records, CancellationToken cancel) =>
        member is { } person ? records.StreamsOf(person, cancel) : records.StreamsOf(city!.Value, cancel);

    /// <summary>Judges a stream's events one after the other.</summary>
    public Judge Begin() => new(this);

    /// <summary>Whose each event of one stream is. An edit doesn't repeat the author's city: it is that of their last act that did.</summary>
    public sealed class Judge
    {
        private readonly RecordOf record;
        private readonly Dictionary<MemberId, CityId?> cities = [];

        internal Judge(RecordOf record) => this.record = record;

        /// <summary>True when the event is one of theirs. Asked of every event of the stream, in order.</summary>
        public bool IsTheirs(Recorded<object> recorded)
        {
            if (recorded.Actor is not { Member: { } who, Program: null })
                return false;
            if (record.member is { } person)
                return who == person;
            if (Bylines.Of(recorded.Event) is { } by)
                cities[who] = by.City is null ? null : record.names.Of(by.City, recorded.Position);
            return cities.TryGetValue(who, out var known) ? known == record.city : record.ofCityNow.Contains(who);
        }
    }
}

/// <summary>As what someone acted, where the event itself says it.</summary>
internal static class Bylines
{
    public static Byline? Of(object happened) => happened switch
    {
        ThreadEvent.Opened e => e.By,
        ThreadEvent.Posted e => e.By,
        ThreadEvent.Agreed e => e.By,
        ThreadEvent.Closed e => e.By,
        ThreadEvent.Reopened e => e.By,
        ThreadEvent.Pinned e => e.By,
        ThreadEvent.Unpinned e => e.By,
        ThreadEvent.Hidden e => e.By,
        ThreadEvent.Unhidden e => e.By,
        _ => null,
    };
}
