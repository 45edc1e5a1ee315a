using System.Text.Json;
using System.Text.Json.Nodes;

namespace CalCities.Collab.Voting;

/// <summary>
/// The cases of ../shared/vectors/thresholds, where that folder is, and of each file below the folder that COLLAB_THRESHOLD_CASES names.
/// A case of an unknown kind, or with an expectation that nothing here works out, has failed.
/// </summary>
public sealed class VectorTests
{
    private const string Named = "COLLAB_THRESHOLD_CASES";

    [Fact]
    public void Every_case_of_the_vectors_comes_out_as_it_says()
    {
        var wrong = new List<string>();
        foreach (var file in Files())
        {
            var read = 0;
            foreach (var item in Cases(file))
            {
                read++;
                wrong.AddRange(Wrong(item).Select(what => $"{Path.GetFileName(file)}, {item["id"]}: {what}"));
            }

            if (read == 0)
            {
                wrong.Add($"{file} has no cases.");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("""{"kind":"motion","rule":{"base":"cast","fraction":"1/2","strict":true},"yes":1,"no":0,"expect":{"result":"rejected"}}""", "result: \"adopted\", not \"rejected\"")]
    [InlineData("""{"kind":"motion","rule":{"base":"cast","fraction":"1/2","strict":true},"yes":1,"no":0,"expect":{"mood":"merry"}}""", "mood: nothing works it out")]
    [InlineData("""{"kind":"motion","rule":{"base":"cast","fraction":"1/2","strict":true},"yes":1,"no":0}""", "it expects nothing")]
    [InlineData("""{"kind":"motion","rule":{"base":"heads","fraction":"1/2","strict":true},"yes":1,"no":0,"expect":{"result":"adopted"}}""", "it can't be run: unknown base heads")]
    [InlineData("""{"kind":"motion","expect":{"result":"adopted"}}""", "it can't be run: no rule")]
    [InlineData("""{"kind":"seance","expect":{"result":"adopted"}}""", "it can't be run: unknown kind seance")]
    public void A_case_that_cannot_be_run_or_comes_out_otherwise_has_failed(string item, string what) =>
        Assert.Equal([what], Wrong(JsonNode.Parse(item)!.AsObject()));

    private static IEnumerable<string> Files()
    {
        var folders = new List<string>();
        if (Repository.Shared("vectors", "thresholds") is { } shared)
        {
            folders.Add(shared);
        }

        if (Environment.GetEnvironmentVariable(Named) is { Length: > 0 } named)
        {
            Assert.True(Directory.Exists(named), $"{Named} names no folder: {named}");
            folders.Add(named);
        }

        foreach (var folder in folders)
        {
            var files = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories);
            Assert.True(files.Length > 0, $"No *.json below {folder}");
            foreach (var file in files)
            {
                yield return file;
            }
        }
    }

    private static IEnumerable<JsonObject> Cases(string file) =>
        JsonNode.Parse(File.ReadAllText(file)) switch
        {
            JsonArray all => all.Select(item => item!.AsObject()),
            JsonObject one when one["cases"] is JsonArray all => all.Select(item => item!.AsObject()),
            JsonObject one when one["kind"] is not null => [one],
            _ => [],
        };

    private static IEnumerable<string> Wrong(JsonObject item)
    {
        JsonObject got;
        try
        {
            got = VectorCase.Run(item);
        }
        catch (Exception cannot) when (cannot is FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException or JsonException)
        {
            return [$"it can't be run: {cannot.Message}"];
        }

        return item["expect"] is not JsonObject { Count: > 0 } expected
            ? ["it expects nothing"]
            : from pair in expected
              where !got.ContainsKey(pair.Key) || !Same(got[pair.Key], pair.Value)
              select got.ContainsKey(pair.Key) ? $"{pair.Key}: {Text(got[pair.Key])}, not {Text(pair.Value)}" : $"{pair.Key}: nothing works it out";
    }

    /// <summary>A list of moves is a set; who is elected stands in the order of votes.</summary>
    private static bool Same(JsonNode? got, JsonNode? expected) =>
        got is JsonArray { Parent: JsonObject parent } some && expected is JsonArray others && parent["allowed"] == some
            ? some.Select(Text).Order(StringComparer.Ordinal).SequenceEqual(others.Select(Text).Order(StringComparer.Ordinal), StringComparer.Ordinal)
            : JsonNode.DeepEquals(got, expected);

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";
}
