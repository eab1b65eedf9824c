using ChatOperator.Tenancy;

namespace ChatOperator.Snippets;

/// <summary>A text that a tenant's operators reuse: typed as <c>/name</c> in the composer.</summary>
public sealed class Snippet : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid Id { get; init; }

    /// <summary>What is typed behind the slash; unique in a tenant, in small letters.</summary>
    public required string Name { get; set; }

    /// <summary>What is put into the composer. Placeholders in double braces are filled in there.</summary>
    public required string Text { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The operator's or token's name.</summary>
    public required string UpdatedBy { get; set; }
}
