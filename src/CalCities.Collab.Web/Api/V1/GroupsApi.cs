using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Live;
using CalCities.Collab.Members;

namespace CalCities.Collab.Api.V1;

/// <summary>Groups and the people in them, for programs.</summary>
internal static class GroupsApi
{
    public static void MapGroups(this RouteGroupBuilder v1)
    {
        v1.MapGet("/groups", async (GroupQueries groups) => TypedResults.Ok(new PageAnswer<GroupRowAnswer>(
                [.. (await groups.All()).Select(row => new GroupRowAnswer(row.Group.Value, row.Name, row.Kind.ToString(), row.Scope, row.Seats))], null)))
            .WithTags("Groups").WithSummary("All groups").WithDescription("A few dozen: all on one page.");
        v1.MapGet("/groups/{id}", One).Produces<GroupAnswer>().Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status404NotFound).WithTags("Groups")
            .WithSummary("A group").WithDescription("By its short name, such as eq; with an ETag.");
        v1.MapGet("/groups/{id}/roster", async (GroupQueries groups, string id) => TypedResults.Ok(new PageAnswer<SeatAnswer>(
                [.. (await groups.Roster(new GroupId(id))).Select(row => new SeatAnswer(row.Member.Value, row.DisplayName, row.Role.ToString()))], null)))
            .WithTags("Groups").WithSummary("Who sits in a group").WithDescription("Chair, vice chair, then by city: all on one page.");
        v1.MapCommands("/groups", "group", "group");
        v1.MapGet("/members/{id}", Member).Produces<MemberAnswer>().Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status404NotFound).WithTags("Members")
            .WithSummary("A person's office and seats");
        v1.MapGet("/cities/{id}", City).Produces<CityAnswer>().Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status404NotFound).WithTags("Cities")
            .WithSummary("A city").WithDescription("By its name in small letters with hyphens, such as la-canada-flintridge; with an ETag.");
    }

    private static Task<IResult> One(HttpContext http, LiveTopics topics, string id) =>
        Versioned.Answer<GroupSight, GroupView, GroupEvent>(http, topics, new GroupId(id).Stream, null, (view, version) =>
            TypedResults.Ok(new GroupAnswer(view.Group.Value, version, view.Name, view.Kind.ToString(), view.Scope, view.Power.ToString(), view.Seats.Count)));

    private static Task<IResult> Member(HttpContext http, LiveTopics topics, string id) =>
        Versioned.Answer<MemberSight, MemberView, MemberEvent>(http, topics, new MemberId(id).Stream, null, (view, version) => view.Standing is not { } standing ? Versioned.NotFound : TypedResults.Ok(new MemberAnswer(
            view.Member.Value, version, standing.DisplayName, standing.Office, standing.City, standing.Duty.ToString(),
            [.. standing.Seats.Select(seat => new MemberSeatAnswer(seat.Group.Value, seat.Role.ToString()))])));

    private static Task<IResult> City(HttpContext http, LiveTopics topics, string id) =>
        Versioned.Answer<CitySight, CityView, CityEvent>(http, topics, new CityId(id).Stream, null, (view, version) => view.Name is not { } name ? Versioned.NotFound : TypedResults.Ok(new CityAnswer(
            view.Id.Value, version, name, view.County, view.Division.Value, view.IsMember)));
}
