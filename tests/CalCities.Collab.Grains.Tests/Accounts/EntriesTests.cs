using CalCities.Collab.Kernel;
using CalCities.Collab.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Accounts;

public sealed class EntriesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(EntryKind.Mail, 30)]
    [InlineData(EntryKind.Invitation, 14 * 24 * 60)]
    public void A_link_lets_in_once_until_its_time_is_over_and_looking_at_it_uses_nothing_up(EntryKind kind, int minutes)
    {
        var (entries, issued) = new Entries().Issue(kind, "m9", Noon)!.Value;
        var last = Noon.AddMinutes(minutes).AddSeconds(-1);

        Assert.Equal(Noon.AddMinutes(minutes), issued.Ends);
        Assert.Equal(new EntryAnswer(EntryState.Good, kind, "m9"), entries.Look(issued.Secret, last));
        Assert.Equal(EntryAnswer.Unknown, entries.Look(issued.Secret + "x", last));
        Assert.Equal(EntryState.Expired, entries.Look(issued.Secret, issued.Ends).State);
        Assert.Equal(EntryState.Expired, entries.Use(issued.Secret, issued.Ends).Answer.State);

        var (after, first) = entries.Use(issued.Secret, last);
        Assert.Equal(new EntryAnswer(EntryState.Good, kind, "m9"), first);
        Assert.Equal(EntryState.Used, after.Use(issued.Secret, last).Answer.State);
        Assert.Equal(EntryState.Used, after.Look(issued.Secret, last).State);
        Assert.Equal(EntryState.Unknown, after.UseCode(issued.Code, last).Answer.State);
    }

    [Fact]
    public void A_mails_code_is_taken_however_it_is_typed_and_uses_up_the_link_too()
    {
        var (entries, issued) = new Entries().Issue(EntryKind.Mail, "", Noon)!.Value;
        Assert.Matches("^[BCDFGHJKLMNPQRSTVWXZ]{8}$", issued.Code);

        var (after, answer) = entries.UseCode($" {issued.Code[..4].ToLowerInvariant()}-{issued.Code[4..]} ", Noon);

        Assert.Equal(EntryState.Good, answer.State);
        Assert.Equal(EntryState.Used, after.Use(issued.Secret, Noon).Answer.State);
        Assert.Equal(EntryState.Unknown, after.UseCode(issued.Code, Noon).Answer.State);
        Assert.Equal(EntryState.Unknown, entries.UseCode(issued.Code, issued.Ends).Answer.State);
    }

    [Fact]
    public void Five_wrong_tries_end_a_code_but_not_its_link()
    {
        var (entries, issued) = new Entries().Issue(EntryKind.Mail, "", Noon)!.Value;
        for (var wrong = 0; wrong < 4; wrong++)
            entries = entries.UseCode("BBBBBBBB", Noon).After;
        Assert.Equal(EntryState.Good, entries.UseCode(issued.Code, Noon).Answer.State);

        entries = entries.UseCode("BBBBBBBB", Noon).After;

        Assert.Equal(EntryState.Unknown, entries.UseCode(issued.Code, Noon).Answer.State);
        Assert.Equal(EntryState.Good, entries.Use(issued.Secret, Noon).Answer.State);
    }

    [Fact]
    public void An_hour_has_twelve_mails_and_a_clerks_code_still_after_them_which_ends_the_one_before()
    {
        var entries = new Entries();
        for (var i = 0; i < 12; i++)
            entries = entries.Issue(i == 0 ? EntryKind.Invitation : EntryKind.Mail, "", Noon)!.Value.After;
        Assert.Null(entries.Issue(EntryKind.Mail, "", Noon.AddMinutes(59)));
        Assert.Null(entries.Issue(EntryKind.Invitation, "", Noon.AddMinutes(59)));
        Assert.NotNull(entries.Issue(EntryKind.Mail, "", Noon.AddHours(1)));

        var (once, first) = entries.Issue(EntryKind.ClerkCode, "clerk", Noon)!.Value;
        var (twice, second) = once.Issue(EntryKind.ClerkCode, "clerk", Noon)!.Value;
        Assert.Equal(EntryState.Unknown, twice.UseCode(first.Code, Noon).Answer.State);
        Assert.Equal(new EntryAnswer(EntryState.Good, EntryKind.ClerkCode, "clerk"), twice.UseCode(second.Code, Noon.AddMinutes(9)).Answer);
        Assert.Equal(EntryState.Unknown, twice.UseCode(second.Code, Noon.AddMinutes(10)).Answer.State);
    }

    [Fact]
    public void What_is_kept_is_bounded_and_holds_neither_secret_nor_code()
    {
        var entries = new Entries();
        for (var hour = 0; hour < 100; hour++)
            entries = entries.Issue(EntryKind.Mail, "", Noon.AddHours(hour))!.Value.After;
        var (last, issued) = entries.Issue(EntryKind.Mail, "", Noon.AddHours(100))!.Value;

        Assert.Equal(Entries.MaxKept, last.Issued.Count);
        Assert.DoesNotContain(issued.Secret, string.Join('\n', last.Issued), StringComparison.Ordinal);
        Assert.DoesNotContain(issued.Code, string.Join('\n', last.Issued), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_who_open_the_same_link_at_once_one_comes_in_and_none_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("collab-entries-");
        var connection = $"Data Source={Path.Combine(folder.FullName, "collab.db")}";
        IssuedEntry issued;
        await using (var hub = await TestHub.Start(connection))
        {
            var grain = hub.Grains.GetGrain<IEntryGrain>("m1");
            issued = (await grain.Issue(EntryKind.Mail, "m1"))!;
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => grain.Use(issued.Secret)));
            Assert.Equal(1, answers.Count(answer => answer.State == EntryState.Good));
            Assert.Equal(19, answers.Count(answer => answer.State == EntryState.Used));
        }

        await using (var hub = await TestHub.Start(connection))
            Assert.Equal(EntryState.Used, (await hub.Grains.GetGrain<IEntryGrain>("m1").Use(issued.Secret)).State);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_passkeys_challenge_is_taken_once_by_whom_it_is_for()
    {
        await using var hub = await TestHub.Start();
        await hub.Grains.GetGrain<IChallengeGrain>("c1").Keep("m1", "state");
        Assert.Equal("state", await hub.Grains.GetGrain<IChallengeGrain>("c1").Take("m1"));
        Assert.Null(await hub.Grains.GetGrain<IChallengeGrain>("c1").Take("m1"));

        await hub.Grains.GetGrain<IChallengeGrain>("c2").Keep("m1", "state");
        Assert.Null(await hub.Grains.GetGrain<IChallengeGrain>("c2").Take("m2"));
        Assert.Null(await hub.Grains.GetGrain<IChallengeGrain>("c2").Take("m1"));
    }

    [Theory]
    [InlineData(4, "state")]
    [InlineData(6, null)]
    public async Task A_passkeys_challenge_is_good_for_five_minutes(int minutes, string? given)
    {
        var clock = new LaterClock();
        await using var hub = await TestHub.Start(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await hub.Grains.GetGrain<IChallengeGrain>("c1").Keep("", "state");
        clock.Later = TimeSpan.FromMinutes(minutes);

        Assert.Equal(given, await hub.Grains.GetGrain<IChallengeGrain>("c1").Take(""));
    }

    [Fact]
    public async Task The_first_admins_link_is_taken_once_and_given_back_if_nothing_came_of_it()
    {
        await using var hub = await TestHub.Start();
        var grain = hub.Grains.GetGrain<IFirstAdminGrain>(IFirstAdminGrain.Key);
        var (one, other) = (await grain.Issue(), await grain.Issue());

        Assert.False(await grain.Take("guess"));
        Assert.True(await grain.Take(one));
        Assert.False(await grain.Take(other));
        await grain.GiveBack();
        Assert.True(await grain.Take(other));
        Assert.False(await grain.IsGood(one));
    }

    [Theory]
    [InlineData("m-1.abc_-9", true, "m-1", "abc_-9")]
    [InlineData("m.1.abc", true, "m.1", "abc")]
    [InlineData("abc", false, null, "")]
    [InlineData(".abc", false, null, "")]
    [InlineData("nobody 3.abc", false, "nobody 3", "abc")]
    [InlineData(null, false, null, "")]
    public void A_links_last_part_names_the_member_and_holds_the_secret(string? token, bool reads, string? member, string secret)
    {
        Assert.Equal(reads, EntryToken.TryRead(token, out var who, out var found));
        Assert.Equal((member, secret), (who.Value, found));
        if (reads)
            Assert.Equal(token, EntryToken.Of(who, found));
    }

    [Fact]
    public async Task A_session_that_was_given_an_end_ends_then()
    {
        await using var hub = await TestHub.Start();
        var access = hub.Grains.GetGrain<IAccessGrain>("m1");
        var over = await access.Begin("A browser", "code from the clerk", DateTimeOffset.UtcNow.AddSeconds(-1));
        var holds = await access.Begin("A browser", "code from the clerk", DateTimeOffset.UtcNow.AddHours(12));

        Assert.Equal(PassState.Ended, await access.StateOf(over));
        Assert.Equal(PassState.Session, await access.StateOf(holds));
        Assert.Equal([holds], from session in await access.Sessions() select session.Pass);
    }
}
