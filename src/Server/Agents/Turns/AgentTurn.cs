using ChatOperator.Tenancy;

namespace ChatOperator.Agents.Turns;

/// <summary>One run of the agent on what arrived. Its id is the correlation id of what it says, and the name of its log.</summary>
public sealed class AgentTurn : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid Id { get; init; }
    public Guid ConversationId { get; init; }
    public Guid AccountId { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public TurnOutcome Outcome { get; set; }

    /// <summary>The conversation's version it thought under: nothing it says leaves under another.</summary>
    public int LockVersion { get; init; }

    /// <summary>The last inbound message it knew of.</summary>
    public long UpToId { get; init; }

    /// <summary>How many turns before it were given up because more arrived.</summary>
    public int Restarts { get; init; }

    /// <summary>Whose settings it used: an account's, or <see cref="Guid.Empty"/> for the tenant's own.</summary>
    public Guid AgentAccountId { get; init; }
    public int AgentVersion { get; init; }

    /// <summary>The model's name; "" for answers from the knowledge alone.</summary>
    public required string Model { get; init; }
    public long InputTokens { get; set; }
    public long OutputTokens { get; set; }

    /// <summary>In the currency of the model's prices; null when they are not known.</summary>
    public decimal? Cost { get; set; }
    public int LatencyMs { get; set; }

    /// <summary>The message it wrote; null when it wrote none.</summary>
    public long? MessageId { get; set; }

    /// <summary>
    /// The tool with effects that it used last; null: none. Written before the tool is called: whoever finds the turn unfinished knows that
    /// something was done.
    /// </summary>
    public string? Deed { get; set; }

    /// <summary>Why it failed or said nothing, as a stable word; null otherwise.</summary>
    public string? Reason { get; set; }

    /// <summary>What was said and done inside it: a <see cref="TurnLog"/> as JSON; null while it runs.</summary>
    public string? Log { get; set; }
}

/// <summary>What became of a turn.</summary>
public enum TurnOutcome
{
    Running,
    Answered,
    HandedOff,

    /// <summary>It had nothing to say, or was not allowed to.</summary>
    Nothing,
    Failed,

    /// <summary>More arrived while it thought; the next turn knows that too.</summary>
    Restarted,

    /// <summary>A human took the conversation while it thought; what it had written is their draft.</summary>
    Overtaken,

    /// <summary>Another node, or this one after a restart, began anew.</summary>
    Abandoned,
}
