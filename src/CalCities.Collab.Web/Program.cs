using CalCities.Collab.Security;
using CalCities.Collab.Shell;
using CalCities.Collab.SignIn;

try
{
    // The program's own files lie beside it; data lies below the folder one calls from.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.AddSignIn();
    builder.AddPages();
    var app = builder.Build();
    app.MapPages();
    app.MapSignIn();
    await app.RunAsync();
    return 0;
}
catch (StartRefusedException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}
