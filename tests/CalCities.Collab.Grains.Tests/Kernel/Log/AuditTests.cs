using CalCities.Collab.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Kernel.Log;

public sealed class AuditTests
{
    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task What_is_noted_is_read_newest_first_a_page_at_a_time_and_cut_where_it_is_too_long(string kind)
    {
        await using var database = await KeptDatabase.New(kind);
        await using var hub = await TestHub.Start(database.ConnectionString);
        var audit = hub.Services.GetRequiredService<IAudit>();
        var queries = hub.Services.GetRequiredService<AuditQueries>();

        await audit.Note("m1", "signed-in", "by link");
        await audit.Note("m2", "refused", $"a\0b\n{new string('x', 600)}");
        await audit.Note("m1", "signed-out", "");

        var all = await queries.Before(null);
        Assert.Equal([("m1", "signed-out", ""), ("m2", "refused", $"a b {new string('x', 496)}"), ("m1", "signed-in", "by link")], from entry in all select (entry.Actor, entry.Action, entry.Detail));
        Assert.All(all, entry => Assert.True(DateTimeOffset.UtcNow - entry.At < TimeSpan.FromMinutes(1)));
        Assert.Equal([all[1], all[2]], await queries.Before(all[0].Id));
        Assert.Equal([all[0]], await queries.Before(null, count: 1));
        Assert.Equal([all[0], all[2]], await queries.Before(null, actor: "m1"));
        Assert.Equal([all[1]], await queries.Before(null, action: "refused"));
    }
}
