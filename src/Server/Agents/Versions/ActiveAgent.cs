using System.Text.Json;
using ChatOperator.Hosting;

namespace ChatOperator.Agents.Versions;

/// <summary>A current version ready to think: settings read, key opened. Immutable; a change makes a new one.</summary>
internal sealed class ActiveAgent
{
    public ActiveAgent(AgentVersion row, SecretBox box)
    {
        (TenantId, AccountId, Version, Inherits) = (row.TenantId, row.AccountId, row.Version, row.Inherits);
        (MayReachPrivate, ActivatedAt) = (row.MayReachPrivate, row.ActivatedAt);
        Settings = Read(row.Settings);
        ApiKey = row.ApiKey is { } sealedKey ? box.Open(sealedKey, AgentVersion.Purpose(row.TenantId, row.AccountId)) : "";
    }

    private ActiveAgent(ActiveAgent like, AgentSettings settings, string apiKey, bool mayReachPrivate) =>
        (TenantId, AccountId, Version, Settings, ApiKey, MayReachPrivate, ActivatedAt) =
        (like.TenantId, like.AccountId, like.Version, settings, apiKey, mayReachPrivate, like.ActivatedAt);

    private ActiveAgent(Guid tenant) => (TenantId, Settings, ApiKey) = (tenant, AgentSettings.Default, "");

    public Guid TenantId { get; }

    /// <summary>Whose version it is: an account's, or the tenant's own.</summary>
    public Guid AccountId { get; }

    /// <summary>0 for a tenant that never set anything.</summary>
    public int Version { get; }

    public bool Inherits { get; }
    public AgentSettings Settings { get; }

    /// <summary>"" when there is none.</summary>
    public string ApiKey { get; }
    public bool MayReachPrivate { get; }
    public DateTimeOffset? ActivatedAt { get; }

    /// <summary>The agent of a tenant that never set anything: off.</summary>
    public static ActiveAgent Unset(Guid tenant) => new(tenant);

    /// <summary>The same agent with settings that are tried out and not stored.</summary>
    public ActiveAgent With(AgentSettings settings, string apiKey, bool mayReachPrivate) => new(this, settings, apiKey, mayReachPrivate);

    /// <summary>Stored settings, whichever release wrote them.</summary>
    public static AgentSettings Read(string json) => JsonSerializer.Deserialize<AgentSettings>(json, Json.Options)!;

    /// <summary>The form that <see cref="Read"/> reads.</summary>
    public static string Write(AgentSettings settings) => JsonSerializer.Serialize(settings, Json.Options);
}
