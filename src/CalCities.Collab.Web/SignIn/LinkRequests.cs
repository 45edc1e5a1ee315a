using System.Threading.Channels;
using CalCities.Collab.Accounts;
using CalCities.Collab.Kernel.Log;

namespace CalCities.Collab.SignIn;

/// <summary>
/// Sends sign-in mails to those who have an account, after their page has been answered: whoever asks can't tell a known address from an
/// unknown one, neither by words nor by time. What is asked beyond the queue's length is dropped; asking again helps.
/// </summary>
internal sealed class LinkRequests(IAccountBook book, IGrainFactory grains, IOutbox outbox, IAudit audit, ILogger<LinkRequests> logger) : BackgroundService
{
    /// <summary>A minute's work; a flood fills it and no more.</summary>
    private const int MaxWaiting = 2_000;

    private readonly Channel<LinkRequest> asked = Channel.CreateBounded<LinkRequest>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Ask(string email, string origin, string returnUrl) => asked.Writer.TryWrite(new(email, origin, returnUrl));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var request in asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await Answer(request);
            }
            catch (Exception failure) // The database is away: the person asks again.
            {
                logger.LogWarning(failure, "A sign-in mail could not be made.");
            }
        }
    }

    private async Task Answer(LinkRequest request)
    {
        if (!(await book.MembersOf([request.Email])).TryGetValue(request.Email, out var member))
        {
            await audit.Note("", "sign-in mail refused", $"no account: {Masked(request.Email)}");
            return;
        }

        if (await Presence.StandingOf(grains, member) is null)
        {
            await audit.Note(member.Value, "sign-in mail refused", "the account is closed");
            return;
        }

        if (await grains.GetGrain<IEntryGrain>(member.Value).Issue(EntryKind.Mail, member.Value) is not { } issued)
        {
            await audit.Note(member.Value, "sign-in mail refused", "too many in an hour");
            return;
        }

        await outbox.Send(Mails.SignIn(member, request.Email, request.Origin, issued, request.ReturnUrl));
        await audit.Note(member.Value, "sign-in mail sent", "");
    }

    /// <summary>Enough to see that one address is tried again and again, not enough to write to it: "c…@davis.example".</summary>
    internal static string Masked(string email) => $"{email[0]}…{email[email.IndexOf('@', StringComparison.Ordinal)..]}";

    private sealed record LinkRequest(string Email, string Origin, string ReturnUrl);
}
