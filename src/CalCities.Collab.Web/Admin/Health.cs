using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace CalCities.Collab.Admin;

/// <summary>For proxies: /health/live answers while the process does, /health/ready (200 or 503) while it can take people in.</summary>
public static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
    }
}
