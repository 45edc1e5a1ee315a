using CalCities.Collab.Members;

namespace CalCities.Collab.Kernel;

/// <summary>What pages show of an aggregate: another fold of the same events, immutable, shared by all pages of a host, holding nothing that only one viewer may see.</summary>
public interface IView<TView, TEvent> where TView : IView<TView, TEvent>
{
    /// <summary>The view of a stream without events.</summary>
    static abstract TView Blank(StreamId stream);

    static abstract TView Fold(TView view, Recorded<TEvent> recorded);
}

/// <summary>What a viewer may see of one kind of stream; pure, and the only way from the uncut view to a person or program.</summary>
public interface ISight<TView, TEvent> where TView : class, IView<TView, TEvent>
{
    /// <summary>The type part of the streams it judges ("thread").</summary>
    static abstract string StreamType { get; }

    /// <summary>The view as this viewer may see it (mostly the same object); null when they may not know of it.</summary>
    static abstract TView? For(Viewer viewer, TView view);

    /// <summary>
    /// The event as this viewer may see it, or null when it travels as an empty one. The view is at the event or later (someone who reads
    /// the stream from its start is judged by the present one), so what has been hidden since is hidden here too.
    /// </summary>
    static abstract Recorded<TEvent>? For(Viewer viewer, TView view, Recorded<TEvent> recorded);
}

/// <summary>Someone who looks: a member with their present standing.</summary>
public sealed record Viewer(MemberId Member, Standing Standing);
