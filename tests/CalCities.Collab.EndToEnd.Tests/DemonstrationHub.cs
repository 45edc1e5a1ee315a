using CalCities.Collab.Api;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;
using Microsoft.Playwright;

namespace CalCities.Collab;

/// <summary>One demonstration for all tests in a browser, which run one after another when the others are done: their time limits are a person's.</summary>
[CollectionDefinition(nameof(DemonstrationHub), DisableParallelization = true)]
public sealed class DemonstrationHub : ICollectionFixture<DemonstrationHub>, IAsyncLifetime
{
    /// <summary>Tests write faster than people.</summary>
    public static readonly string[] NoLimits = ["--Limits:WritingPerMinute=1000000", "--Limits:OrdinaryPerMinute=1000000"];

    private HostProcess? host;

    public Uri Address => host!.Address;

    public async ValueTask InitializeAsync() => host = await HostProcess.Start(null, NoLimits);

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }

    /// <summary>Opens a new thread in the Environmental Quality committee, on a topic of its own, as one of its members.</summary>
    public static async Task<ThreadId> OpenThread(Uri host, string title)
    {
        var thread = new ThreadId(Guid.NewGuid().ToString("N"));
        var member = await HubSession.SignIn(host, "eq-member-01");
        await using var client = await member.Connect(TestContext.Current.CancellationToken);
        var answer = await client.Execute(thread.Stream, "open", new ThreadCommand.Open(new("eq"), null, title, Readers.GroupOnly), TestContext.Current.CancellationToken);
        Assert.True(answer.Outcome is ExecuteAnswer.Recorded, answer.ToString());
        return thread;
    }
}

/// <summary>A thread's page as a visitor finds their way in it: by role and accessible name.</summary>
internal static class ThreadOnPage
{
    public static ILocator Posts(this Visitor visitor) => visitor.Page.GetByRole(AriaRole.List, new() { Name = "Posts", Exact = true });

    public static ILocator WritingBox(this Visitor visitor) => visitor.Page.GetByRole(AriaRole.Textbox, new() { Name = "Write to the committee" });

    public static ILocator PostButton(this Visitor visitor) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true });

    /// <summary>Puts a text into the writing box at once, as a paste does; typing it costs Chromium the square of its lines (23 seconds for 4,900 in an empty page).</summary>
    public static Task Paste(this Visitor visitor, string text) => visitor.WritingBox().EvaluateAsync(
        "(box, text) => { box.focus(); box.value = text; box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' })); }", text);

    /// <summary>Signs in and opens the thread; returns when it can be written in.</summary>
    public static async Task<Visitor> VisitThread(this Chromium chromium, Uri host, string persona, ThreadId thread, VisitorSettings? settings = null)
    {
        var visitor = await chromium.Visit(host, settings);
        await visitor.SignIn(persona);
        await visitor.Page.GotoAsync($"/threads/{thread}");
        await Assertions.Expect(visitor.WritingBox()).ToBeEnabledAsync();
        return visitor;
    }
}
