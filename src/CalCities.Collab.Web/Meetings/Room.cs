using CalCities.Collab.Kernel;
using CalCities.Collab.Live;
using CalCities.Collab.Members;

namespace CalCities.Collab.Meetings;

/// <summary>A meeting as one person's page shows it at one moment: what they may see, who they are in it, and the way to act. Parts of the room get it and nothing else.</summary>
public sealed record Room(
    MeetingView View, MemberId Me, Standing Standing, DateTimeOffset Now, IReadOnlyDictionary<string, string> Names, IReadOnlySet<string> Connected,
    Func<CommandId, MeetingCommand, Task<Outcome>> Execute)
{
    public AgendaBook Book => View.Book!;

    /// <summary>Null before the roll is opened.</summary>
    public Session? Session => View.Session;

    /// <summary>Under way: the roll is open, and it has not been adjourned.</summary>
    public bool IsSitting => View.IsSitting;

    /// <summary>The seat that this person sits in now.</summary>
    public SeatNow? Mine => Session?.Of(Me);

    /// <summary>The seat that this person holds or may take as its alternate, where they don't sit.</summary>
    public SeatNow? Offered => Mine is not null || !IsSitting ? null
        : Session!.Find(Me) ?? Session.Seats.Values.FirstOrDefault(seat => seat.Seat.Alternates.Contains(Me) && !(seat.Attendance == Attendance.Present && seat.Occupant == seat.Seat.Holder));

    public bool Presides => Session?.Presiding == Me && MayPreside;
    public bool MayPreside => MeetingRights.MayPreside(Standing, Book.Group);
    public bool KeepsRoll => MeetingRights.MayKeepRoll(Standing, Book.Group);
    public bool Keeps => MeetingRights.MayKeep(Standing, Book.Group);

    /// <summary>Enters what others say: the clerk for every seat, the chair motions and seconds.</summary>
    public bool IsClerk => Standing.To(Book.Group).HasFlag(ActorKinds.CommitteeClerk);

    public AgendaItem? Item => Session?.Item is { } item ? Book.Find(item) : null;

    /// <summary>The bill's number, or the item's title, as people call what is up.</summary>
    public string Subject => Item is { } item ? item.BillNumber ?? item.Text.Title : "this";

    public bool IsRecused => Mine is { } seat && Session!.IsRecused(seat.Seat.Holder, Session.Item);

    public string NameOf(SeatNow seat) => seat.Name?.DisplayName ?? Names.GetValueOrDefault(seat.Seat.Holder.Value, seat.Seat.Holder.Value);

    public string NameOf(MemberId seat) => Session?.Find(seat) is { } now ? NameOf(now) : Names.GetValueOrDefault(seat.Value, seat.Value);

    /// <summary>Someone who sits here, by who they are.</summary>
    public string NameOfMember(MemberId member) => Session?.Seats.Values.FirstOrDefault(seat => seat.Occupant == member) is { } seat ? NameOf(seat) : Names.GetValueOrDefault(member.Value, member.Value);

    /// <summary>Whether the occupant's device is here; presence is what the roll says, this only tells the chair whom to call.</summary>
    public bool IsConnected(SeatNow seat) => seat.Occupant is { } occupant && Connected.Contains(occupant.Value);

    public Task<bool> Send(Sending sending, MeetingCommand command, string done = "") => sending.Send(command, Execute, done);
}
