using ChatOperator.Tenancy;

namespace ChatOperator.Intake;

/// <summary>
/// The bytes a network sent, our verdict, and what they became. Its id is the correlation id of everything that follows from it.
/// Belongs to the tenant of all its items, or to the platform.
/// </summary>
public sealed class Receipt : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid Id { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public required string Channel { get; init; }

    /// <summary>The account whose hook it came to.</summary>
    public Guid AccountId { get; init; }
    public required byte[] Body { get; init; }

    /// <summary>Brotli when true.</summary>
    public bool Compressed { get; init; }

    /// <summary>The worst of its items.</summary>
    public Verdict Verdict { get; set; }
    public string? Reason { get; set; }

    /// <summary>Milliseconds from the network's time of the newest item to its arrival here; null when the network told no time.</summary>
    public int? LagMs { get; set; }

    /// <summary>What it held, as a JSON array of <see cref="ReceiptItem"/>.</summary>
    public required string Items { get; set; }

    /// <summary>
    /// The headers that prove its signature, as a JSON object: kept with what belongs to no tenant, so that it can be routed later.
    /// </summary>
    public string? Signature { get; init; }
}

/// <summary>What became of one item. Ordered from good to bad.</summary>
public enum Verdict { Applied, Duplicate, Unsupported, Anomalous, Unrouted, Failed }

/// <summary>One thing a receipt said.</summary>
/// <param name="Kind">message | echo | status | edit | delete | reaction | contact | handling | typing | template | account | unsupported | anomalous.</param>
/// <param name="Account">The account it was for; null when unrouted.</param>
/// <param name="ExternalId">The network's message id, when it has one.</param>
/// <param name="Message">The message it became or changed.</param>
/// <param name="Reason">Why it was not applied.</param>
public sealed record ReceiptItem(
    string Kind, Verdict Verdict, Guid? Account = null, string? ExternalId = null, long? Message = null, Guid? Conversation = null, string? Reason = null);

/// <summary>Items per account, day and verdict: what reconciliation compares with the receipts.</summary>
public sealed class IntakeCount : ITenantOwned
{
    public Guid TenantId { get; init; }

    /// <summary>The account the items were for; of unrouted ones the account whose hook they came to.</summary>
    public Guid AccountId { get; init; }

    /// <summary>UTC day of the receipt.</summary>
    public DateOnly Day { get; init; }
    public Verdict Verdict { get; init; }
    public long Items { get; set; }
}
