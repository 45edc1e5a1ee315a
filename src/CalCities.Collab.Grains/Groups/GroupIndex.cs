using CalCities.Collab.Kernel;

namespace CalCities.Collab.Groups;

/// <summary>Groups, and who sits where. Topics: "groups/all", and "groups/{slug}" for a roster.</summary>
internal sealed class GroupIndex : IIndex
{
    public string Name => "groups";
    public int Version => 1;
    public IReadOnlyList<string> Tables => ["groups_list", "seats_list"];

    public void Project(Recorded<object> recorded, IndexBatch batch)
    {
        switch (recorded.Event)
        {
            case GroupEvent.Founded e:
                batch.Run(
                    """
                    insert into groups_list (slug, name, kind, scope) values (@slug, @name, @kind, @scope)
                    on conflict (slug) do update set name = excluded.name, kind = excluded.kind, scope = excluded.scope
                    """, new { slug = recorded.Stream.Key, name = e.Name, kind = (int)e.Kind, scope = e.Scope });
                batch.Touch("all");
                batch.Touch(recorded.Stream.Key);
                break;

            case GroupEvent.SeatFilled e:
                batch.Run(
                    """
                    insert into seats_list (group_slug, member, role) values (@slug, @member, @role)
                    on conflict (group_slug, member) do update set role = excluded.role
                    """, new { slug = recorded.Stream.Key, member = e.Member.Value, role = (int)e.Role });
                batch.Touch(recorded.Stream.Key);
                break;

            case GroupEvent.SeatVacated e:
                batch.Run("delete from seats_list where group_slug = @slug and member = @member", new { slug = recorded.Stream.Key, member = e.Member.Value });
                batch.Touch(recorded.Stream.Key);
                break;
        }
    }
}
