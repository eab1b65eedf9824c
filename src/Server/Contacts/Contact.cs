using ChatOperator.Tenancy;

namespace ChatOperator.Contacts;

/// <summary>A person who writes. Known by several identities, none of which is sure to be there next time.</summary>
public sealed class Contact : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid Id { get; init; }
    public string DisplayName { get; set; } = "";

    /// <summary>"+" and digits as last received, or "" when unknown.</summary>
    public string Phone { get; set; } = "";

    /// <summary>What operators and the agent noted, as a JSON object; null when nothing.</summary>
    public string? Attributes { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The contact this one turned out to be; its conversations and identities moved there.</summary>
    public Guid? MergedInto { get; set; }
}

/// <summary>One way a network names a contact.</summary>
public sealed class ContactIdentity : ITenantOwned
{
    public Guid TenantId { get; init; }

    /// <summary>Kind and canonical value, e.g. phone:5491155550101; minted by the channel.</summary>
    public required string Key { get; init; }

    public Guid ContactId { get; set; }

    /// <summary>The spelling received.</summary>
    public required string Value { get; set; }
}
