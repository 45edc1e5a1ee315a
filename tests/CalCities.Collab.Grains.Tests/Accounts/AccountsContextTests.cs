using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Testing;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Accounts;

public sealed class AccountsContextTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Every_table_and_column_that_Identity_asks_for_is_there_with_its_type_and_no_other(string kind)
    {
        await using var database = await KeptDatabase.New(kind);
        await using var hub = await TestHub.Start(database.ConnectionString);
        await using var scope = hub.Services.CreateAsyncScope();
        var model = scope.ServiceProvider.GetRequiredService<AccountsContext>().GetService<IDesignTimeModel>().Model.GetRelationalModel();

        await using var connection = await hub.Services.GetRequiredService<StateSource>().Connections.OpenConnectionAsync(Ending);
        foreach (var table in model.Tables)
        {
            var there = await connection.QueryAsync<(string Name, string Type, bool MayBeNull, bool IsKey)>(kind == "SQLite"
                ? "select name, lower(type), \"notnull\" = 0 and pk = 0, pk > 0 from pragma_table_info(@table) order by name"
                : """
                  select c.column_name::text, c.data_type::text, c.is_nullable = 'YES', exists (
                      select from information_schema.key_column_usage k join information_schema.table_constraints t using (constraint_name, table_name)
                      where k.table_name = c.table_name and k.column_name = c.column_name and t.constraint_type = 'PRIMARY KEY')
                  from information_schema.columns c where c.table_name = @table order by c.column_name collate "C"
                  """, new { table = table.Name });
            Assert.Equal(
                from column in table.Columns
                orderby column.Name
                select (column.Name, column.StoreType.ToLowerInvariant(), column.IsNullable, table.PrimaryKey!.Columns.Contains(column)), there);
        }

        Assert.Equal(["account_logins", "account_passkeys", "accounts"], from table in model.Tables orderby table.Name select table.Name);
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Sign_ons_and_passkeys_are_kept_found_and_removed_and_go_with_their_account(string kind)
    {
        await using var database = await KeptDatabase.New(kind);
        await using var hub = await TestHub.Start(database.ConnectionString);
        var passkey = new UserPasskeyInfo([1, 2, 255], [4, 5], DateTimeOffset.UnixEpoch, 7, ["internal"], true, true, false, [6], [7]) { Name = "Phone" };
        await In(hub, async manager =>
        {
            var account = new Account { Id = "m1", Email = "clerk@davis.example" };
            Assert.True((await manager.CreateAsync(account)).Succeeded);
            Assert.True((await manager.AddLoginAsync(account, new UserLoginInfo("issuer", "42", "League"))).Succeeded);
            Assert.True((await manager.AddOrUpdatePasskeyAsync(account, passkey)).Succeeded);
        });
        await In(hub, async manager =>
        {
            Assert.Equal("m1", (await manager.FindByEmailAsync("Clerk@Davis.example"))?.Id);
            Assert.Equal("m1", (await manager.FindByLoginAsync("issuer", "42"))?.Id);
            Assert.Equal("m1", (await manager.FindByPasskeyIdAsync([1, 2, 255]))?.Id);
            var account = (await manager.FindByIdAsync("m1"))!;
            var found = Assert.Single(await manager.GetPasskeysAsync(account));
            Assert.Equivalent(passkey, found, strict: true);
            Assert.True((await manager.RemovePasskeyAsync(account, passkey.CredentialId)).Succeeded);
            Assert.Null(await manager.FindByPasskeyIdAsync([1, 2, 255]));
            Assert.True((await manager.DeleteAsync(account)).Succeeded);
            Assert.Null(await manager.FindByLoginAsync("issuer", "42"));
        });
    }

    private static async Task In(TestHub hub, Func<UserManager<Account>, Task> work)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<UserManager<Account>>());
    }
}
