using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

/// <summary>Who has an account, with office and city, for rosters and names. Topic: "members/all".</summary>
internal sealed class MemberIndex : IIndex
{
    public string Name => "members";
    public int Version => 1;
    public IReadOnlyList<string> Tables => ["members_list"];

    public void Project(Recorded<object> recorded, IndexBatch batch)
    {
        if (recorded.Event is not MemberEvent.Joined joined)
            return;
        batch.Run(
            """
            insert into members_list (member, office, city, duty) values (@member, @office, @city, @duty)
            on conflict (member) do update set office = excluded.office, city = excluded.city, duty = excluded.duty
            """, new { member = recorded.Stream.Key, office = joined.Office, city = joined.City, duty = (int)joined.Duty });
        batch.Touch("all");
    }
}
