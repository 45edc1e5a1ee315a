using System.Data.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CalCities.Collab.Kernel.Log;

/// <summary>Adds the log to a host.</summary>
public static class EventLog
{
    /// <summary>Opens the database that <c>ConnectionStrings:Hub</c> names, brings its tables up to date, and gives the host its log, the grain storage's connections, and a place for Data Protection's keys.</summary>
    /// <exception cref="HubDatabaseException">The database can't be used; the message says why.</exception>
    public static void AddEventLog(this IHostApplicationBuilder builder)
    {
        var setting = HubDatabaseSetting.From(builder.Configuration);
        builder.Services.AddSingleton(setting);
        if (setting.File is { } file)
            Add(new SqliteEventStore(file, setting.StateFile!), store => store.State);
        else
            Add(new PostgresEventStore(setting.ConnectionString), store => store.Connections);

        // Hosts in different folders are still one hub: its name, not the folder (which the framework sets after us), is what keys are for.
        builder.Services.PostConfigure<DataProtectionOptions>(options => options.ApplicationDiscriminator = "CalCities.Collab");
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(services =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = new DatabaseKeys(services.GetRequiredService<IHubDatabase>())));

        // By factories, so that the host gives back what it holds when it ends.
        void Add<TStore>(TStore store, Func<TStore, DbDataSource> state) where TStore : class, IEventStore, IHubDatabase
        {
            builder.Services.AddSingleton(_ => store);
            builder.Services.AddSingleton<IEventStore>(services => services.GetRequiredService<TStore>());
            builder.Services.AddSingleton<IHubDatabase>(services => services.GetRequiredService<TStore>());
            builder.Services.AddSingleton(services => new StateSource(state(services.GetRequiredService<TStore>())));
        }
    }
}
