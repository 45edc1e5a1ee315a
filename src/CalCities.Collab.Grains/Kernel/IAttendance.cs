using CalCities.Collab.Members;

namespace CalCities.Collab.Kernel;

/// <summary>Who is checked in to a meeting; the slice of meetings knows.</summary>
public interface IAttendance
{
    /// <summary>Whether someone is checked in to a meeting that has not ended.</summary>
    Task<bool> IsCheckedIn(MemberId member, CancellationToken cancel = default);
}
