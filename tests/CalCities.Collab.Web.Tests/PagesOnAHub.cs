using Bunit;
using Bunit.TestDoubles;
using CalCities.Collab.Bills;
using CalCities.Collab.Cities;
using CalCities.Collab.Conversations;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Live;
using CalCities.Collab.Meetings;
using CalCities.Collab.Members;
using CalCities.Collab.SignIn;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CalCities.Collab;

/// <summary>Live pages over a real hub: its log, its grains and its lists.</summary>
public abstract class PagesOnAHub : BunitContext, IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private BunitAuthorizationContext signedIn = null!;

    protected TestHub Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hub = await TestHub.Start();
        Services.AddSingleton(new LiveTopics(new ClusterSource(Hub.Grains), TimeProvider.System, NullLogger<LiveTopics>.Instance));
        Services.AddSingleton(Hub.Door).AddSingleton(Hub.Grains).AddSingleton(TimeProvider.System);
        Services.AddSingleton(Hub.Services.GetRequiredService<ThreadQueries>()).AddSingleton(Hub.Services.GetRequiredService<GroupQueries>())
            .AddSingleton(Hub.Services.GetRequiredService<BillQueries>()).AddSingleton(Hub.Services.GetRequiredService<MemberQueries>())
            .AddSingleton(Hub.Services.GetRequiredService<CityQueries>()).AddSingleton(Hub.Services.GetRequiredService<MeetingQueries>()).AddSingleton(Hub.Services.GetRequiredService<ConversationQueries>());
        signedIn = this.AddAuthorization();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        await Begin();
    }

    public new async ValueTask DisposeAsync()
    {
        await DisposeComponentsAsync();
        await base.DisposeAsync();
        await Hub.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the hub holds before a test.</summary>
    protected abstract Task Begin();

    protected Task SignIn(MemberId member) => Hub.SignIn(signedIn, member);

    /// <summary>Something that the program itself records.</summary>
    protected async Task Do<TCommand, TEvent>(IAggregateId<TCommand, TEvent> to, TCommand command)
        where TCommand : class, ICommand =>
        Assert.IsType<Outcome.Recorded>(await Hub.Door.Execute(new Actor.Program("test"), to, new CommandId(Guid.NewGuid().ToString("N")), command, Xunit.TestContext.Current.CancellationToken));

    protected static Task Shows<T>(IRenderedComponent<T> page, string selector, params string[] texts) where T : IComponent =>
        page.WaitForAssertionAsync(() => Assert.Equal(texts, page.FindAll(selector).Select(Words), StringComparer.Ordinal), Patience);

    /// <summary>What an element says as a reader sees it: its pieces apart, punctuation where it belongs.</summary>
    protected static string Words(AngleSharp.Dom.IElement element) =>
        string.Join(' ', string.Join(' ', Texts(element)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace(" :", ":", StringComparison.Ordinal).Replace(" .", ".", StringComparison.Ordinal);

    private static IEnumerable<string> Texts(AngleSharp.Dom.INode node) =>
        node.NodeType == AngleSharp.Dom.NodeType.Text ? [node.TextContent] : node.ChildNodes.SelectMany(Texts);
}
