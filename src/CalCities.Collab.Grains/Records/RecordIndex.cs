using CalCities.Collab.Cities;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Threads;

namespace CalCities.Collab.Records;

/// <summary>Who acted in which streams, and for a city of which name; and which city bore that name when: what an export of the record has to read.</summary>
internal sealed class RecordIndex : IIndex
{
    public string Name => "records";
    public int Version => 2;
    public IReadOnlyList<string> Tables => ["record_streams", "record_people", "record_city_names"];

    public void Project(Recorded<object> recorded, IndexBatch batch)
    {
        // A rule that follows an act isn't one of the person's own.
        if (recorded.Actor is { Member: { } member, Program: null })
        {
            batch.Run(
                "insert into record_streams (member, stream, city) values (@member, @stream, @city) on conflict (member, stream, city) do nothing",
                new { member = member.Value, stream = recorded.Stream.ToString(), city = SlugOf(CityOf(recorded.Event)) });
        }

        if (recorded.Event is MemberEvent.Joined or MemberEvent.Described)
        {
            var city = recorded.Event is MemberEvent.Described described ? described.City : ((MemberEvent.Joined)recorded.Event).City;
            batch.Run(
                "insert into record_people (member, city) values (@member, @city) on conflict (member) do update set city = excluded.city",
                new { member = recorded.Stream.Key, city = SlugOf(city) });
        }

        if (recorded.Event is CityEvent.Registered or CityEvent.Renamed)
        {
            var name = recorded.Event is CityEvent.Renamed renamed ? renamed.Name : ((CityEvent.Registered)recorded.Event).Name;
            batch.Run(
                "insert into record_city_names (slug, since, city, name) values (@slug, @since, @city, @name)",
                new { slug = SlugOf(name), since = recorded.Position, city = recorded.Stream.Key, name });
        }
    }

    private static string SlugOf(string? city) => city is null ? "" : CityId.OfName(city).Value;

    /// <summary>The city for which someone acted, where the event itself says it.</summary>
    private static string? CityOf(object happened) => happened switch
    {
        ThreadEvent.Opened e => e.By.City,
        ThreadEvent.Posted e => e.By.City,
        ThreadEvent.Agreed e => e.By.City,
        ThreadEvent.Closed e => e.By.City,
        ThreadEvent.Reopened e => e.By.City,
        ThreadEvent.Pinned e => e.By.City,
        ThreadEvent.Unpinned e => e.By.City,
        ThreadEvent.Hidden e => e.By.City,
        ThreadEvent.Unhidden e => e.By.City,
        _ => null,
    };
}
