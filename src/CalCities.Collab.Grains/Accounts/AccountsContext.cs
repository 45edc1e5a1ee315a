using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CalCities.Collab.Accounts;

/// <summary>The accounts as ASP.NET Core Identity's store keeps them, on tables that our own migrations make; of Identity's schema only what a hub without passwords needs.</summary>
internal sealed class AccountsContext(DbContextOptions<AccountsContext> options) : IdentityUserContext<Account>(options)
{
    /// <summary>The first with passkeys.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Ignore<IdentityUserClaim<string>>().Ignore<IdentityUserToken<string>>();
        builder.Entity<Account>(account =>
        {
            account.Metadata.RemoveIndex(account.Metadata.FindIndex(account.Metadata.FindProperty(nameof(Account.NormalizedUserName))!)!);
            foreach (var unused in (string[])
                [
                    nameof(Account.UserName), nameof(Account.NormalizedUserName), nameof(Account.EmailConfirmed), nameof(Account.PasswordHash), nameof(Account.SecurityStamp),
                    nameof(Account.PhoneNumber), nameof(Account.PhoneNumberConfirmed), nameof(Account.TwoFactorEnabled), nameof(Account.LockoutEnd), nameof(Account.LockoutEnabled), nameof(Account.AccessFailedCount),
                ])
                account.Ignore(unused);
            account.Property(a => a.Invited).HasConversion(time => time!.Value.ToUnixTimeMilliseconds(), time => DateTimeOffset.FromUnixTimeMilliseconds(time));
            account.Property(a => a.SignedIn).HasConversion(time => time!.Value.ToUnixTimeMilliseconds(), time => DateTimeOffset.FromUnixTimeMilliseconds(time));
        });
        builder.Entity<IdentityUserPasskey<string>>(passkey =>
        {
            // As text, not as a type of either database: an archive holds the same from both.
            builder.Model.RemoveEntityType(builder.Model.GetEntityTypes().Single(type => type.IsMappedToJson()));
            passkey.Property(p => p.Data).IsRequired().HasConversion(
                data => JsonSerializer.Serialize(data, JsonSerializerOptions.Default), text => JsonSerializer.Deserialize<IdentityPasskeyData>(text, JsonSerializerOptions.Default)!,
                new ValueComparer<IdentityPasskeyData>(
                    (one, other) => JsonSerializer.Serialize(one, JsonSerializerOptions.Default) == JsonSerializer.Serialize(other, JsonSerializerOptions.Default),
                    data => data.Name == null ? 0 : data.Name.Length,
                    data => JsonSerializer.Deserialize<IdentityPasskeyData>(JsonSerializer.Serialize(data, JsonSerializerOptions.Default), JsonSerializerOptions.Default)!));
        });
        foreach (var entity in builder.Model.GetEntityTypes())
            Name(entity);
    }

    /// <summary>Tables and columns are spelt as in the rest of the database.</summary>
    private static void Name(IMutableEntityType entity)
    {
        entity.SetTableName(entity.ClrType == typeof(Account) ? "accounts" : entity.ClrType == typeof(IdentityUserLogin<string>) ? "account_logins" : "account_passkeys");
        foreach (var property in entity.GetProperties())
        {
            property.SetColumnName(Snake(property.Name));
            property.SetMaxLength(null);
        }
    }

    private static string Snake(string name)
    {
        var snake = new StringBuilder();
        foreach (var c in name)
            snake.Append(char.IsUpper(c) && snake.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(c));
        return snake.ToString();
    }
}
