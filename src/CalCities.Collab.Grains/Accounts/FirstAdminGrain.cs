using System.Security.Cryptography;
using System.Text;

namespace CalCities.Collab.Accounts;

/// <summary>The one-time link by which a new hub gets its first admin, while it has none. One grain a cluster, in memory: a start prints a new link. Its key is <see cref="Key"/>.</summary>
[Alias("accounts.IFirstAdminGrain")]
public interface IFirstAdminGrain : IGrainWithStringKey
{
    public const string Key = "first";

    /// <summary>A new secret; those of other hosts' starts stay good.</summary>
    [Alias("Issue")]
    Task<string> Issue();

    /// <summary>Whether a secret would be taken.</summary>
    [Alias("IsGood")]
    Task<bool> IsGood(string secret);

    /// <summary>Takes all secrets for one that is good: of all who try, one is told yes.</summary>
    [Alias("Take")]
    Task<bool> Take(string secret);

    /// <summary>Gives them back: no admin came of it.</summary>
    [Alias("GiveBack")]
    Task GiveBack();
}

/// <inheritdoc cref="IFirstAdminGrain"/>
[GrainType("first-admin"), KeepAlive]
internal sealed class FirstAdminGrain : Grain, IFirstAdminGrain
{
    /// <summary>A cluster's hosts that start together, and then some.</summary>
    private const int MaxSecrets = 16;

    private readonly List<byte[]> good = [];
    private bool taken;

    public Task<string> Issue()
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        if (good.Count == MaxSecrets)
            good.RemoveAt(0);
        good.Add(Hash(secret));
        return Task.FromResult(secret);
    }

    public Task<bool> IsGood(string secret) => Task.FromResult(!taken && good.Exists(hash => CryptographicOperations.FixedTimeEquals(hash, Hash(secret))));

    public async Task<bool> Take(string secret)
    {
        if (!await IsGood(secret))
            return false;
        taken = true;
        return true;
    }

    public Task GiveBack()
    {
        taken = false;
        return Task.CompletedTask;
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
