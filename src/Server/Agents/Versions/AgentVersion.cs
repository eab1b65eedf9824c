using ChatOperator.Tenancy;

namespace ChatOperator.Agents.Versions;

/// <summary>One state that a tenant's agent, or that of one of its accounts, was in. Never changed but for its place as the current one.</summary>
public sealed class AgentVersion : ITenantOwned
{
    public Guid TenantId { get; init; }

    /// <summary>The account it is for; <see cref="OfTenant"/> for the tenant's own.</summary>
    public Guid AccountId { get; init; }

    /// <summary>1, 2, 3…</summary>
    public int Version { get; init; }

    public bool IsCurrent { get; set; }

    /// <summary>An account's version that says: as the tenant's.</summary>
    public bool Inherits { get; init; }

    /// <summary><see cref="AgentSettings"/> as JSON.</summary>
    public required string Settings { get; init; }

    /// <summary>The model's key, sealed; null: none.</summary>
    public byte[]? ApiKey { get; init; }

    /// <summary>Whether its address may be in a private range: a platform administrator set it.</summary>
    public bool MayReachPrivate { get; init; }

    /// <summary>When it was last switched on: what came before is history that it never answers. Null while it is off.</summary>
    public DateTimeOffset? ActivatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }

    /// <summary>The fields that differ from the version before.</summary>
    public required string Summary { get; init; }

    /// <summary>In place of an account's id.</summary>
    public static readonly Guid OfTenant = Guid.Empty;

    /// <summary>What a key is sealed for.</summary>
    internal static string Purpose(Guid tenant, Guid account) => $"agent:{tenant:N}:{account:N}";
}
