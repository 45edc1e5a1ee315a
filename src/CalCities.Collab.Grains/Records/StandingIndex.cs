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
            MemberEvent.Joined e => (key, $"Joined as {Words(e.Office, e.City, e.Duty)}."),
            MemberEvent.Described e => (key, $"Is now {Words(e.Office, e.City, e.Duty)}."),
            MemberEvent.Sits e => (key, $"Sits on the {e.Body.Name} of {e.Body.City}."),
            MemberEvent.Rose => (key, "Sits on no council or commission now."),
            MemberEvent.Suspended e => (key, $"Suspended: {e.Reason}"),
            MemberEvent.Reinstated => (key, "Reinstated."),
            GroupEvent.SeatFilled e => (e.Member.Value, $"Given a seat in {key} as {e.Role}."),
            GroupEvent.Appointed e => (e.Member.Value, $"Appointed to {key} as {e.Role} by {e.Appointer.Value}."),
            GroupEvent.SeatVacated e => (e.Member.Value, $"Seat in {key} ended."),
            _ => null,
        };
    }

    private static string Words(string office, string? city, Duty duty) =>
        $"{office}{(city is null ? "" : $", {city}")}{(duty is Duty.None ? "" : $" ({duty})")}";
}
