using System.Text.RegularExpressions;
using MudBlazor;

namespace CalCities.Collab.Shell;

public sealed partial class HubThemeTests
{
    [Fact]
    public void MudBlazors_palette_is_that_of_the_style_sheet_in_light_and_dark()
    {
        var tokens = Token().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src", "CalCities.Collab.Web", "wwwroot", "hub.css")))
            .ToDictionary(match => match.Groups[1].Value, match => (Light: match.Groups[2].Value, Dark: match.Groups[3].Value), StringComparer.Ordinal);

        (string Token, Func<Palette, MudBlazor.Utilities.MudColor> Colour)[] pairs =
        [
            ("navy-2", p => p.Primary), ("neutral", p => p.Secondary), ("gold", p => p.Tertiary), ("focus", p => p.Info), ("support", p => p.Success),
            ("amend", p => p.Warning), ("oppose", p => p.Error), ("navy", p => p.Dark), ("navy", p => p.AppbarBackground), ("ink", p => p.TextPrimary),
            ("ink-2", p => p.TextSecondary), ("edge", p => p.LinesInputs), ("line", p => p.LinesDefault), ("line", p => p.Divider), ("wash", p => p.Background),
            ("neutral-soft", p => p.BackgroundGray), ("paper", p => p.Surface),
        ];

        Assert.Equal(
            pairs.Select(pair => (pair.Token, tokens[pair.Token].Light, tokens[pair.Token].Dark)),
            pairs.Select(pair => (pair.Token, Hex(pair.Colour(HubTheme.Mud.PaletteLight)), Hex(pair.Colour(HubTheme.Mud.PaletteDark)))));
    }

    [Theory]
    [InlineData("light", "light", "not all")]
    [InlineData("dark", "dark", "all")]
    [InlineData(null, null, "(prefers-color-scheme: dark)")]
    [InlineData("\"><script>", null, "(prefers-color-scheme: dark)")]
    public void The_choice_in_the_cookie_decides_and_without_one_the_system(string? cookie, string? choice, string dark) =>
        Assert.Equal((choice, dark), (HubTheme.Choice(cookie), HubTheme.DarkMedia(HubTheme.Choice(cookie))));

    private static string Hex(MudBlazor.Utilities.MudColor colour) => colour.ToString(MudBlazor.Utilities.MudColorOutputFormats.Hex);

    [GeneratedRegex(@"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
