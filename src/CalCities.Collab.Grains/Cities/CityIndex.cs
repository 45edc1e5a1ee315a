using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Cities;

/// <summary>The cities, for the directory. Topic: "cities/all".</summary>
internal sealed class CityIndex : IIndex
{
    public string Name => "cities";
    public int Version => 1;
    public IReadOnlyList<string> Tables => ["cities_list"];

    public void Project(Recorded<object> recorded, IndexBatch batch)
    {
        var city = recorded.Stream.Key;
        switch (recorded.Event)
        {
            case CityEvent.Registered e:
                batch.Run(
                    """
                    insert into cities_list (city, name, county, division) values (@city, @name, @county, @division)
                    on conflict (city) do update set name = excluded.name, county = excluded.county, division = excluded.division
                    """, new { city, name = e.Name, county = e.County, division = e.Division.Value });
                break;

            case CityEvent.Renamed e:
                batch.Run("update cities_list set name = @name where city = @city", new { city, name = e.Name });
                break;

            case CityEvent.Moved e:
                batch.Run("update cities_list set division = @division where city = @city", new { city, division = e.Division.Value });
                break;

            case CityEvent.Admitted or CityEvent.Withdrawn:
                batch.Run("update cities_list set is_member = @member where city = @city", new { city, member = recorded.Event is CityEvent.Admitted ? 1 : 0 });
                break;

            case CityEvent.BodySized { Body: LocalBody.Council } e:
                batch.Run("update cities_list set council = @size where city = @city", new { city, size = e.Size });
                break;

            default:
                return;
        }

        batch.Touch("all");
    }
}
