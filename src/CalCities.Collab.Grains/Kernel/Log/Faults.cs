namespace CalCities.Collab.Kernel.Log;

/// <summary>What a check has found: the first fault in a sentence, the others in number.</summary>
internal sealed class Faults
{
    public long Count { get; private set; }

    public string? First { get; private set; }

    public void Add(string sentence)
    {
        First ??= sentence;
        Count++;
    }
}
