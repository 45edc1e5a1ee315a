using CalCities.Collab.Kernel;

namespace CalCities.Collab.Live;

/// <summary>What a form has sent and what came of it. The same command keeps its id until it is recorded, so pressing twice records once; what was typed stays where it is.</summary>
public sealed class Sending
{
    private ICommand? last;
    private CommandId id;

    public bool IsUnderWay { get; private set; }

    /// <summary>For its button's aria-disabled: one that were disabled while it is under way would lose the keyboard's focus.</summary>
    public string? Waits => IsUnderWay ? "true" : null;

    /// <summary>Why it was not done, in words; null when it was, or nothing was sent.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What was done, in words.</summary>
    public string? Done { get; private set; }

    /// <summary>Sends it; true when it is recorded.</summary>
    public async Task<bool> Send<TCommand>(TCommand command, Func<CommandId, TCommand, Task<Outcome>> execute, string done)
        where TCommand : class, ICommand
    {
        if (IsUnderWay)
            return false;
        if (!command.Equals(last))
            (last, id) = (command, new CommandId(Guid.CreateVersion7().ToString("N")));
        (IsUnderWay, Refusal, Done) = (true, null, null);
        try
        {
            var outcome = await execute(id, command);
            (last, Refusal, Done) = outcome switch
            {
                Outcome.Recorded => (null, null, done),
                Outcome.Refused refused => (last, refused.Refusal.Sentence, null),
                _ => (last, "The hub can’t be reached at the moment. Press again: it is done once.", (string?)null),
            };
            return outcome is Outcome.Recorded;
        }
        finally
        {
            IsUnderWay = false;
        }
    }

    /// <summary>Says what the form itself misses, before anything is sent.</summary>
    public void Refuse(string sentence) => (Refusal, Done) = (sentence, null);

    public void Forget() => (Refusal, Done) = (null, null);
}
