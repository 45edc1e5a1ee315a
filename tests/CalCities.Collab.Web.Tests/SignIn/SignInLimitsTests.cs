using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace CalCities.Collab.SignIn;

public sealed class SignInLimitsTests
{
    private const string Clerk = "clerk@davis.example";

    private readonly FakeTimeProvider clock = new();
    private readonly SignInLimits limits;

    public SignInLimitsTests() => limits = new SignInLimits(clock);

    [Fact]
    public void An_account_from_an_address_is_tried_six_times_a_minute_and_others_go_on()
    {
        Assert.Equal(SignInLimits.PairPerMinute, Taken(100, Clerk, "192.0.2.1"));
        Assert.Equal(0, Taken(1, $" {Clerk.ToUpperInvariant()}", "192.0.2.1"));
        Assert.Equal(1, Taken(1, Clerk, "192.0.2.2"));
        Assert.Equal(1, Taken(1, "mayor@davis.example", "192.0.2.1"));

        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, Taken(2, Clerk, "192.0.2.1"));
    }

    [Fact]
    public void An_address_tries_six_hundred_times_a_minute_whomever_it_names_or_names_nobody()
    {
        Assert.Equal(SignInLimits.AddressPerMinute - 100, Enumerable.Range(0, SignInLimits.AddressPerMinute - 100).Count(i => limits.TryTake($"m-{i}@davis.example", IPAddress.Parse("192.0.2.1"))));
        Assert.Equal(100, Enumerable.Range(0, 200).Count(_ => limits.TryTake(IPAddress.Parse("192.0.2.1"))));
        Assert.Equal(0, Taken(1, "one-more@davis.example", "192.0.2.1"));
        Assert.Equal(1, Taken(1, "one-more@davis.example", "192.0.2.2"));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 0)] // one household
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", 1)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", 0)] // the same, as another socket says it
    public void What_one_network_can_take_for_addresses_counts_as_one(string first, string then, int more)
    {
        Taken(100, Clerk, first);
        Assert.Equal(more, Taken(1, Clerk, then));
    }

    private int Taken(int tries, string account, string from) => Enumerable.Range(0, tries).Count(_ => limits.TryTake(account, IPAddress.Parse(from)));
}
