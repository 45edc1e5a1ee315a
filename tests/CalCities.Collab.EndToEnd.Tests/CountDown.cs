namespace CalCities.Collab;

/// <summary>Counts down from many writers; done at zero.</summary>
internal sealed class CountDown(int from)
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int left = from;

    public Task Reached => reached.Task;

    public void Tick()
    {
        if (Interlocked.Decrement(ref left) == 0)
        {
            reached.SetResult();
        }
    }
}
