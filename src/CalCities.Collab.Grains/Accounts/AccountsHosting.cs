using CalCities.Collab.Kernel.Log;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace CalCities.Collab.Accounts;

/// <summary>The accounts' part of a host.</summary>
public static class AccountsHosting
{
    /// <summary>Identity's users and passkeys in the state database, the book of addresses, and mail. A DbContext lives as long as a request, never as long as a circuit. Needs AddEventLog and AddCluster.</summary>
    public static IHostApplicationBuilder AddAccounts(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddDbContext<AccountsContext>((provider, options) =>
        {
            var connections = provider.GetRequiredService<StateSource>().Connections;
            _ = connections is NpgsqlDataSource postgres ? options.UseNpgsql(postgres) : options.UseSqlite(connections.ConnectionString);
            // Identity maps what the hub has no use for (telephone, password), and the context takes it out again: that is meant.
            options.ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.MappedPropertyIgnoredWarning));
        });
        services.AddIdentityCore<Account>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3).AddEntityFrameworkStores<AccountsContext>();
        // It checks names to sign in by, which nobody has; the address is checked where it is given.
        services.RemoveAll<IUserValidator<Account>>();
        services.AddSingleton<IAccountBook, AccountBook>();
        services.AddSingleton(provider => new AccountDirectory(provider.GetRequiredService<IHubDatabase>(), provider.GetRequiredService<StateSource>()));
        services.AddOptions<MailSettings>().BindConfiguration("Mail")
            .Validate(mail => mail.IsPossible, "Mail: with Mail:Host, Mail:From is an address and Mail:Port a port.")
            .ValidateOnStart();
        services.AddSingleton<Outbox>();
        services.AddSingleton<IOutbox>(provider => provider.GetRequiredService<Outbox>());
        services.AddSingleton<MailSender>();
        services.AddHostedService<MailHints>();
        return builder;
    }
}
