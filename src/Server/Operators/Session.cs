using ChatOperator.Hosting;
using ChatOperator.Tenancy;

namespace ChatOperator.Operators;

/// <summary>
/// One sign-in of one operator in one browser. The cookie holds a random key, the row its hash: ending a session is deleting a row,
/// at once and on every node, and a stolen database opens none.
/// </summary>
public sealed class Session : ITenantOwned
{
    public static readonly TimeSpan Idle = TimeSpan.FromDays(14);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public Guid TenantId { get; init; }

    /// <summary>SHA-256 of the cookie's value.</summary>
    public required byte[] Hash { get; init; }

    public Guid OperatorId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Exact to some minutes.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    public bool IsOver(DateTimeOffset now) => now - LastSeenAt > Idle || now - CreatedAt > Longest;

    /// <summary>A secure cookie cannot be set over plain http, which is how a server on one's own machine is reached.</summary>
    internal static string CookieName(Settings settings) => settings.IsHttps ? "__Host-chat_operator" : "chat_operator";
}
