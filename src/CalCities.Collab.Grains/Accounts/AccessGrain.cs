using System.Collections.Immutable;
using System.Security.Cryptography;
using CalCities.Collab.Meetings;
using CalCities.Collab.Members;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Accounts;

/// <inheritdoc cref="IAccessGrain"/>
[GrainType("access")]
internal sealed partial class AccessGrain(
    [PersistentState("access", GrainLog.StorageName)] IPersistentState<Access> access,
    [PersistentState("tokens", GrainLog.StorageName)] IPersistentState<AccessTokens> tokens,
    TimeProvider clock, IAttendance attendance) : Grain, IAccessGrain
{
    /// <summary>Use is noted to this precision: not every click writes.</summary>
    private static readonly TimeSpan NotedEvery = TimeSpan.FromHours(1);

    private const int MaxWords = 100;

    private Task writing = Task.CompletedTask;

    public async Task<PassState> StateOf(string pass)
    {
        if (StateOfToken(pass) is { } ofToken)
            return ofToken;
        if (Find(pass) is not { } session)
            return PassState.Ended;
        var now = clock.GetUtcNow();
        if (!(session.Meeting is { } meeting ? await IsToCome(meeting) : Holds(session, now) || await attendance.IsCheckedIn(new MemberId(this.GetPrimaryKeyString()))))
            return PassState.Ended;
        if (now - session.Used >= NotedEvery)
            await Keep(access.State.Sessions.Replace(session, session with { Used = now }));
        return PassState.Session;
    }

    public async Task<string> Begin(string device, string by, DateTimeOffset? until = null, MeetingId? meeting = null)
    {
        var now = clock.GetUtcNow();
        var session = new Session(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), Cut(device), Cut(by), now, now) { Until = until, Meeting = meeting };
        // One that is over by the clock may be that of someone who sits in a meeting: it goes when another needs its place.
        var kept = access.State.Sessions.Add(session);
        await Keep(kept.Count > IAccessGrain.MaxSessions ? kept.Remove(kept.MinBy(other => other.Used)!) : kept);
        return session.Pass;
    }

    public Task<ImmutableArray<Session>> Sessions() =>
        Task.FromResult(access.State.Sessions.Where(session => Holds(session, clock.GetUtcNow())).OrderByDescending(session => session.Used).ToImmutableArray());

    public Task End(string pass) => Find(pass) is { } session ? Keep(access.State.Sessions.Remove(session)) : Task.CompletedTask;

    public Task EndOthers(string? pass) => Keep(access.State.Sessions.RemoveAll(session => !string.Equals(session.Pass, pass, StringComparison.Ordinal)));

    /// <summary>By the clock; while its member is checked in to a meeting, a session goes on and only ends by being revoked.</summary>
    private static bool Holds(Session session, DateTimeOffset now) => now - session.Used <= IAccessGrain.UnusedFor && !(now >= session.Until);

    private async Task<bool> IsToCome(MeetingId meeting) =>
        (await GrainFactory.GetGrain<ITellingGrain>(GrainId.Create(meeting.Stream.Type, meeting.Stream.Key)).Tell()).Fact is MeetingFact { HasEnded: false };

    private Session? Find(string pass) => access.State.Sessions.Find(session => string.Equals(session.Pass, pass, StringComparison.Ordinal));

    private Task Keep(ImmutableList<Session> sessions)
    {
        access.State = new Access(sessions);
        return Write(access.WriteStateAsync);
    }

    /// <summary>What holds in memory already is stored when this ends; one write after the other, for two at once would not know of each other (asking for a pass goes between).</summary>
    private Task Write(Func<Task> write)
    {
        return writing = After(writing);

        async Task After(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            await write();
        }
    }

    private static string Cut(string words) => words.Length <= MaxWords ? words : words[..MaxWords];
}

[GenerateSerializer, Immutable, Alias("accounts.access")]
internal sealed record Access(ImmutableList<Session> Sessions)
{
    public Access() : this([]) { }
}
