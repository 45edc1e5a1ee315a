using System.Collections.Immutable;
using CalCities.Collab.Members;

namespace CalCities.Collab.Accounts;

/// <summary>Which e-mail address belongs to which member. Addresses are compared without regard to case, and never leave the accounts: no event holds one.</summary>
public interface IAccountBook
{
    /// <summary>The members of these addresses; addresses without an account are missing.</summary>
    Task<ImmutableDictionary<string, MemberId>> MembersOf(IReadOnlyCollection<string> emails, CancellationToken cancel = default);

    /// <summary>The addresses of these members; those without an account are missing.</summary>
    Task<ImmutableDictionary<MemberId, string>> EmailsOf(IReadOnlyCollection<MemberId> members, CancellationToken cancel = default);

    /// <summary>Makes accounts for those who have none and changes the address of those who have; all or nothing.</summary>
    /// <exception cref="AddressTakenException">One of the addresses is another's.</exception>
    Task Keep(IReadOnlyCollection<(MemberId Member, string Email)> accounts, CancellationToken cancel = default);
}

/// <summary>An address belongs to one account; nothing was changed.</summary>
public sealed class AddressTakenException(string message, Exception? cause = null) : Exception(message, cause);
