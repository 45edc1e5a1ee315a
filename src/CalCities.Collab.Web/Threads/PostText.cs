using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace CalCities.Collab.Threads;

/// <summary>
/// The words of a post: Markdown without raw HTML, made safe by an allow-list of elements, attributes and schemes. The only place that
/// makes markup from what people wrote.
/// </summary>
internal static class PostText
{
    /// <summary>Quotes in lists in quotes: deeper than this nobody writes by hand, and a phone can't show it.</summary>
    internal const int MaxDepth = 12;

    /// <summary>Elements of one post; a post of 10,000 characters in which every third is a sign would be some 3,000.</summary>
    internal const int MaxElements = 2_000;

    /// <summary>Signs that Markdown looks at twice; reading thousands of them takes the square of their number. A long list with links has some 300.</summary>
    internal const int MaxSigns = 1_500;

    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseAutoLinks()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UseSoftlineBreakAsHardlineBreak()
        .Build();

    private static readonly SearchValues<char> Signs = SearchValues.Create("*_~[]!`<&");

    private static readonly ImmutableArray<string> Schemes = ["https", "http", "mailto"];

    /// <summary>A revision is one object for all pages of a host, so each text is worked out once.</summary>
    private static readonly ConditionalWeakTable<Revision, string> Known = [];

    /// <summary>The words for a page to render.</summary>
    internal static MarkupString Of(Revision text) =>
        new(Known.GetValue(text, static text => $"<div class=\"words\">{Html(text.Body, text.Mentions)}</div>"));

    /// <summary>Safe HTML of a post's Markdown. What can't be read as Markdown within the limits is shown as it was typed.</summary>
    internal static string Html(string body, ImmutableArray<Mention> mentions)
    {
        try
        {
            if (body.AsSpan().CountAny(Signs) > MaxSigns || IsNestedTooDeeply(body))
                return AsTyped(body);
            var document = Markdig.Markdown.Parse(body, Markdown);
            foreach (var image in document.Descendants<LinkInline>().Where(link => link.IsImage))
                image.IsImage = false;   // a picture from elsewhere would tell its host who reads: its words become a link
            using var safe = NewSanitizer().SanitizeDom(document.ToHtml(Markdown));
            if (safe.Body is { } root && IsWithinLimits(root))
            {
                Tidy(safe, root);
                Mark(safe, root, mentions);
                return root.InnerHtml;
            }
        }
        catch (ArgumentException)
        {
            // Markdig refuses what is nested too deeply.
        }

        return AsTyped(body);
    }

    private static string AsTyped(string body) => $"<p>{System.Net.WebUtility.HtmlEncode(body).Replace("\n", "<br>", StringComparison.Ordinal)}</p>";

    /// <summary>Whether a line begins with more signs of quotes and lists than anyone nests; reading thousands of them takes the square of their number.</summary>
    private static bool IsNestedTooDeeply(string body)
    {
        foreach (var line in body.AsSpan().EnumerateLines())
        {
            var signs = 0;
            for (var i = 0; i < line.Length && (line[i] is '>' or '-' or '*' or '+' or '.' or ')' or ' ' or '\t' || char.IsAsciiDigit(line[i])); i++)
            {
                // A sign with a blank after it opens a list; a line of dashes alone is a rule.
                if (line[i] == '>' || (line[i] is '-' or '*' or '+' or '.' or ')' && i + 1 < line.Length && line[i + 1] is ' ' or '\t'))
                    signs++;
            }

            if (signs > 6 * MaxDepth)
                return true;
        }

        return false;
    }

    private static HtmlSanitizer NewSanitizer() => new(new HtmlSanitizerOptions
    {
        AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "p", "br", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a", "h1", "h2", "h3", "h4", "h5", "h6",
        },
        AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "start" },
        AllowedSchemes = new HashSet<string>(Schemes, StringComparer.OrdinalIgnoreCase),
        UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
        AllowedCssProperties = new HashSet<string>(StringComparer.Ordinal),
        AllowedAtRules = new HashSet<AngleSharp.Css.Dom.CssRuleType>(),
        AllowedClasses = new HashSet<string>(StringComparer.Ordinal) { "-" },   // an empty set would allow every class
    })
    {
        KeepChildNodes = true,
        AllowDataAttributes = false,
    };

    private static bool IsWithinLimits(IElement root)
    {
        var (count, level) = (0, root.Children.ToList());
        for (var depth = 0; level.Count > 0; depth++)
        {
            count += level.Count;
            if (depth > MaxDepth || count > MaxElements)
                return false;
            level = [.. level.SelectMany(element => element.Children)];
        }

        return true;
    }

    /// <summary>Headings of a post are no headings of the page; links say where they lead and nothing of who follows them.</summary>
    private static void Tidy(IHtmlDocument document, IElement root)
    {
        foreach (var heading in root.QuerySelectorAll("h1, h2, h3, h4, h5, h6").ToArray())
        {
            var (paragraph, strong) = (document.CreateElement("p"), document.CreateElement("strong"));
            strong.Append([.. heading.ChildNodes]);
            paragraph.Append(strong);
            heading.Replace(paragraph);
        }

        foreach (var link in root.QuerySelectorAll("a").ToArray())
        {
            if (!IsSound(link.GetAttribute("href")))
            {
                link.Replace([.. link.ChildNodes]);
                continue;
            }

            link.SetAttribute("rel", "noopener noreferrer nofollow ugc");
            link.SetAttribute("target", "_blank");
        }
    }

    /// <summary>A whole address of an allowed scheme, without a name and password in it (https://calcities.org@elsewhere leads elsewhere).</summary>
    private static bool IsSound(string? href) =>
        Uri.TryCreate(href, UriKind.Absolute, out var address) && Schemes.Contains(address.Scheme, StringComparer.Ordinal)
        && (address.Scheme == Uri.UriSchemeMailto || address is { UserInfo: "", Host.Length: > 0 });

    /// <summary>Sets apart "@Mayor, Davis" wherever it stands in words, the longest name first; not in links and code.</summary>
    private static void Mark(IHtmlDocument document, IElement root, ImmutableArray<Mention> mentions)
    {
        if (mentions.IsDefaultOrEmpty)
            return;
        foreach (var name in mentions.Select(mention => "@" + mention.Name).Distinct(StringComparer.Ordinal).OrderByDescending(name => name.Length))
        {
            foreach (var text in root.Descendants<IText>().Where(text => text.Data.Contains(name, StringComparison.Ordinal) && text.ParentElement is { } parent && parent.Closest("a, code, pre, b") is null).ToArray())
            {
                var pieces = text.Data.Split(name);
                List<INode> nodes = [document.CreateTextNode(pieces[0])];
                foreach (var piece in pieces[1..])
                {
                    var mark = document.CreateElement("b");
                    mark.ClassName = "mention";
                    mark.TextContent = name;
                    nodes.AddRange([mark, document.CreateTextNode(piece)]);
                }

                text.Replace([.. nodes]);
            }
        }
    }
}
