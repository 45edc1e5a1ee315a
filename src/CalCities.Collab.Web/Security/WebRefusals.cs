using CalCities.Collab.Kernel;

namespace CalCities.Collab.Security;

/// <summary>Refusals of addresses, before any slice is asked.</summary>
internal static class WebRefusals
{
    public static readonly Refusal NotFound = new("NotFound", "There is nothing at this address.");
    public static readonly Refusal SignInFirst = new("SignInFirst", "Sign in first.");
}
