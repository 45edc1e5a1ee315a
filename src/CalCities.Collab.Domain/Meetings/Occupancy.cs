using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CalCities.Collab.Members;

namespace CalCities.Collab.Meetings;

/// <summary>
/// Who sits where by a roll's seats, and how many are present: worked out once for as long as the seats stay as they are, since each ballot of an
/// assembly of three thousand asks for it.
/// </summary>
internal sealed class Occupancy
{
    private static readonly ConditionalWeakTable<ImmutableSortedDictionary<string, SeatNow>, Occupancy> Known = [];

    private readonly Dictionary<MemberId, SeatNow> byOccupant = [];

    private Occupancy(ImmutableSortedDictionary<string, SeatNow> seats)
    {
        foreach (var seat in seats.Values)
        {
            if (seat is { Occupant: { } occupant, Attendance: Attendance.Present or Attendance.SteppedOut })
                byOccupant.TryAdd(occupant, seat);
            if (seat.Attendance != Attendance.Present)
                continue;
            Present++;
            if (seat.IsRemote)
                Remote++;
        }
    }

    /// <summary>Seats that are present, recused or not.</summary>
    public int Present { get; }

    /// <summary>Of those, the remote ones.</summary>
    public int Remote { get; }

    public static Occupancy Of(ImmutableSortedDictionary<string, SeatNow> seats) => Known.GetValue(seats, static seats => new Occupancy(seats));

    /// <summary>The seat in which someone sits, checked in or stepped out.</summary>
    public SeatNow? SeatOf(MemberId member) => byOccupant.GetValueOrDefault(member);
}
