using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>Groups, and who sits where. Topics: "groups/all", and "groups/{slug}" for a roster.</summary>
internal sealed class GroupIndex : IIndex
{
    public string Name => "groups";
    public int Version => 2;
    public IReadOnlyList<string> Tables => ["groups_list", "seats_list"];

    public void Project(Recorded<object> recorded, IndexBatch batch)
    {
        switch (recorded.Event)
        {
            case GroupEvent.Founded e:
                batch.Run(
                    """
                    insert into groups_list (slug, name, kind, scope, power) values (@slug, @name, @kind, @scope, @power)
                    on conflict (slug) do update set name = excluded.name, kind = excluded.kind, scope = excluded.scope, power = excluded.power
                    """, new { slug = recorded.Stream.Key, name = e.Name, kind = (int)e.Kind, scope = e.Scope, power = (int)GroupDecider.PowerOf(e.Kind) });
                batch.Touch("all");
                batch.Touch(recorded.Stream.Key);
                break;

            case GroupEvent.Renamed e:
                Update("name = @name, scope = @scope", new { slug = recorded.Stream.Key, name = e.Name, scope = e.Scope });
                break;

            case GroupEvent.Empowered e:
                Update("power = @power", new { slug = recorded.Stream.Key, power = (int)e.Power });
                break;

            case GroupEvent.TermBegun e:
                Update("term = @term", new { slug = recorded.Stream.Key, term = e.Name });
                break;

            case GroupEvent.Merged or GroupEvent.Retired:
                Update("ended = 1", new { slug = recorded.Stream.Key });
                break;

            case GroupEvent.SeatFilled e:
                Fill(e.Member, e.Role, null, null);
                break;

            case GroupEvent.Appointed e:
                Fill(e.Member, e.Role, e.Appointer, e.AlternateFor);
                break;

            case GroupEvent.SeatVacated e:
                batch.Run("delete from seats_list where group_slug = @slug and member = @member", new { slug = recorded.Stream.Key, member = e.Member.Value });
                batch.Touch(recorded.Stream.Key);
                break;
        }

        void Update(string set, object values)
        {
            batch.Run($"update groups_list set {set} where slug = @slug", values);
            batch.Touch("all");
            batch.Touch(recorded.Stream.Key);
        }

        void Fill(MemberId member, Role role, Appointer? appointer, MemberId? alternateFor)
        {
            batch.Run(
                """
                insert into seats_list (group_slug, member, role, appointer, alternate_for) values (@slug, @member, @role, @appointer, @holder)
                on conflict (group_slug, member) do update set role = excluded.role, appointer = excluded.appointer, alternate_for = excluded.alternate_for
                """, new { slug = recorded.Stream.Key, member = member.Value, role = (int)role, appointer = appointer?.Value, holder = alternateFor?.Value });
            batch.Touch(recorded.Stream.Key);
        }
    }
}
