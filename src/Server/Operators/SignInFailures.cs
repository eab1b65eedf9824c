using System.Net;
using System.Net.Sockets;
using ChatOperator.Tenancy;

namespace ChatOperator.Operators;

/// <summary>
/// Failed sign-ins from one network, with one e-mail address (known or not, so that the two look alike) from one network, or with one
/// e-mail address from wherever. The last is slow to lock: who knows an operator's address must not be able to lock them out from afar.
/// Belongs to the platform.
/// </summary>
public sealed class SignInFailures : ITenantOwned
{
    /// <summary>Failures count as one series while less than this lies between the first and the next; also how long a lock lasts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    public const int MostOfOnePair = 10, MostOfOneNetwork = 50, MostOfOneEmail = 300;

    public Guid TenantId { get; init; } = Tenant.Platform;

    /// <summary>SHA-256 of what is counted: addresses of strangers are not ours to keep.</summary>
    public required byte[] Subject { get; init; }

    public int Count { get; set; }
    public DateTimeOffset FirstAt { get; set; }
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>Counts one attempt before it is checked, so that attempts at the same moment cannot slip through together.</summary>
    /// <returns>How long to wait, or null when the attempt may be made.</returns>
    public TimeSpan? Attempt(int most, DateTimeOffset now)
    {
        if (LockedUntil > now) return LockedUntil - now;
        if (LockedUntil is not null || now - FirstAt > Window) (Count, FirstAt, LockedUntil) = (0, now, null);
        if (++Count >= most) LockedUntil = now + Window;
        return null;
    }

    public static byte[] OfEmail(string key) => ApiToken.HashOf($"email:{key}");

    public static byte[] OfNetwork(IPAddress? address) => ApiToken.HashOf($"network:{NetworkOf(address)}");

    public static byte[] OfPair(string key, IPAddress? address) => ApiToken.HashOf($"pair:{NetworkOf(address)}:{key}");

    /// <summary>The address, or of IPv6 its first 64 bits: the rest is whoever is there to choose.</summary>
    private static string NetworkOf(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
