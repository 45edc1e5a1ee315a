using CalCities.Collab.Accounts;
using CalCities.Collab.Admin;
using CalCities.Collab.Api.V1;
using CalCities.Collab.Demo;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Live;
using CalCities.Collab.Meetings;
using CalCities.Collab.Records;
using CalCities.Collab.Rosters;
using CalCities.Collab.Security;
using CalCities.Collab.Shell;
using CalCities.Collab.SignIn;

if (await ProgramCommands.Run(args) is { } code)
    return code;

try
{
    await Build(args).RunAsync();
    return 0;
}
catch (Exception refusal) when (refusal is StartRefusedException or HubDatabaseException)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}

internal sealed partial class Program
{
    /// <summary>The whole program, not yet started.</summary>
    internal static WebApplication Build(string[] args)
    {
        // The program's own files lie beside it; data lies below the folder one calls from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddEventLog();            // PostgreSQL or SQLite, by the connection string
        builder.AddCluster();             // an Orleans silo in this process
        builder.AddDemonstration();       // filled before anyone is answered, where settings ask for it
        builder.AddSignIn();
        builder.AddAccountPages();        // invitations, links by mail, passkeys, the league's sign-on
        builder.AddRosters();             // people and seats in and out as CSV; after accounts
        builder.AddLive();
        builder.AddApi();                 // for programs: /api/v1 and their tokens
        builder.AddAdmin();               // denials noted in the audit
        builder.AddRecords();             // exports of what people wrote
        builder.AddPages();

        var app = builder.Build();
        app.MapPages();
        app.MapSignIn();
        app.MapAccounts();
        app.MapRosters();
        app.MapLive();
        app.MapApi();
        app.MapRecords();
        app.MapMeetings();
        app.MapHealth();
        return app;
    }
}
