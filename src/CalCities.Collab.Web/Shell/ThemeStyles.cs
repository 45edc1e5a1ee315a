using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using MudBlazor;

namespace CalCities.Collab.Shell;

/// <summary>
/// MudBlazor's variables for one palette under a media query. Rendered once into the page's static head: light and dark switch
/// without a flash and without a script, and no circuit holds them.
/// </summary>
public sealed class ThemeStyles : MudThemeProvider
{
    /// <summary>"light" or "dark"; shell.js finds the dark one by it.</summary>
    [Parameter, EditorRequired] public required string Palette { get; set; }

    [Parameter] public string Media { get; set; } = "all";

    protected override void BuildRenderTree(RenderTreeBuilder __builder)
    {
        var css = new StringBuilder();
        GenerateTheme(css);
        __builder.OpenElement(0, "style");
        __builder.AddAttribute(1, "media", Media);
        __builder.AddAttribute(2, "data-palette", Palette);
        __builder.AddMarkupContent(3, $":root {{\n{css}}}");
        __builder.CloseElement();
    }
}
