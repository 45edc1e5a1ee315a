using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

/// <summary>Who has an account, with name, office and city, for rosters, the directory and names. Topics: "members/all", and "members/{city}" for a city's officials.</summary>
internal sealed class MemberIndex : IIndex
{
    public string Name => "members";
    public int Version => 3;
    public IReadOnlyList<string> Tables => ["members_list"];

    public void Project(Recorded<object> recorded, IndexBatch batch)
    {
        var member = recorded.Stream.Key;
        switch (recorded.Event)
        {
            case MemberEvent.Joined e:
                batch.Run(
                    """
                    insert into members_list (member, office, city, duty, city_slug) values (@member, @office, @city, @duty, @slug)
                    on conflict (member) do update set office = excluded.office, city = excluded.city, duty = excluded.duty, city_slug = excluded.city_slug
                    """, new { member, office = e.Office, city = e.City, duty = (int)e.Duty, slug = Standing.HomeOf(e.HomeId, e.City)?.Value });
                Touch(Standing.HomeOf(e.HomeId, e.City)?.Value);
                break;

            case MemberEvent.Described e:
                batch.TouchFound("select coalesce(city_slug, 'all') from members_list where member = @key", member);
                batch.Run("update members_list set name = @name, office = @office, city = @city, duty = @duty, city_slug = @slug where member = @member",
                    new { member, name = e.Name, office = e.Office, city = e.City, duty = (int)e.Duty, slug = Standing.HomeOf(e.HomeId, e.City)?.Value });
                Touch(Standing.HomeOf(e.HomeId, e.City)?.Value);
                break;

            case MemberEvent.Sits e:
                batch.Run("update members_list set body = @body where member = @member", new { member, body = e.Body.Name });
                Touch(null);
                break;

            case MemberEvent.Rose:
                batch.Run("update members_list set body = null where member = @member", new { member });
                Touch(null);
                break;

            case MemberEvent.Suspended or MemberEvent.Reinstated:
                batch.Run("update members_list set suspended = @suspended where member = @member", new { member, suspended = recorded.Event is MemberEvent.Suspended ? 1 : 0 });
                batch.TouchFound("select coalesce(city_slug, 'all') from members_list where member = @key", member);
                Touch(null);
                break;
        }

        void Touch(string? slug)
        {
            batch.Touch("all");
            if (slug is not null)
                batch.Touch(slug);
        }
    }
}
