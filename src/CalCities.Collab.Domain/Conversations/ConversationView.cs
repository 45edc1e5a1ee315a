using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Cities;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Conversations;

/// <summary>Which members of a city's council take part in the talk on a subject, and since when, for that city's clerk.</summary>
public sealed record ConversationView(ConversationId Id, CityId? City, string Subject, ImmutableSortedDictionary<string, DateTimeOffset> Since) : IView<ConversationView, ConversationEvent>
{
    public static ConversationView Blank(StreamId stream) =>
        new(new ConversationId(stream.Key), null, "", ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal));

    public static ConversationView Fold(ConversationView view, Recorded<ConversationEvent> recorded) =>
        recorded.Event switch
        {
            ConversationEvent.Entered e => view with { City = e.Body.City, Subject = e.Subject },
            ConversationEvent.Stayed e => view with { Since = view.Since.SetItem(e.Member.Value, recorded.Time) },
            ConversationEvent.Left or ConversationEvent.NoteTaken => view,
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} is shown nowhere."),
        };
}

/// <summary>A city's clerk sees the record of that city's own officials, and nobody else does.</summary>
public sealed class ConversationSight : ISight<ConversationView, ConversationEvent>
{
    public static string StreamType => "conversation";

    public static ConversationView? For(Viewer viewer, ConversationView view) => MaySee(viewer, view) ? view : null;

    public static Recorded<ConversationEvent>? For(Viewer viewer, ConversationView view, Recorded<ConversationEvent> recorded) => MaySee(viewer, view) ? recorded : null;

    private static bool MaySee(Viewer viewer, ConversationView view) =>
        view.City is { } city && ConversationRights.See.Allows(viewer.Standing.To(city));
}
