using ChatOperator.Tenancy;

namespace ChatOperator.Changes;

/// <summary>
/// One entry of the log that every write appends to, in the write's own transaction. Readers follow it in commit order:
/// (xid, seq) below the oldest transaction that runs in this database on PostgreSQL, seq alone on SQLite (one writer).
/// </summary>
public sealed class Change : ITenantOwned
{
    public Guid TenantId { get; init; }

    /// <summary>Given by the database; on SQLite when the row is saved.</summary>
    public long Seq { get; set; }

    /// <summary>The writing transaction on PostgreSQL; 0 on SQLite.</summary>
    public ulong Xid { get; init; }

    /// <summary>What changed: a <see cref="ChangeKind"/> word.</summary>
    public required string Kind { get; init; }

    /// <summary>Its id, as the API prints it.</summary>
    public required string EntityId { get; init; }

    /// <summary>The conversation it belongs to, or null.</summary>
    public Guid? ConversationId { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>The words of <see cref="Change.Kind"/>.</summary>
public static class ChangeKind
{
    /// <summary>A message is new or changed; its conversation's row in the list changed with it.</summary>
    public const string Message = "message";

    /// <summary>Only the conversation's row changed: read, taken over, window.</summary>
    public const string Conversation = "conversation";

    /// <summary>Somebody is typing at this moment; the id says who: contact, agent, operator, or operator:{id} for a person. Nothing stored changed.</summary>
    public const string Typing = "typing";

    public const string Contact = "contact";
    public const string ChannelAccount = "channel_account";
    public const string Template = "template";
    public const string Receipt = "receipt";
    public const string Operator = "operator";

    /// <summary>What the agent does about a conversation: due, thinking, its draft. The id is the conversation's.</summary>
    public const string Agent = "agent";

    /// <summary>An agent's settings or tools. The id is the account's, all zero for the tenant's own.</summary>
    public const string AgentSettings = "agent_settings";

    /// <summary>An entry of what the agent knows.</summary>
    public const string Knowledge = "knowledge";

    /// <summary>The tenant's own settings.</summary>
    public const string Tenant = "tenant";
}
