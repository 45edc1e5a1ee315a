using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CalCities.Collab.Kernel;
using CalCities.Collab.Shell;

namespace CalCities.Collab.Records;

/// <summary>Writes a record as a ZIP: threads to read (Markdown), the events themselves (JSON), and a note on what it is. Read from the log as it stood at one position; a page of events is held at a time.</summary>
internal sealed class RecordExport(RecordQueries records, TimeProvider clock)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public async Task Write(Stream to, RecordOf whose, CancellationToken cancel)
    {
        await using var held = new HeldBack(to);
        await WriteZip(held, whose, cancel);
        await held.FlushAsync(cancel);
    }

    private async Task WriteZip(Stream to, RecordOf whose, CancellationToken cancel)
    {
        var made = clock.GetUtcNow();
        var head = await records.Head(cancel);
        var streams = await whose.Streams(records, cancel);
        await using var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);

        var threads = 0;
        foreach (var stream in streams.Where(stream => stream.Type == "thread"))
        {
            var thread = new ThreadRecord();
            if (!await thread.Survey(records.Events(stream, head, cancel), whose.Begin()))
                continue;
            threads++;
            await using var file = await Entry(zip, $"threads/{thread.FileName(stream)}", made, cancel);
            await using var text = new StreamWriter(file, Utf8) { NewLine = "\n" };
            await thread.Write(text, records.Events(stream, head, cancel), whose.Begin());
        }

        var events = 0L;
        await using (var file = await Entry(zip, "events.json", made, cancel))
        {
            await using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true, Encoder = Kinds.Json.Encoder });
            json.WriteStartArray();
            foreach (var stream in streams)
            {
                var judge = whose.Begin();
                await foreach (var kept in records.Events(stream, head, cancel))
                {
                    if (!judge.IsTheirs(kept.Recorded))
                        continue;
                    events++;
                    WriteEvent(json, kept);
                    await json.FlushAsync(cancel);
                }
            }

            json.WriteEndArray();
        }

        await using (var file = await Entry(zip, "README.txt", made, cancel))
        {
            await using var text = new StreamWriter(file, Utf8) { NewLine = "\r\n" };
            await text.WriteAsync(Note(whose.Name, made, head, threads, events).ReplaceLineEndings("\r\n").AsMemory(), cancel);
        }
    }

    private static void WriteEvent(Utf8JsonWriter json, KeptEvent kept)
    {
        json.WriteStartObject();
        json.WriteNumber("position", kept.Recorded.Position);
        json.WriteString("stream", kept.Recorded.Stream.ToString());
        json.WriteNumber("version", kept.Recorded.Version);
        json.WriteString("time", kept.Recorded.Time);
        json.WriteString("kind", kept.Kind);
        json.WriteString("member", kept.Recorded.Actor.Member!.Value.Value);
        json.WritePropertyName("body");
        json.WriteRawValue(kept.Body);
        json.WriteEndObject();
    }

    private static string Note(string name, DateTimeOffset made, long head, int threads, long events) => string.Create(CultureInfo.InvariantCulture,
        $"""
        The record of {name}
        Made on {Pacific.DateAndTime(made)} (Pacific), when the hub's log stood at position {head}.

        What is here
        threads/      {threads} threads, a file each, to read: what was written and done in them by those whose record this is.
        events.json   The same {events} acts as the hub's log holds them, and acts outside threads: what was done, its stream and the version there,
                      its position in the whole log, and its time (UTC).

        What is not here
        Other people's words. Where a post answers or quotes another's, only that person's office and the date stand here.

        How long it is kept
        Posts are kept; nothing vanishes. An edited post keeps every text it had. A withdrawn or hidden post stays in the record, with its words,
        and is marked so here. The hub has no messages that delete themselves.

        How to check that it is complete
        Every act has a position in the hub's log. Positions run from 1 without a gap and are never given twice, and each stream's versions do too;
        the hub's log can be checked as a whole (its command "verify"). Two exports of the same record, up to the same position, hold the same acts.

        """);

    private static async Task<Stream> Entry(ZipArchive zip, string name, DateTimeOffset made, CancellationToken cancel)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = made;
        return await entry.OpenAsync(cancel);
    }
}
