using ChatOperator.Tenancy;

namespace ChatOperator.Operators;

/// <summary>
/// Failed sign-ins with one e-mail address (known or not, so that the two look alike) or from one network address.
/// Belongs to the platform.
/// </summary>
public sealed class SignInFailures : ITenantOwned
{
    /// <summary>Failures count as one series while less than this lies between the first and the next; also how long a lock lasts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    public const int MostOfOneEmail = 10, MostOfOneAddress = 50;

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

    public static byte[] OfAddress(string address) => ApiToken.HashOf($"address:{address}");
}
