using System.Collections.Immutable;
using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Conversations;

/// <summary>
/// Stands in the door before every act by which a council member would say something to others: the council's part in that conversation counts
/// it first (Gov. Code 54952.2). People without a council, and councils whose size nobody has given, pass.
/// </summary>
internal sealed class SerialMeetingGuard : ITalkGuard
{
    public async Task<TalkEntry> Enter(IDoorway door, Actor.Person person, Talk talk, CommandId act)
    {
        if (person.Standing.Body is not { } body
            || await door.Ask(new StreamId("city", body.City.Value)) is not { Fact: CityFact city } || !city.Bodies.TryGetValue(body.Name, out var size))
            return TalkEntry.Free;
        var mode = await door.Ask(talk.Group.Stream) is { Fact: GroupFact group } ? group.Guard : GuardMode.Hold;
        var conversation = ConversationId.Of(body, talk.Subject);
        var outcome = await Send(door, conversation, person, new ConversationCommand.Enter(person.Member, body, size, talk.Subject, mode, act));
        if (outcome is not Outcome.Recorded)
            return new TalkEntry(outcome, null, null);

        var known = (ConversationFact?)(await door.Ask(conversation.Stream)).Fact;
        var noted = mode == GuardMode.Off || (mode == GuardMode.Warn && known?.Warned.Contains(person.Member.Value) is true);
        var fellows = noted ? [] : known?.Parts.Keys.Select(key => new MemberId(key)).Where(member => member != person.Member).ToImmutableArray() ?? [];
        return new TalkEntry(null,
            fellows.IsEmpty ? null : new KnownFact(conversation.Stream, 0, new Fellows(fellows, mode == GuardMode.Warn)),
            known?.Parts.GetValueOrDefault(person.Member.Value) is { Stays: false } ? conversation.Stream : null);
    }

    public async Task Settle(IDoorway door, Actor.Person person, StreamId conversation, CommandId act, Outcome outcome)
    {
        // Whose outcome nobody knows goes on counting: too careful, never too lax.
        if (outcome is Outcome.Recorded)
            await Send(door, new ConversationId(conversation.Key), person, new ConversationCommand.Stay(person.Member, act));
        else if (outcome is Outcome.Refused)
            await Send(door, new ConversationId(conversation.Key), person, new ConversationCommand.Leave(person.Member, act));
    }

    /// <summary>Under an id of its own each time: the act's own id in the command is what makes it count once, and a refused act may be tried again.</summary>
    private static Task<Outcome> Send(IDoorway door, ConversationId to, Actor.Person person, ConversationCommand command) =>
        door.Send(to.Stream, new CommandId($"{CommandId.PolicyPrefix}serial-meeting-guard:{Guid.NewGuid():N}"), command, new Actor.Policy("serial-meeting-guard", person.Member));
}
