using System.Collections.Immutable;
using CalCities.Collab.Cities;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using Dapper;

namespace CalCities.Collab.Conversations;

/// <summary>A member of a city's council in a conversation: on a bill (its id), or on a group's own topic (the thread's id, whose title stays the group's).</summary>
public sealed record ConversationRow(string Body, string Subject, MemberId Member, DateTimeOffset Since);

/// <summary>What the officials of one city take part in, the newest first; at most <see cref="ConversationQueries.MaxRows"/>.</summary>
public sealed record ConversationList(CityId City, ImmutableArray<ConversationRow> Rows)
{
    /// <summary>All of it for that city's clerk, nothing for anyone else.</summary>
    public static ConversationList For(Viewer viewer, ConversationList list) =>
        ConversationRights.See.Allows(viewer.Standing.To(list.City)) ? list : list with { Rows = [] };
}

/// <summary>The record of conversations, from the Conversations index. Uncut: pages watch it through <see cref="ConversationList.For"/>.</summary>
public sealed class ConversationQueries
{
    /// <summary>A session's bills times a council; older ones are in the record's export.</summary>
    public const int MaxRows = 500;

    private readonly IHubDatabase database;

    internal ConversationQueries(IHubDatabase database) => this.database = database;

    public static string TopicOf(CityId city) => $"conversations/{city}";

    public Task<ConversationList> Of(CityId city, CancellationToken cancel = default) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<(string Body, string Subject, string Member, long Since)>(new CommandDefinition(
            "select body, subject, member, since from conversations_list where city = @city order by since desc, subject, member limit @limit",
            new { city = city.Value, limit = MaxRows }, cancellationToken: cancel));
        return new ConversationList(city, [.. rows.Select(row => new ConversationRow(row.Body, row.Subject, new(row.Member), DateTimeOffset.FromUnixTimeMilliseconds(row.Since)))]);
    }, cancel);
}
