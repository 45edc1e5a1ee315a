using System.Globalization;

namespace CalCities.Collab.Shell;

/// <summary>Instants as Californians read them: Pacific time, "1:30 p.m.", "Nov 23".</summary>
public static class Pacific
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    /// <summary>"1:30 p.m.", "noon" as "12:00 p.m.".</summary>
    public static string Time(DateTimeOffset instant)
    {
        var local = Local(instant);
        return string.Create(CultureInfo.InvariantCulture, $"{local:h:mm} {(local.Hour < 12 ? "a.m." : "p.m.")}");
    }

    /// <summary>"Nov 23, 2026".</summary>
    public static string Date(DateTimeOffset instant) => Local(instant).ToString("MMM d, yyyy", CultureInfo.InvariantCulture);

    /// <summary>"Nov 23, 2026, 1:30 p.m.".</summary>
    public static string DateAndTime(DateTimeOffset instant) => $"{Date(instant)}, {Time(instant)}";

    /// <summary>A date without an hour, as records give it: "Nov 23, 2026".</summary>
    public static string Date(DateOnly date) => date.ToString("MMM d, yyyy", CultureInfo.InvariantCulture);

    /// <summary>As short as it is clear now: "1:30 p.m." today, "yesterday, 1:30 p.m.", "Nov 21, 1:30 p.m." this year, else "Nov 21, 2025".</summary>
    public static string When(DateTimeOffset instant, DateTimeOffset now)
    {
        var (then, today) = (DateOnly.FromDateTime(Local(instant)), DateOnly.FromDateTime(Local(now)));
        return then == today ? Time(instant)
            : then == today.AddDays(-1) ? $"yesterday, {Time(instant)}"
            : then.Year == today.Year ? string.Create(CultureInfo.InvariantCulture, $"{then:MMM d}, {Time(instant)}")
            : Date(instant);
    }

    /// <summary>The calendar day in California.</summary>
    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant));

    /// <summary>The instant at which a day ends in California.</summary>
    public static DateTimeOffset EndOf(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight));
    }

    /// <summary>The clock time in California.</summary>
    public static TimeOnly TimeOf(DateTimeOffset instant) => TimeOnly.FromDateTime(Local(instant));

    /// <summary>The instant of a day and clock time in California; a time that the change to summer skips is an hour later.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return Zone.IsInvalidTime(local) ? new DateTimeOffset(local.AddHours(1), Zone.GetUtcOffset(local.AddHours(1))) : new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }

    private static DateTime Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;
}
