using System.Net;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Security;
using CalCities.Collab.Voting;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace CalCities.Collab.Meetings;

/// <summary>A meeting's files and static pages from the whole program: what they say, and that a roll call which is hidden until its close is hidden in each of them.</summary>
public sealed class MeetingFilesTests : IAsyncLifetime
{
    private static readonly GroupId Eq = new("eq");
    private static readonly MeetingId June = new("june");
    private const string Formula = "=HYPERLINK(\"https://example.org\")";
    private WholeHost host = null!;
    private MemberId chair, ana, ben, follower;
    private int sent;

    public async ValueTask InitializeAsync()
    {
        host = await WholeHost.Start();
        await host.Do(Eq, new GroupCommand.Found("Environmental Quality", GroupKind.PolicyCommittee, "Air"));
        chair = await host.Join("chair", "Mayor", "Davis", Duty.None, (Eq, Role.Chair));
        ana = await host.Join("ana", "Mayor", "La Cañada Flintridge", Duty.None, (Eq, Role.Member));
        ben = await host.Join("ben", "Mayor", "Ojai", Duty.None, (Eq, Role.Member));
        await host.Join("cal", "Mayor", "Colusa", Duty.None, (Eq, Role.Member));
        follower = await host.Join("follower", "Reader", null, Duty.Follower);
        await host.Do(Eq, new GroupCommand.SetRules(BodyRules.OfTheLeague with { Quorum = QuorumRule.Fixed(2), Tally = TallyPolicy.AfterClose }));
        await Wait();
        await Do(chair, new MeetingCommand.Schedule(Eq, "June <script>alert(1)</script>", false, DateTimeOffset.UtcNow.AddDays(7), new Place("City hall", "", "", "", true)));
        await Do(chair, new MeetingCommand.AddItem(new ItemText(ItemKind.Action, "The air", null, null, [])));
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_posted_agenda_is_anyone_s_and_nothing_of_it_is_told_before()
    {
        using var anyone = await host.Browser(null);
        Assert.Contains("There is no such agenda", await Read(anyone, "/agendas/june"), StringComparison.Ordinal);
        await Do(chair, new MeetingCommand.PostAgenda());
        await Do(chair, new MeetingCommand.AddItem(new ItemText(ItemKind.Action, "Not yet posted", null, null, [])));

        var posted = await Read(anyone, "/agendas/june");
        Assert.Contains("The air", posted, StringComparison.Ordinal);
        Assert.DoesNotContain("Not yet posted", posted, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", posted, StringComparison.Ordinal);
        Assert.Contains("There is no such agenda", await Read(anyone, "/agendas/nobody-s"), StringComparison.Ordinal);
        Assert.Contains("There is no such agenda", await Read(anyone, "/agendas/UPPER..x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_roll_call_hidden_until_its_close_is_in_no_file_and_afterwards_in_each()
    {
        await Open();
        await Do(ana, new MeetingCommand.Cast(1, ana, Choice.No, 1));
        using var reads = await host.Browser(follower);
        Assert.DoesNotContain("La Cañada Flintridge: No", await Read(reads, "/meetings/june/record"), StringComparison.Ordinal);
        Assert.DoesNotContain("Flintridge", await Read(reads, "/meetings/june/votes.csv"), StringComparison.Ordinal);
        Assert.DoesNotContain("Flintridge: No", WordsOf(await Bytes(reads, "/meetings/june/minutes.docx")), StringComparison.Ordinal);

        await Do(ben, new MeetingCommand.Cast(1, ben, Choice.Yes, 1));
        await Do(chair, new MeetingCommand.Cast(1, chair, Choice.Yes, 1));
        await Do(chair, new MeetingCommand.CloseVote(1));

        var (csv, word, page) = (await Read(reads, "/meetings/june/votes.csv"), WordsOf(await Bytes(reads, "/meetings/june/minutes.docx")), await Read(reads, "/meetings/june/record"));
        Assert.Contains("1,adopted,Basic motion,\"'=HYPERLINK", csv, StringComparison.Ordinal);   // the formula is quoted for spreadsheets
        Assert.Contains("\"Mayor, La Cañada Flintridge\",No,no,", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",=HYPERLINK", csv, StringComparison.Ordinal);
        foreach (var text in new[] { word, WebUtility.HtmlDecode(page) })
        {
            Assert.Contains("Vote 1: adopted", text, StringComparison.Ordinal);
            Assert.Contains("Adopted: 2 Yes, 1 No.", text, StringComparison.Ordinal);
            Assert.Contains("Mayor, Colusa", text, StringComparison.Ordinal);   // absent, by name
            Assert.Matches(@"Mayor,LaCañadaFlintridge\([0-9A-F]{4}-[0-9A-F]{4}\)", string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))));   // a line may break there
        }

        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_are_headings()
    {
        var lines = Enumerable.Range(0, 400).Select(number => new MinutesLine(number % 20 == 0 ? 1 : 2, $"{number} {new string('w', 150)} ✓ ñ “quoted” words that go on and on until the line is full and broken")).Prepend(new(0, "Title")).ToArray();
        using var word = WordprocessingDocument.Open(new MemoryStream(MinutesFiles.Word(lines)), isEditable: false);
        Assert.Equal(20, word.MainDocumentPart!.Document!.Body!.Elements<Paragraph>().Count(paragraph => paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value == "Heading1"));
    }

    [Fact]
    public async Task Who_is_not_signed_in_gets_no_file_and_a_meeting_that_is_not_there_has_none()
    {
        using var anyone = await host.Browser(null);
        using var reads = await host.Browser(follower);
        foreach (var file in new[] { "votes.csv", "minutes.docx", "record" })
        {
            using var asked = await anyone.GetAsync(new Uri($"/meetings/june/{file}", UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
            using var none = await reads.GetAsync(new Uri($"/meetings/none/{file}", UriKind.Relative), Cancel);
            Assert.Equal(file == "record" ? HttpStatusCode.OK : HttpStatusCode.NotFound, none.StatusCode);
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>In session with three of four seats, a motion that is a formula for a spreadsheet put to a roll call.</summary>
    private async Task Open()
    {
        await Do(chair, new MeetingCommand.PostAgenda());
        await Do(chair, new MeetingCommand.OpenRoll(Eq));
        foreach (var member in new[] { chair, ana, ben })
            await Do(member, new MeetingCommand.CheckIn(member, member, IsRemote: member == ben));
        await Do(chair, new MeetingCommand.CallToOrder());
        await Do(chair, new MeetingCommand.CallItem(1));
        await Do(ana, new MeetingCommand.MakeMotion(ana, MotionKind.Main, new MotionWords(null, "", Formula)));
        await Do(ben, new MeetingCommand.SecondMotion(1, ben));
        await Do(chair, new MeetingCommand.OpenVote(1, VoteMethod.RollCall));
    }

    private async Task Do(MemberId by, MeetingCommand command)
    {
        var outcome = await host.Door.Execute(Caller.InProcess(by), June, new CommandId($"act-{++sent}"), command, Cancel);
        await host.CaughtUp(Assert.IsType<Outcome.Recorded>(outcome).Position);
    }

    private async Task Wait() =>
        await host.CaughtUp(Assert.IsType<Outcome.Recorded>(await host.Door.Execute(new Actor.Program("test"), new GroupId("last"), new("last"), new GroupCommand.Found("Last", GroupKind.Caucus, ""), Cancel)).Position);

    private static Task<string> Read(HttpClient browser, string address) => browser.GetStringAsync(new Uri(address, UriKind.Relative), Cancel);

    private static Task<byte[]> Bytes(HttpClient browser, string address) => browser.GetByteArrayAsync(new Uri(address, UriKind.Relative), Cancel);

    private static string WordsOf(byte[] docx)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(docx), isEditable: false);
        return string.Join('\n', document.MainDocumentPart!.Document!.Body!.Elements<Paragraph>().Select(paragraph => paragraph.InnerText));
    }
}
