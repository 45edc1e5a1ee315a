using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using CalCities.Collab.Records;
using CalCities.Collab.SignIn;

namespace CalCities.Collab.Accounts;

/// <summary>Lets people in for the first time: makes the member and their account, and mails the invitation.</summary>
internal sealed class Invitations(IDoor door, IGrainFactory grains, IAccountBook book, IOutbox outbox, AccountDirectory accounts, RecordQueries records, IAudit audit, TimeProvider clock)
{
    /// <summary>Makes a member with this address; null when it is done, their id with it.</summary>
    public async Task<(MemberId Member, Refusal? Refusal)> Join(Actor.Program by, string email, string? name, string office, string? city, Duty duty)
    {
        var member = MemberId.OfEmail(email);
        if ((await book.MembersOf([email])).ContainsKey(email))
            return (member, AccountRefusals.AddressTaken);
        // Who invites writes what the city is called now; the city is the same.
        var home = city is null ? null : (await records.Names()).Of(city).UnlessOf(city);
        // The command's id derives from the address: pressed twice, or again after no answer, it is recorded once.
        var joined = await door.Execute(by, member, new CommandId($"{by.Name}-{member}"), new MemberCommand.Join(office, city, duty) { HomeId = home });
        if (joined is Outcome.Refused { Refusal: var refusal } && await Presence.StandingOf(grains, member) is null)
            return (member, refusal);
        var described = name is null || joined is Outcome.Unknown ? joined
            : await door.Execute(by, member, new CommandId($"{by.Name}-name-{member}"), new MemberCommand.Describe(name, office, city, duty) { HomeId = home });
        if (described is Outcome.Refused { Refusal: var unnamed } && name is not null)
            return (member, unnamed);
        if (described is Outcome.Unknown)
            return (member, AccountRefusals.NotDone);
        try
        {
            await book.Keep([(member, email)]);
        }
        catch (AddressTakenException)
        {
            return (member, AccountRefusals.AddressTaken);
        }

        return (member, null);
    }

    /// <summary>Mails a link that is good for two weeks; who asks for it stands in the audit.</summary>
    public async Task<Refusal?> Send(MemberId by, MemberId member, string origin)
    {
        if (!(await book.EmailsOf([member])).TryGetValue(member, out var email) || await Presence.StandingOf(grains, member) is not { } standing)
            return AccountRefusals.NobodyThere;
        if (await grains.GetGrain<IEntryGrain>(member.Value).Issue(EntryKind.Invitation, by.Value) is not { } issued)
            return AccountRefusals.TooManyMails;
        await outbox.Send(Mails.Invitation(member, email, origin, issued, standing.DisplayName));
        await accounts.NoteInvited(member, clock.GetUtcNow());
        await audit.Note(by.Value, "invited", member.Value);
        return null;
    }
}
