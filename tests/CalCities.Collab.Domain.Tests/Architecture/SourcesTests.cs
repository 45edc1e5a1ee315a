using System.Reflection;
using System.Text.RegularExpressions;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Architecture;

/// <summary>What is held by reading the sources as text.</summary>
public sealed partial class SourcesTests
{
    [Fact]
    public void Every_refusal_is_used_by_a_test()
    {
        var tests = string.Join('\n', Files("tests", ".cs").Select(file => file.Text));
        var refusals = from assembly in new[] { typeof(Kinds).Assembly, typeof(IDoor).Assembly }
                       from type in assembly.GetTypes()
                       where type.Name.EndsWith("Refusals", StringComparison.Ordinal)
                       from member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly)
                       where member is FieldInfo { IsPrivate: false } field && field.FieldType == typeof(Refusal)
                             || member is MethodInfo { IsPrivate: false, IsSpecialName: false } method && method.ReturnType == typeof(Refusal)
                             || member is PropertyInfo property && property.PropertyType == typeof(Refusal)
                       select $"{type.Name}.{member.Name}";

        Assert.Empty(from name in refusals
                     where !Regex.IsMatch(tests, $@"\b{Regex.Escape(name)}\b", RegexOptions.None, TimeSpan.FromSeconds(1))
                     select name);
    }

    /// <summary>
    /// What people wrote becomes markup in one place, which sanitises it (PostText). The others write the palette, which is the program's own, into a
    /// style element (ThemeStyles), and what the framework has rendered to HTML, encoded as it always is (SharedPost). Nothing else may even name these.
    /// </summary>
    [Fact]
    public void Markup_is_made_in_three_places_and_from_peoples_text_in_one() =>
        Assert.Equal(
            ["src/CalCities.Collab.Web/Shell/ThemeStyles.cs", "src/CalCities.Collab.Web/Threads/PostText.cs", "src/CalCities.Collab.Web/Threads/SharedPost.cs"],
            from file in Files("src", ".cs", ".razor")
            where RawMarkup().IsMatch(file.Text)
            orderby file.Path
            select file.Path, StringComparer.Ordinal);

    /// <summary>HTML that is shared between viewers is what the framework's renderer returned: all that the file says of markup is in these lines.</summary>
    [Fact]
    public void Shared_html_is_made_by_the_framework_alone()
    {
        var lines = File.ReadAllText(Path.Combine(Repository.Root, "src/CalCities.Collab.Web/Threads/SharedPost.cs")).Split('\n');
        Assert.Equal(
            [
                "public MarkupString Avatar { get; }",
                "public MarkupString? Head { get; }",
                "private static MarkupString Html<TComponent>(params (string Name, object? Value)[] parameters) where TComponent : IComponent",
                "return new MarkupString(renderer.Dispatcher",
                ".InvokeAsync(() => renderer.BeginRenderingComponent<TComponent>(given).ToHtmlString())",
            ],
            from at in Enumerable.Range(0, lines.Length)
            where RawMarkup().IsMatch(lines[at]) || (at > 0 && lines[at - 1].Contains("new MarkupString", StringComparison.Ordinal))
            select lines[at].Trim(), StringComparer.Ordinal);
    }

    [Fact]
    public void No_page_style_or_script_loads_anything_from_another_host() =>
        Assert.Empty(from file in Files("src", ".cs", ".razor", ".css", ".js", ".html")
                     from Match match in ForeignLoad().Matches(file.Text)
                     select $"{file.Path}: {match.Value}");

    /// <summary>A test that sleeps is slow when all is well and wrong when the machine is busy: it waits for a condition, or turns a fake clock.</summary>
    [Fact]
    public void No_test_sleeps() =>
        Assert.Empty(from file in Files("tests", ".cs")
                     where Sleep().IsMatch(file.Text)
                     select file.Path);

    [Fact]
    public void Nothing_is_left_to_do_in_the_code() =>
        Assert.Empty(from file in Files("src", ".cs", ".razor", ".css", ".js", ".sql").Concat(Files("tests", ".cs", ".razor")).Concat(Files("bench", ".cs"))
                     where LeftToDo().IsMatch(file.Text)
                     select file.Path);

    [Fact]
    public void Methods_of_the_domain_and_of_grains_carry_no_Async_suffix() =>
        Assert.Empty(from type in typeof(Kinds).Assembly.GetTypes().Concat(typeof(IDoor).Assembly.GetTypes().Where(type => typeof(IGrain).IsAssignableFrom(type) && type.IsInterface))
                     where type.Namespace?.StartsWith("CalCities.Collab", StringComparison.Ordinal) == true
                     from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                     where method.Name.EndsWith("Async", StringComparison.Ordinal)
                     select $"{type}.{method.Name}");

    private static IEnumerable<(string Path, string Text)> Files(string folder, params string[] endings) =>
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Repository.Root, path)
        where endings.Contains(Path.GetExtension(path), StringComparer.Ordinal)
              && !relative.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"], StringComparer.Ordinal).Any()
        select (relative, File.ReadAllText(path));

    [GeneratedRegex(@"\bMarkupString\b|\bAddMarkupContent\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RawMarkup();

    // A link that a person may follow (a href) loads nothing.
    [GeneratedRegex(
        @"\b(src|srcset|poster|data|action|formaction)\s*=\s*[""']?(https?:)?//[^\s""']*|<link\b[^>]*\bhref\s*=\s*[""']?(https?:)?//[^\s""']*|\burl\(\s*[""']?(https?:)?//[^\s""')]*|@import\s+[""'](https?:)?//[^\s""']*|\b(import|fetch|from|importScripts|WebSocket|EventSource|Worker)\s*\(?\s*[""'`](https?:|wss?:)?//[^\s""'`]*",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ForeignLoad();

    [GeneratedRegex(@"\bTask\s*\.\s*Delay\s*\(|\bThread\s*\.\s*Sleep\s*\(|\bWaitForTimeoutAsync\s*\(", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LeftToDo();
}
