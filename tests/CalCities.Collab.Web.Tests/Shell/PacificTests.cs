using System.Globalization;

namespace CalCities.Collab.Shell;

public sealed class PacificTests
{
    [Theory]
    [InlineData("2026-11-23T21:30:00Z", "1:30 p.m.")]
    [InlineData("2026-11-23T20:00:00Z", "12:00 p.m.")]
    [InlineData("2026-11-23T08:05:00Z", "12:05 a.m.")]
    [InlineData("2026-07-01T16:00:00Z", "9:00 a.m.")]
    public void Times_are_read_in_California(string instant, string expected) => Assert.Equal(expected, Pacific.Time(At(instant)));

    [Theory]
    [InlineData("2026-03-08T09:59:00Z", "1:59 a.m.")]
    [InlineData("2026-03-08T10:00:00Z", "3:00 a.m.")]
    [InlineData("2026-11-01T08:30:00Z", "1:30 a.m.")]
    [InlineData("2026-11-01T09:30:00Z", "1:30 a.m.")]
    public void Clocks_spring_forward_and_fall_back(string instant, string expected) => Assert.Equal(expected, Pacific.Time(At(instant)));

    [Theory]
    [InlineData("2026-11-23T21:30:00Z", "1:30 p.m.")]
    [InlineData("2026-11-23T07:59:00Z", "yesterday, 11:59 p.m.")]
    [InlineData("2026-11-21T21:30:00Z", "Nov 21, 1:30 p.m.")]
    [InlineData("2025-12-31T21:30:00Z", "Dec 31, 2025")]
    public void A_time_is_as_short_as_it_is_clear_now(string instant, string expected) =>
        Assert.Equal(expected, Pacific.When(At(instant), now: At("2026-11-23T22:00:00Z")));

    [Fact]
    public void Days_begin_at_midnight_in_California() =>
        Assert.Equal((new DateOnly(2026, 11, 22), "Nov 22, 2026", "Nov 22, 2026, 11:59 p.m.", "Nov 3, 2026"),
            (Pacific.Day(At("2026-11-23T07:59:00Z")), Pacific.Date(At("2026-11-23T07:59:00Z")), Pacific.DateAndTime(At("2026-11-23T07:59:00Z")), Pacific.Date(new DateOnly(2026, 11, 3))));

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
