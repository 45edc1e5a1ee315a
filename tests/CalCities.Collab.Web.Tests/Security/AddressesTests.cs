using CalCities.Collab.Demo;
using CalCities.Collab.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace CalCities.Collab.Security;

public sealed class AddressesTests
{
    [Theory]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://127.0.0.1:0", true)]
    [InlineData("http://127.8.9.1:5080", true)]
    [InlineData("http://[::1]:5080", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://+:5080", false)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("http://10.0.0.7:5080", false)]
    [InlineData("https://hub.example", false)]
    [InlineData("http://localhost.evil.example:5080", false)]
    public void Only_this_computer_is_loopback(string address, bool loopback) => Assert.Equal(loopback, Addresses.IsLoopback(address));

    [Theory]
    [InlineData("http://[::]:8080", "http://localhost:8080")]
    [InlineData("http://*:8080", "http://localhost:8080")]
    [InlineData("https://0.0.0.0:8443", "https://localhost:8443")]
    [InlineData("http://127.0.0.1:5080/", "http://127.0.0.1:5080")]
    [InlineData("https://hub.example", "https://hub.example")]
    public void The_address_that_is_printed_is_one_that_a_browser_opens(string address, string printed) => Assert.Equal(printed, Addresses.Openable(address));

    [Fact]
    public void A_demonstration_that_others_could_reach_does_not_start()
    {
        var refused = Assert.Throws<StartRefusedException>(() => Addresses.Check(new Demonstration(true), ["http://localhost:5080", "http://0.0.0.0:5081"]));

        Assert.Equal(
            "A demonstration hub lets anyone act as anyone, so it listens on this computer only. It was asked to listen on http://0.0.0.0:5081: " +
            "use an address such as http://localhost:5080, or set Demo:Enabled=false.",
            refused.Message);
    }

    [Fact]
    public void A_hub_of_accounts_may_listen_anywhere() => Addresses.Check(new Demonstration(false), ["http://0.0.0.0:5080"]);

    [Theory]
    [InlineData("urls", "http://localhost:1;http://*:2")]
    [InlineData("http_ports", "8080")]
    [InlineData("https_ports", "8443")]
    [InlineData("Kestrel:Endpoints:Front:Url", "http://0.0.0.0:80")]
    public void However_the_address_is_set_the_demonstration_sees_it(string setting, string value)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection([new(setting, value)]);

        Assert.Throws<StartRefusedException>(builder.AddPages);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "Data Source=x.db", false)]
    [InlineData("true", "Data Source=x.db", true)]
    [InlineData("True", "Data Source=x.db", true)]
    [InlineData("false", null, false)]
    public void A_hub_is_a_demonstration_when_asked_or_when_it_has_no_database_of_its_own(string? asked, string? connection, bool isOn)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Demo:Enabled", asked), new("ConnectionStrings:Hub", connection)]).Build();

        Assert.Equal(isOn, Demonstration.Asked(settings));
    }
}
