namespace ChatOperator.Tenancy;

/// <summary>The business that owns everything below it.</summary>
public sealed class Tenant
{
    public Guid Id { get; init; }
    public required string Name { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether an operator's send takes the conversation over.</summary>
    public bool LockOnReply { get; set; } = true;

    /// <summary>Whether opening a chat tells the network that the contact's messages were read.</summary>
    public bool SendReadReceipts { get; set; } = true;

    /// <summary>Days that applied and duplicate receipts are kept.</summary>
    public int ReceiptDays { get; set; } = 30;

    /// <summary>Days that receipts with any other verdict are kept.</summary>
    public int TroubledReceiptDays { get; set; } = 180;

    /// <summary>Days that the agent's turns are kept: prompts, tools, reasoning.</summary>
    public int TraceDays { get; set; } = 90;

    /// <summary>Days that the files of messages are kept.</summary>
    public int MediaDays { get; set; } = 365;

    /// <summary>Owner of what belongs to no tenant: unrouted items and whole bodies that carry several tenants.</summary>
    public static readonly Guid Platform = Guid.Empty;
}

/// <summary>A row of one tenant. Its key begins with the tenant; queries and, on PostgreSQL, the database itself filter by it.</summary>
public interface ITenantOwned
{
    Guid TenantId { get; }
}
