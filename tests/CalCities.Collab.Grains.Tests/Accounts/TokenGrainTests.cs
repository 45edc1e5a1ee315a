using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CalCities.Collab.Accounts;

public sealed class TokenGrainTests : IAsyncLifetime
{
    private readonly LaterClock clock = new();
    private TestHub hub = null!;

    public async ValueTask InitializeAsync() =>
        hub = await TestHub.Start(configure: builder => builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));

    [Fact]
    public async Task A_token_ends_by_itself_on_its_day()
    {
        var token = await Make("Minutes", mayWrite: true);
        var pass = await Admit(token);

        clock.Later = TimeSpan.FromDays(30) + TimeSpan.FromMinutes(1);

        Assert.Equal(PassState.Ended, await StateOf(pass));
        Assert.Null(await Grain.Admit(token.Id, token.Secret));
        Assert.Empty(await Grain.Tokens());
    }

    [Fact]
    public async Task A_tokens_secret_is_shown_once_and_opens_what_its_scope_says()
    {
        var (read, write) = (await Make("Agenda screen", mayWrite: false), await Make("Minutes", mayWrite: true));

        Assert.Equal((PassState.ReadToken, PassState.WriteToken), (await StateOf(await Admit(read)), await StateOf(await Admit(write))));
        var listed = await Grain.Tokens();
        Assert.Equal(["Minutes", "Agenda screen"], listed.Select(token => token.Name), StringComparer.Ordinal);
        Assert.All(listed, token => Assert.DoesNotContain(read.Secret, token.ToString(), StringComparison.Ordinal));
        Assert.All(listed, token => Assert.NotNull(token.Used));
    }

    [Fact]
    public async Task Nothing_else_opens_it()
    {
        var token = await Make("Minutes", mayWrite: true);
        var other = await Make("Other", mayWrite: true);

        Assert.Null(await Grain.Admit(token.Id, other.Secret));
        Assert.Null(await Grain.Admit(token.Id, token.Secret[..^1]));
        Assert.Null(await Grain.Admit(token.Id, ""));
        Assert.Null(await Grain.Admit("0000000000000000", token.Secret));
        Assert.Null(await hub.Grains.GetGrain<ITokenGrain>("rt-chair").Admit(token.Id, token.Secret));
        Assert.Equal(PassState.Ended, await StateOf("token:0000000000000000"));
        Assert.Equal(PassState.Ended, await StateOf("token:"));
        Assert.Equal(PassState.Ended, await hub.Grains.GetGrain<IAccessGrain>("rt-chair").StateOf($"token:{token.Id}"));
    }

    [Fact]
    public async Task Ending_one_ends_it_at_once_and_leaves_the_others()
    {
        var (first, second) = (await Make("First", mayWrite: true), await Make("Second", mayWrite: true));
        var pass = await Admit(first);

        await Grain.End(first.Id);

        Assert.Equal(PassState.Ended, await StateOf(pass));
        Assert.Null(await Grain.Admit(first.Id, first.Secret));
        Assert.Equal(PassState.WriteToken, await StateOf(await Admit(second)));
        await Grain.End(first.Id);
        Assert.Equal(["Second"], (await Grain.Tokens()).Select(token => token.Name), StringComparer.Ordinal);
    }

    [Fact]
    public async Task It_is_kept_hashed_over_a_restart_of_its_grain()
    {
        var token = await Make("Minutes", mayWrite: true);
        await hub.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

        Assert.Equal(PassState.WriteToken, await StateOf(await Admit(token)));
    }

    [Fact]
    public async Task A_person_has_twenty_at_most()
    {
        for (var i = 0; i < ITokenGrain.MaxTokens; i++)
            await Make($"Program {i}", mayWrite: false);

        Assert.Equal(new MadeToken(null, TokenRefusals.TooMany), await Grain.Make("One more", false, DateTimeOffset.UtcNow.AddDays(1)));

        await Grain.End((await Grain.Tokens())[0].Id);
        Assert.NotNull((await Grain.Make("In its place", false, DateTimeOffset.UtcNow.AddDays(1))).Secret);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("  ", 1)]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901", 1)]
    public async Task It_needs_a_name(string name, int days) =>
        Assert.Equal(new MadeToken(null, TokenRefusals.NoName), await Grain.Make(name, false, DateTimeOffset.UtcNow.AddDays(days)));

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(367)]
    public async Task It_ends_within_a_year(int days) =>
        Assert.Equal(new MadeToken(null, TokenRefusals.BadEnd), await Grain.Make("Minutes", false, DateTimeOffset.UtcNow.AddDays(days)));

    [Fact]
    public async Task The_door_takes_no_command_by_a_token_that_reads()
    {
        await hub.Join("eq-chair", "Mayor", "Davis");
        var read = await Admit(await Make("Agenda screen", mayWrite: false));
        var command = new GroupCommand.VacateSeat(new MemberId("x"));

        Assert.Equal(new Outcome.Refused(KernelRefusals.TokenReadsOnly), await hub.Door.Execute(new Caller(new MemberId("eq-chair"), read), new GroupId("eq"), new("c1"), command, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("cct.eq-chair.00ff.abc_-", "eq-chair", "00ff", "abc_-")]
    [InlineData("cct.a.member.with.dots.00ff.abc", "a.member.with.dots", "00ff", "abc")]
    public void A_tokens_text_names_its_member(string text, string member, string id, string secret)
    {
        Assert.True(TokenText.TryParse(text, out var token));
        Assert.Equal((new TokenText(member, id, secret), text), (token, token.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("cct.")]
    [InlineData("cct..")]
    [InlineData("cct...")]
    [InlineData("cct.eq-chair.00ff")]
    [InlineData("cct..00ff.abc")]
    [InlineData("cct.eq-chair..abc")]
    [InlineData("cct.eq-chair.00ff.")]
    [InlineData("cct.eq/chair.00ff.abc")]
    [InlineData("CCT.eq-chair.00ff.abc")]
    [InlineData("eq-chair.00ff.abc")]
    public void What_is_no_token_is_not_read_as_one(string? text) => Assert.False(TokenText.TryParse(text, out _));

    [Fact]
    public void A_token_longer_than_any_is_not_read() => Assert.False(TokenText.TryParse($"cct.{new string('a', 300)}.00ff.abc", out _));

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    private ITokenGrain Grain => hub.Grains.GetGrain<ITokenGrain>("eq-chair");

    private async Task<TokenText> Make(string name, bool mayWrite)
    {
        var made = await Grain.Make(name, mayWrite, DateTimeOffset.UtcNow.AddDays(30));
        Assert.True(TokenText.TryParse(made.Secret, out var token), made.Refusal?.Sentence);
        return token;
    }

    private async Task<string> Admit(TokenText token) => Assert.IsType<string>(await Grain.Admit(token.Id, token.Secret));

    private Task<PassState> StateOf(string pass) => hub.Grains.GetGrain<IAccessGrain>("eq-chair").StateOf(pass);
}
