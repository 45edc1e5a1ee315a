using System.ComponentModel;
using System.Globalization;
using CalCities.Collab.Bills;
using CalCities.Collab.Live;

namespace CalCities.Collab.Api.V1;

/// <summary>The Legislature's bills for programs.</summary>
internal static class BillsApi
{
    public static void MapBills(this RouteGroupBuilder v1)
    {
        v1.MapGet("/bills", List).Produces<PageAnswer<BillRowAnswer>>().ProducesProblem(StatusCodes.Status400BadRequest).WithTags("Bills")
            .WithSummary("Bills").WithDescription("Fifty at a time, the one with the latest action first.");
        v1.MapGet("/bills/{id}", One).Produces<BillAnswer>().Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status404NotFound).WithTags("Bills")
            .WithSummary("A bill").WithDescription("By its official id, such as 202520260AB831; with an ETag.");
        v1.MapCommands("/bills", "bill", "bill");
    }

    private static async Task<IResult> List(
        HttpContext http, BillQueries bills,
        [Description("A number in any spelling, or words of subject and author.")] string? q, string? house, string? committee, string? status, string? cursor)
    {
        if (!ThreadsApi.TryPlace(cursor, out var place) || place is < 1 or > int.MaxValue)
            return ApiProblem.Of(ApiRefusals.BadCursor, StatusCodes.Status400BadRequest);
        var page = (int)(place ?? 1);
        var found = await bills.Find(new BillSearch(q, house, committee, status, Page: page), http.RequestAborted);
        return TypedResults.Ok(new PageAnswer<BillRowAnswer>(
            [.. found.Rows.Select(row => new BillRowAnswer(row.Id.Value, row.Number, row.Subject, row.Authors, row.Whereabouts, row.Status, row.LastDate, row.LastAction))],
            (long)page * BillQueries.PageSize < found.Total ? (page + 1).ToString(CultureInfo.InvariantCulture) : null));
    }

    private static Task<IResult> One(HttpContext http, LiveTopics topics, string id) =>
        Versioned.Answer<BillSight, BillView, BillEvent>(http, topics, new BillId(id).Stream, null, (view, version) => view.Number is not { } number ? Versioned.NotFound : TypedResults.Ok(new BillAnswer(
            number.Id.Value, version, number.ToString(), view.Subject, view.AuthorNames, view.Whereabouts, view.Place?.Status, view.AsOf,
            [.. view.History.Select(action => new BillActionAnswer(action.Date, action.Text))],
            [.. view.Versions.Select(print => new BillVersionAnswer(print.Id, print.Date, print.Action, print.Subject))],
            [.. view.RollCalls.Select(call => new RollCallAnswer(call.Date, view.NameOf(call.Location), call.Motion, call.Ayes, call.Noes, call.NotVoting, call.Passed))])));
}
