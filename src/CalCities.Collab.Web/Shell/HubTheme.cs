using MudBlazor;

namespace CalCities.Collab.Shell;

/// <summary>The hub's palette for MudBlazor's components: the tokens of wwwroot/hub.css, one to one.</summary>
internal static class HubTheme
{
    /// <summary>Holds "light" or "dark"; absent, the system decides. Written by shell.js, read by App.razor, so the first paint is right.</summary>
    public const string Cookie = "theme";

    public static readonly MudTheme Mud = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1b4670",
            PrimaryContrastText = "#ffffff",
            Secondary = "#55626f",
            SecondaryContrastText = "#ffffff",
            Tertiary = "#c98a00",
            TertiaryContrastText = "#1b2733",
            Info = "#0b61d8",
            Success = "#1b6e3c",
            Warning = "#7a4b00",
            Error = "#a6261d",
            Dark = "#10304f",
            TextPrimary = "#1b2733",
            TextSecondary = "#51606f",
            TextDisabled = "#76838f",
            ActionDefault = "#51606f",
            ActionDisabled = "#76838f",
            ActionDisabledBackground = "#eceff2",
            Background = "#f4f6f9",
            BackgroundGray = "#eceff2",
            Surface = "#ffffff",
            AppbarBackground = "#10304f",
            AppbarText = "#ffffff",
            DrawerBackground = "#ffffff",
            DrawerText = "#1b2733",
            DrawerIcon = "#51606f",
            LinesDefault = "#dfe5eb",
            LinesInputs = "#76838f",
            TableLines = "#dfe5eb",
            Divider = "#dfe5eb",
            DividerLight = "#dfe5eb",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#7fb2e5",
            PrimaryContrastText = "#0e161e",
            Secondary = "#b3bfca",
            SecondaryContrastText = "#0e161e",
            Tertiary = "#e0a93a",
            TertiaryContrastText = "#0e161e",
            Info = "#8ec5ff",
            Success = "#5cc58a",
            Warning = "#e5b566",
            Error = "#f08a80",
            Dark = "#0b2238",
            InfoContrastText = "#0e161e",
            SuccessContrastText = "#0e161e",
            WarningContrastText = "#0e161e",
            ErrorContrastText = "#0e161e",
            TextPrimary = "#e8eef4",
            TextSecondary = "#a9b6c3",
            TextDisabled = "#8494a3",
            ActionDefault = "#a9b6c3",
            ActionDisabled = "#8494a3",
            ActionDisabledBackground = "#22303d",
            Background = "#0e161e",
            BackgroundGray = "#22303d",
            Surface = "#16212c",
            AppbarBackground = "#0b2238",
            AppbarText = "#ffffff",
            DrawerBackground = "#16212c",
            DrawerText = "#e8eef4",
            DrawerIcon = "#a9b6c3",
            LinesDefault = "#2c3a48",
            LinesInputs = "#8494a3",
            TableLines = "#2c3a48",
            Divider = "#2c3a48",
            DividerLight = "#2c3a48",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", AppbarHeight = "60px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = "1rem", LineHeight = "1.5", LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = Font, FontSize = "18px", FontWeight = "600", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = Font, FontSize = "1rem", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Font, FontSize = "15px", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Font, FontSize = "15px", FontWeight = "600", TextTransform = "none", LetterSpacing = "normal" },
            Caption = new CaptionTypography { FontFamily = Font, FontSize = "14px", LetterSpacing = "normal" },
        },
    };

    private static string[] Font => ["Roboto", "system-ui", "-apple-system", "Segoe UI", "sans-serif"];

    /// <summary>The choice that a cookie names; null (follow the system) for anything but "light" and "dark".</summary>
    public static string? Choice(string? cookie) => cookie is "light" or "dark" ? cookie : null;

    /// <summary>When MudBlazor's dark palette holds, as a media query.</summary>
    public static string DarkMedia(string? choice) => choice switch
    {
        "dark" => "all",
        "light" => "not all",
        _ => "(prefers-color-scheme: dark)",
    };
}
