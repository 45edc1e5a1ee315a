namespace CalCities.Collab.Testing;

/// <summary>The real clock, some time later: a silo lives by its timers.</summary>
public sealed class LaterClock : TimeProvider
{
    public TimeSpan Later { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Later;
}
