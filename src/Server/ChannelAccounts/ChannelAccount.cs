using ChatOperator.Tenancy;

namespace ChatOperator.ChannelAccounts;

/// <summary>One connected number, page, account or widget.</summary>
public sealed class ChannelAccount : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid Id { get; init; }

    /// <summary>Key of the channel that speaks for it, e.g. whatsapp_cloud.</summary>
    public required string Channel { get; init; }

    public required string Name { get; set; }

    /// <summary>Unguessable last part of its webhook address; unique in the installation.</summary>
    public required string Hook { get; init; }

    /// <summary>Settings that may be read back, as a JSON object of strings.</summary>
    public required string Settings { get; set; }

    /// <summary>The secret settings: a sealed JSON object of strings.</summary>
    public required byte[] Secrets { get; set; }

    /// <summary>
    /// The network's id of the account (phone number id, page id…), with what it is unique in where that is not the whole network; its own
    /// id when it names none. No two accounts of a tenant and channel share one.
    /// </summary>
    public required string RouteKey { get; set; }

    /// <summary>The network's id of what owns it (WABA…), or "".</summary>
    public string OwnerKey { get; set; } = "";

    public AccountState State { get; set; }

    /// <summary>Why it is paused: a stable code such as token_expired; null otherwise.</summary>
    public string? StateReason { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Moves on every change; nodes notice changes by it.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Messages before this moment are history: the agent never answers them.</summary>
    public DateTimeOffset ActivatedAt { get; set; }

    /// <summary>Least milliseconds between two sends to one person; null: the channel's own.</summary>
    public int? SpacingMs { get; set; }

    /// <summary>Sends per second; null: the channel's own. Raised by the network's upgrade event.</summary>
    public int? RatePerSecond { get; set; }

    /// <summary>How long an uncertain send waits for a report before <see cref="OnSilence"/>.</summary>
    public int SettleSeconds { get; set; } = 30;

    public SilenceReaction OnSilence { get; set; }

    /// <summary>When its token is to be renewed; null: it does not die by itself.</summary>
    public DateTimeOffset? TokenDueAt { get; set; }

    /// <summary>Why its token could not be renewed the last time, a stable code such as network_unreachable; null: it could, or need not be.</summary>
    public string? TokenFailure { get; set; }

    /// <summary>Since when the token cannot be renewed.</summary>
    public DateTimeOffset? TokenFailedSince { get; set; }

    /// <summary>
    /// Its phone number as the network last showed it, in the one spelling of its country; "" while unknown. By it the network names the account
    /// in the few events that do not carry <see cref="RouteKey"/>.
    /// </summary>
    public string Number { get; set; } = "";

    /// <summary>Whether its addresses may be in private ranges: a platform administrator set them.</summary>
    public bool MayReachPrivate { get; set; }
}

/// <summary>Whether an account works.</summary>
public enum AccountState
{
    Connected,

    /// <summary>The network refuses it; its queue waits until it is connected again.</summary>
    Paused,

    /// <summary>Switched off by an operator: sends and webhooks are refused.</summary>
    Disabled,
}

/// <summary>What becomes of a send that nobody reported on.</summary>
public enum SilenceReaction { Resend, Ask }
