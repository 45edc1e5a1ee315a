using System.Collections.Immutable;
using System.Diagnostics;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CalCities.Collab.Members;

namespace CalCities.Collab.Threads;

public sealed class PostTextTests
{
    private static readonly ImmutableArray<Mention> Mentions = [new(new MemberId("eq-chair"), "Mayor, Davis"), new(new MemberId("eq-member-01"), "Mayor, Davis Junction")];

    [Theory]
    [InlineData("Rates **must** follow *costs*.", "<p>Rates <strong>must</strong> follow <em>costs</em>.</p>")]
    [InlineData("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>")]
    [InlineData("~~no~~", "<p><del>no</del></p>")]
    [InlineData("- a\n- b", "<ul><li>a</li><li>b</li></ul>")]
    [InlineData("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>")]
    [InlineData("> quoted", "<blockquote><p>quoted</p></blockquote>")]
    [InlineData("`a < b`", "<p><code>a &lt; b</code></p>")]
    [InlineData("```csharp\nx\n```", "<pre><code>x</code></pre>")]
    [InlineData("# Title", "<p><strong>Title</strong></p>")]
    [InlineData("a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>")]
    [InlineData("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>")]
    [InlineData("[text](https://leginfo.legislature.ca.gov/x \"title\")", "<p><a href=\"https://leginfo.legislature.ca.gov/x\" rel=\"noopener noreferrer nofollow ugc\" target=\"_blank\">text</a></p>")]
    [InlineData("see www.calcities.org", "<p>see <a href=\"http://www.calcities.org\" rel=\"noopener noreferrer nofollow ugc\" target=\"_blank\">www.calcities.org</a></p>")]
    [InlineData("<clerk@davis.example>", "<p><a href=\"mailto:clerk@davis.example\" rel=\"noopener noreferrer nofollow ugc\" target=\"_blank\">clerk@davis.example</a></p>")]
    [InlineData("[x](javascript:alert(1))", "<p>x</p>")]
    [InlineData("[x](/signout)", "<p>x</p>")]
    [InlineData("[x](https://calcities.org@hostile.example/)", "<p>x</p>")]
    [InlineData("![the bill](https://hostile.example/x.png)", "<p><a href=\"https://hostile.example/x.png\" rel=\"noopener noreferrer nofollow ugc\" target=\"_blank\">the bill</a></p>")]
    [InlineData("@Mayor, Davis and @Mayor, Davis Junction", "<p><b class=\"mention\">@Mayor, Davis</b> and <b class=\"mention\">@Mayor, Davis Junction</b></p>")]
    [InlineData("`@Mayor, Davis` [@Mayor, Davis](https://a.example)", "<p><code>@Mayor, Davis</code> <a href=\"https://a.example\" rel=\"noopener noreferrer nofollow ugc\" target=\"_blank\">@Mayor, Davis</a></p>")]
    [InlineData("@Mayor, Fresno", "<p>@Mayor, Fresno</p>")]
    public void Markdown_becomes_the_plainest_html(string written, string shown) =>
        Assert.Equal(shown, PostText.Html(written, Mentions).Replace("\n", "", StringComparison.Ordinal));

    [Fact]
    public void Quoted_words_stand_on_one_line_without_the_signs_of_markdown() =>
        Assert.Equal("That was our condition: rates follow costs", PostWords.Plain("> That was **our**\n\n## condition:\n- rates ~~follow~~\n- `costs`"));

