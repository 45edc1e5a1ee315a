using CalCities.Collab.Kernel;

namespace CalCities.Collab.Rosters;

/// <summary>The imports of rosters and how far each is. Topic: "rosters/all".</summary>
internal sealed class RosterIndex : IIndex
{
    public string Name => "rosters";
    public int Version => 1;
    public IReadOnlyList<string> Tables => ["rosters_list"];

    public void Project(Recorded<object> recorded, IndexBatch batch)
    {
        var id = recorded.Stream.Key;
        switch (recorded.Event)
        {
            case RosterEvent.Begun e:
                batch.Run(
                    """
                    insert into rosters_list (id, position, at, by_member, file, plan, people, seats, stage) values (@id, @position, @at, @member, @file, @plan, @people, @seats, @stage)
                    on conflict (id) do update set position = excluded.position
                    """,
                    new
                    {
                        id,
                        position = recorded.Position,
                        at = recorded.Time.ToUnixTimeMilliseconds(),
                        member = recorded.Actor.Member?.Value,
                        file = e.File,
                        plan = e.Plan,
                        people = e.People,
                        seats = e.Seats,
                        stage = (int)RosterStage.UnderWay,
                    });
                break;

            case RosterEvent.Finished:
                Move(RosterStage.Finished);
                break;

            case RosterEvent.GivenUp e:
                Move(RosterStage.GivenUp, e.Reason);
                break;

            case RosterEvent.UndoBegun:
                Move(RosterStage.Undoing);
                break;

            case RosterEvent.Undone:
                Move(RosterStage.Undone);
                break;

            default:
                return;
        }

        batch.Touch("all");

        void Move(RosterStage stage, string? reason = null) =>
            batch.Run("update rosters_list set stage = @stage, reason = @reason where id = @id", new { id, stage = (int)stage, reason });
    }
}
