using CalCities.Collab.Kernel;

namespace CalCities.Collab.Conversations;

/// <summary>Who of each city's council takes part in which conversation, for that city's clerk. Topic: "conversations/{city}".</summary>
internal sealed class ConversationIndex : IIndex
{
    public string Name => "conversations";
    public int Version => 1;
    public IReadOnlyList<string> Tables => ["conversations_list"];

    public void Project(Recorded<object> recorded, IndexBatch batch)
    {
        if (recorded.Event is not ConversationEvent.Stayed e || ConversationId.Read(recorded.Stream) is not var (body, subject))
            return;
        batch.Run(
            """
            insert into conversations_list (city, body, subject, member, since) values (@city, @body, @subject, @member, @since)
            on conflict (city, body, subject, member) do nothing
            """,
            new { city = body.City.Value, body = body.Name, subject, member = e.Member.Value, since = recorded.Time.ToUnixTimeMilliseconds() });
        batch.Touch(body.City.Value);
    }
}
