using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CalCities.Collab.Kernel.Log;

/// <summary>Adds the log to a host.</summary>
public static class EventLog
{
    /// <summary>Opens the database that <c>ConnectionStrings:Hub</c> names, brings its tables up to date, and gives the host its log.</summary>
    /// <exception cref="HubDatabaseException">The database can't be used; the message says why.</exception>
    public static void AddEventLog(this IHostApplicationBuilder builder)
    {
        var setting = HubDatabaseSetting.From(builder.Configuration);
        builder.Services.AddSingleton(setting);
        if (setting.File is { } file)
        {
            var store = new SqliteEventStore(file);
            // Made by a factory, so that the host gives the file back when it ends.
            builder.Services.AddSingleton(_ => store);
            builder.Services.AddSingleton<IEventStore>(services => services.GetRequiredService<SqliteEventStore>());
            builder.Services.AddSingleton<IHubDatabase>(services => services.GetRequiredService<SqliteEventStore>());
        }
    }
}
