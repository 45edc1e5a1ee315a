using System.Collections.Immutable;
using CalCities.Collab.Conversations;
using CalCities.Collab.Groups;
using CalCities.Collab.Live;
using CalCities.Collab.Members;
using CalCities.Collab.Records;
using Microsoft.AspNetCore.Components;

namespace CalCities.Collab.Cities;

/// <summary>One city: its membership, its officials, who speaks for it, and for its own clerk what its council takes part in.</summary>
public sealed partial class CityPage : LiveComponent
{
    /// <summary>A council and its staff; a large city's officials on demand.</summary>
    internal const int AtFirst = 30;

    private Watch<CityView>? city;
    private IndexWatch<Officials>? officials;
    private IndexWatch<ConversationList>? conversations;
    private GroupRow? division;
    private bool looked, allOfficials;

    [Parameter, EditorRequired] public required string Slug { get; set; }

    [Inject] private MemberQueries Members { get; set; } = null!;
    [Inject] private GroupQueries Groups { get; set; } = null!;
    [Inject] private ConversationQueries Conversations { get; set; } = null!;

    private CityView? view => city?.View;
    private CityId Id => new(Slug);
    private bool MayDesignate => city?.Viewer is { } viewer && CityRights.MayDesignate(viewer.Standing, Id);
    private bool MayHaveRecord => city?.Viewer is { } viewer && RecordRights.AgainstCity(viewer.Standing, OwnOf(viewer.Standing), Id) is null;
    private bool IsItsClerk => city?.Viewer is { } viewer && ConversationRights.MaySee(viewer.Standing, Id);

    protected override async Task Follow()
    {
        if (!StreamId.TryParse(Id.Stream.ToString(), out _))
        {
            (city, looked) = (null, true);
            return;
        }

        city = await Watch<CitySight, CityView, CityEvent>(Id.Stream);
        looked = true;
        if (view is null)
            return;
        var id = Id;
        officials = await WatchIndex(MemberQueries.TopicOf(id), "officials", async cancel => new Officials(await Members.Of(id, cancel)), (_, all) => all);
        division = (await Groups.All()).FirstOrDefault(row => row.Group == view?.Division);
        conversations = IsItsClerk ? await WatchIndex(ConversationQueries.TopicOf(id), "council", cancel => Conversations.Of(id, cancel), ConversationList.For) : null;
    }

    /// <summary>The city that someone is of; this one by its present name too, whatever its id came from.</summary>
    private CityId? OwnOf(Standing standing) => standing.City is not { } own ? null : own == view?.Name ? Id : CityId.OfName(own);

    private static string NameOf(MemberRow person) => person.Name is null ? person.Office : $"{person.Name}, {person.Office}";

    private string NameOf(MemberId member) =>
        officials?.Result?.Rows.FirstOrDefault(row => row.Member == member) is { } row ? NameOf(row) : "Someone who is no official of this city now";

    private sealed record Officials(ImmutableArray<MemberRow> Rows);
}
