namespace ChatOperator.Channels.Contract;

/// <summary>What an adapter may look at to verify a webhook. Headers and query are looked up without regard to case.</summary>
/// <param name="Method">GET for a handshake, else POST.</param>
/// <param name="Header">Value of a request header, or null.</param>
/// <param name="Query">Value of a query parameter, or null.</param>
/// <param name="Body">The raw bytes as they came; empty for a handshake.</param>
/// <param name="Now">The moment of arrival, for schemes that sign a time.</param>
public sealed record WebhookRequest(
    string Method, Func<string, string?> Header, Func<string, string?> Query, ReadOnlyMemory<byte> Body, DateTimeOffset Now)
{
    /// <summary>
    /// What the signature came to be under each secret. One body can name many accounts that share a secret, and the hash of a large
    /// body takes milliseconds.
    /// </summary>
    internal Dictionary<string, Verification> Checked { get; } = new(1, StringComparer.Ordinal);
}

/// <summary>Whether a request comes from the network.</summary>
public abstract record Verification;

/// <summary>The network signed these bytes for this account.</summary>
public sealed record Verified : Verification
{
    public static readonly Verified Instance = new();
}

/// <summary>Not from the network; answered 401, or 403 for a handshake.</summary>
/// <param name="Why">For the log and the counters; never contains a secret.</param>
public sealed record Rejected(string Why) : Verification;

/// <summary>The network asks whether this address is ours; the answer is the bare text.</summary>
public sealed record Handshake(string Body) : Verification;
