using CalCities.Collab.Meetings;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Accounts;

/// <inheritdoc cref="IEntryGrain"/>
[GrainType("entry")]
internal sealed class EntryGrain([PersistentState("entries", GrainLog.StorageName)] IPersistentState<Entries> entries, TimeProvider clock) : Grain, IEntryGrain
{
    public async Task<IssuedEntry?> Issue(EntryKind kind, string by, MeetingId? meeting = null)
    {
        if (entries.State.Issue(kind, by, clock.GetUtcNow(), meeting) is not var (after, issued))
            return null;
        await Keep(after);
        return issued;
    }

    public Task<EntryAnswer> Look(string secret) => Task.FromResult(entries.State.Look(secret, clock.GetUtcNow()));

    public Task<EntryAnswer> Use(string secret) => Keep(entries.State.Use(secret, clock.GetUtcNow()));

    public Task<EntryAnswer> UseCode(string code) => Keep(entries.State.UseCode(code, clock.GetUtcNow()));

    private async Task<EntryAnswer> Keep((Entries After, EntryAnswer Answer) next)
    {
        if (!next.After.Issued.SequenceEqual(entries.State.Issued))
            await Keep(next.After);
        return next.Answer;
    }

    private async Task Keep(Entries after)
    {
        entries.State = after;
        try
        {
            await entries.WriteStateAsync();
        }
        catch
        {
            // What is in memory isn't what is stored: the next call starts from the storage.
            DeactivateOnIdle();
            throw;
        }
    }
}
