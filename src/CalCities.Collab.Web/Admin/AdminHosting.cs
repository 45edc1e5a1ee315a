using CalCities.Collab.Kernel;
using CalCities.Collab.SignIn;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CalCities.Collab.Admin;

/// <summary>What whoever runs the hub is told of it.</summary>
public static class AdminHosting
{
    /// <summary>Notes denials: by the door that pages, hub and programs send through, and at addresses. After AddCluster and AddSignIn.</summary>
    public static void AddAdmin(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<DenialNotes>();
        var door = services.Last(service => service.ServiceType == typeof(IDoor));
        services.Replace(ServiceDescriptor.Singleton<IDoor>(provider => new NotingDoor((IDoor)door.ImplementationFactory!(provider), provider.GetRequiredService<DenialNotes>())));
        services.PostConfigureAll<CookieAuthenticationOptions>(cookie =>
        {
            var before = cookie.Events.OnRedirectToAccessDenied;
            cookie.Events.OnRedirectToAccessDenied = async denied =>
            {
                var http = denied.HttpContext;
                await http.RequestServices.GetRequiredService<DenialNotes>().Note(http.User.Caller().Member, $"{http.Request.Method} {http.Request.Path}.");
                await before(denied);
            };
        });
    }
}
