using System.Reflection;
using CalCities.Collab.Api;
using CalCities.Collab.Kernel;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;

namespace CalCities.Collab.Security;

public sealed class WebRightsTests
{
    private static readonly RightsTable Rights = new(typeof(ICommand).Assembly, typeof(WebRights).Assembly);

    /// <summary>All that the program answers, mapped as Program.cs maps it but not started.</summary>
    [Fact]
    public async Task Every_address_of_the_program_stands_in_the_table_once()
    {
        await using var app = Program.Build(["--Demo:Enabled=true", $"--ConnectionStrings:Hub=Data Source={Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"))}"]);

        Assert.Equal([], from endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                         from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
                         let act = RightsGate.ActOf(endpoint, method)
                         where method != "OPTIONS" && Rights.Of(act).Length != 1
                         select act);
    }

    /// <summary>A form that another site's page sends with a member's cookie does nothing: programs, who have no cookie, are the exception.</summary>
    [Fact]
    public async Task Everything_in_the_program_that_changes_something_asks_for_its_forms_token()
    {
        await using var app = Program.Build(["--Demo:Enabled=true", $"--ConnectionStrings:Hub=Data Source={Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"))}"]);

        Assert.Equal([], from endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                         let methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
                         where methods.Any(method => method is not ("GET" or "HEAD" or "OPTIONS"))
                         where endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Antiforgery.IAntiforgeryMetadata>() is not { RequiresValidation: true }
                         let path = $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}"
                         where !OriginCheck.IsLive(path) && !path.StartsWith("/api/v1/", StringComparison.Ordinal)
                         select path);
    }

    [Fact]
    public void Every_method_of_the_hub_for_programs_stands_in_the_table() =>
        Assert.Empty(from method in typeof(LiveHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                     where !method.IsVirtual && !method.IsSpecialName && Rights.Of($"hub {method.Name}").IsEmpty
                     select method.Name);

    /// <summary>Within a circuit no request is made from page to page, so the gate sees none: a page that not everyone may open is one that circuits don't route to.</summary>
    [Fact]
    public void A_page_that_only_some_may_open_is_not_reached_from_within_a_circuit() =>
        Assert.Empty(from type in typeof(WebRights).Assembly.GetTypes()
                     from route in type.GetCustomAttributes<RouteAttribute>()
                     where type.GetCustomAttribute<ExcludeFromInteractiveRoutingAttribute>() is null
                     from row in Rights.Of($"page {route.Template}")
                     where (row.May & Relations.Everyone) != Relations.Everyone || row.Never != ActorKinds.Nobody
                     select route.Template);
}
