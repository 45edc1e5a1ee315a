using Microsoft.JSInterop;

namespace CalCities.Collab.Threads;

/// <summary>Begins the browser's part of a component (threads.js).</summary>
internal static class PageScript
{
    /// <summary>A script that is at hand answers at once; one that has to be loaded over a phone's line takes some seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Loads the script and calls one of its functions, which returns the part that it begins; null when the page went. A line that drops in that
    /// moment takes the call or its answer with it: it is made again until it is answered, and the function lets go what it began before.
    /// </summary>
    public static async Task<(IJSObjectReference Module, IJSObjectReference Part)?> Begin(IJSRuntime script, string function, Func<bool> isGone, params object?[] arguments)
    {
        while (!isGone())
        {
            try
            {
                var module = await script.InvokeAsync<IJSObjectReference>("import", Patience, "./threads.js");
                return (module, await module.InvokeAsync<IJSObjectReference>(function, Patience, arguments));
            }
            catch (Exception lost) when (lost is OperationCanceledException or InvalidOperationException and not ObjectDisposedException)
            {
                await Task.Delay(Pause);
            }
        }

        return null;
    }
}
