using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Records;

/// <summary>Changes of people's standing in words, with who made them. Topic: "standing/all".</summary>
internal sealed class StandingIndex : IIndex
{
    public string Name => "standing";
    public int Version => 1;
    public IReadOnlyList<string> Tables => ["standing_changes"];

    public void Project(Recorded<object> recorded, IndexBatch batch)
    {
        if (ChangeIn(recorded) is not var (member, change))
            return;
        batch.Run(
            "insert into standing_changes (position, at, actor, member, change) values (@position, @at, @actor, @member, @change)",
            new
            {
                position = recorded.Position,
                at = recorded.Time.ToUnixTimeMilliseconds(),
                actor = recorded.Actor.Member?.Value ?? recorded.Actor.Program ?? "",
                member,
                change,
            });
        batch.Touch("all");
    }

    /// <summary>What a group says of its seats; the member's own word of the same seat, which a rule adds, would say it twice.</summary>
    private static (string Member, string Change)? ChangeIn(Recorded<object> recorded)
    {
        var key = recorded.Stream.Key;
        return recorded.Event switch
        {
            MemberEvent.Joined e => (key, $"Joined as {e.Office}{(e.City is null ? "" : $", {e.City}")}{(e.Duty is Duty.None ? "" : $" ({e.Duty})")}."),
            GroupEvent.SeatFilled e => (e.Member.Value, $"Given a seat in {key} as {e.Role}."),
            GroupEvent.SeatVacated e => (e.Member.Value, $"Seat in {key} ended."),
            _ => null,
        };
    }
}
