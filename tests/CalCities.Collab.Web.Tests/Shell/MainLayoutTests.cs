using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using CalCities.Collab.Demo;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Shell;

public sealed class MainLayoutTests : BunitContext
{
    private readonly BunitAuthorizationContext signedIn;

    public MainLayoutTests() => signedIn = this.AddAuthorization();

    [Fact]
    public void The_bar_names_the_places_and_who_is_signed_in()
    {
        signedIn.SetAuthorized("Mayor, Davis").SetClaims(new Claim(ClaimTypes.NameIdentifier, "eq-chair"), new Claim(ClaimTypes.Name, "Mayor, Davis"));

        var layout = Show();

        Assert.Equal(["Today", "Bills", "Meetings", "Groups", "Directory"], layout.FindAll("nav a").Select(link => link.TextContent.Trim()), StringComparer.Ordinal);
        Assert.Equal("page", layout.Find("nav a[href='/']").GetAttribute("aria-current"));
        Assert.Equal("Your account: Mayor, Davis", layout.Find("button.me").GetAttribute("aria-label"));
        Assert.Equal(("post", "/signout"), (layout.Find("#account form").GetAttribute("method"), layout.Find("#account form").GetAttribute("action")));
    }

    [Fact]
    public void Someone_signed_out_sees_the_name_of_the_hub_and_no_place_to_go()
    {
        var layout = Show();

        Assert.Empty(layout.FindAll("nav, form, button"));
        Assert.Equal("CalCities Collab, home", layout.Find("a.brand").TextContent.Trim());
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_demonstration_says_that_it_is_one(bool demonstration, int banners) =>
        Assert.Equal(banners, Show(demonstration).FindAll(".banner").Count);

    [Theory]
    [InlineData("", "/#page")]
    [InlineData("bills?q=water&page=2", "/bills?q=water&page=2#page")]
    public void The_first_link_skips_to_the_page_one_is_on(string page, string target)
    {
        var layout = Show();
        Services.GetRequiredService<NavigationManager>().NavigateTo(page);
        layout.Render();

        // To another frame, or Blazor would take the click and leave the focus where it is.
        Assert.Equal((target, "_top"), (layout.Find("a").GetAttribute("href"), layout.Find("a").GetAttribute("target")));
    }

    [Fact]
    public void A_page_that_fails_is_replaced_by_what_to_do_and_the_bar_stays()
    {
        var layout = Show(body: body =>
        {
            body.OpenComponent<Fails>(0);
            body.CloseComponent();
        });

        Assert.Equal("This page could not be shown", layout.Find("main h1").TextContent);
        Assert.Single(layout.FindAll("header.bar"));
    }

    [Theory]
    [InlineData("Mayor, Davis", "DA")]
    [InlineData("Council Member, Santa Monica", "SM")]
    [InlineData("Vice Mayor, Carmel-by-the-Sea", "CA")]
    [InlineData("Mayor, South San Francisco", "SF")]
    [InlineData("Clerk", "CL")]
    [InlineData("", "")]
    public void An_avatar_is_the_initials_of_the_city(string name, string initials) => Assert.Equal(initials, Avatar.Initials(name));

    private IRenderedComponent<MainLayout> Show(bool demonstration = true, RenderFragment? body = null)
    {
        Services.AddSingleton(new Demonstration(demonstration));
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));
        return Render<MainLayout>(p => p.Add(layout => layout.Body, body));
    }

    private sealed class Fails : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("As a page that fails.");
    }
}
