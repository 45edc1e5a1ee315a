using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Api;

/// <summary>Which refusals deny a right, rather than say that something doesn't fit the present state: the answers of the rights table, and the kernel's of passes and standing.</summary>
internal static class Denials
{
    private static readonly ConditionalWeakTable<RightsTable, FrozenSet<string>> Codes = [];

    public static bool Are(string code, RightsTable rights) =>
        Codes.GetValue(rights, static table => table.Rows.Select(row => row.Otherwise.Code)
            .Concat([KernelRefusals.NoStanding.Code, KernelRefusals.SignedOut.Code, KernelRefusals.TokenReadsOnly.Code, KernelRefusals.NotByToken.Code])
            .ToFrozenSet(StringComparer.Ordinal)).Contains(code);
}
