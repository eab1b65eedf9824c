using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ChatOperator.Tenancy;

namespace ChatOperator.Operators;

/// <summary>A key for programs. Shown once when it is made; only its hash is kept.</summary>
public sealed class ApiToken : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid Id { get; init; }
    public required string Name { get; set; }

    /// <summary>SHA-256 of the token. Tokens are random, so no slow hash is needed.</summary>
    public required byte[] Hash { get; set; }

    public Role Role { get; init; }
    public bool IsPlatformAdministrator { get; init; }

    /// <summary>The token of the configuration; it follows the configuration at each start.</summary>
    public bool IsBootstrap { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Exact to a minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>A new random token of 256 bits.</summary>
    public static string NewSecret() => $"co_{RandomKey()}";

    internal static string RandomKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    internal static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