    [Fact]
    public void There_are_enough_hostile_posts_and_each_has_a_name_of_its_own()
    {
        Assert.True(HostilePosts.All.Length >= 60, $"{HostilePosts.All.Length} hostile posts");
        Assert.Equal(HostilePosts.All.Length, HostilePosts.All.Select(post => post.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(HostilePosts.All, post => Assert.InRange(post.Body.Length, 1, ThreadDecider.MaxBodyLength));
    }

    public static TheoryData<string> Hostile => [.. HostilePosts.All.Select(post => post.Name)];

    [Theory, MemberData(nameof(Hostile))]
    public void A_hostile_post_becomes_allowed_elements_alone_in_a_moment(string name)
    {
        var body = HostilePosts.All.Single(post => string.Equals(post.Name, name, StringComparison.Ordinal)).Body;
        var html = PostText.Html(body, Mentions);
        Assert.InRange(Enumerable.Range(0, 3).Min(_ => Time(body)), TimeSpan.Zero, TimeSpan.FromSeconds(1));   // the machine may be busy with other tests
        Assert.InRange(html.Length, 1, 20 * ThreadDecider.MaxBodyLength);

        // As a browser reads it inside the page: nothing gets out of the div, nothing but the allow-list is in it.
        var document = new HtmlParser().ParseDocument($"<!DOCTYPE html><body><div id=post>{html}</div><i id=after></i>");
        var post = document.GetElementById("post")!;
        Assert.Same(document.GetElementById("after"), post.NextElementSibling);
        Assert.Equal(html, post.InnerHtml);
        Assert.DoesNotContain(post.Descendants(), node => node.NodeType is NodeType.Comment or NodeType.ProcessingInstruction or NodeType.CharacterData);
        Assert.All(post.QuerySelectorAll("*"), Allowed);
        Assert.InRange(post.QuerySelectorAll("*").Select(Depth).DefaultIfEmpty().Max(), 0, PostText.MaxDepth + 6);
    }

    [Fact]
    public void What_is_nested_or_cut_up_too_much_is_shown_as_it_was_typed() =>
        Assert.Equal("<p>" + string.Concat(Enumerable.Repeat("&gt; ", 200)) + "x</p>", PostText.Html(string.Concat(Enumerable.Repeat("> ", 200)) + "x", []));

    [Fact]
    public void A_post_may_have_fifteen_hundred_signs_of_markdown_and_with_more_is_shown_as_it_was_typed()
    {
        var most = string.Concat(Enumerable.Repeat("*a* ", PostText.MaxSigns / 2)).Trim();
        Assert.Equal("<p>" + string.Concat(Enumerable.Repeat("<em>a</em> ", PostText.MaxSigns / 2)).Trim() + "</p>", PostText.Html(most, []).Trim());
        Assert.Equal($"<p>{most} *</p>", PostText.Html(most + " *", []));
    }

    [Fact]
    public void A_text_is_worked_out_once_for_all_pages_and_written_as_markup()
    {
        var text = new Revision(DateTimeOffset.UnixEpoch, "**yes** <i>no</i>", []);
        Assert.Equal("<div class=\"words\"><p><strong>yes</strong> &lt;i&gt;no&lt;/i&gt;</p>\n</div>", PostText.Of(text).Value);
        Assert.Same(PostText.Of(text).Value, PostText.Of(text).Value);
        Assert.Equal("<div class=\"words\"><p>two</p>\n</div>", PostText.Of(text with { Body = "two" }).Value);
    }

    private static TimeSpan Time(string body)
    {
        var watch = Stopwatch.StartNew();
        _ = PostText.Html(body, Mentions);
        return watch.Elapsed;
    }

    private static void Allowed(IElement element)
    {
        Assert.Contains(element.LocalName, (string[])["p", "br", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a", "b"]);
        Assert.Equal("http://www.w3.org/1999/xhtml", element.NamespaceUri);
        foreach (var attribute in element.Attributes)
        {
            switch (element.LocalName, attribute.Name)
            {
                case ("a", "href"):
                    Assert.Contains(new Uri(attribute.Value, UriKind.Absolute).Scheme, (string[])["https", "http", "mailto"]);
                    break;
                case ("a", "rel"):
                    Assert.Equal("noopener noreferrer nofollow ugc", attribute.Value);
                    break;
                case ("a", "target"):
                    Assert.Equal("_blank", attribute.Value);
                    break;
                case ("ol", "start"):
                    Assert.Matches("^[0-9]{1,9}$", attribute.Value);
                    break;
                case ("b", "class"):
                    Assert.Equal("mention", attribute.Value);
                    break;
                default:
                    Assert.Fail($"{attribute.Name} on {element.LocalName}");
                    break;
            }
        }
    }

    private static int Depth(IElement element) => element.ParentElement is { } parent ? 1 + Depth(parent) : 0;
}
