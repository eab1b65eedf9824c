using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatOperator.ChannelAccounts;
using ChatOperator.Hosting;

namespace ChatOperator.Widget;

/// <summary>
/// What a browser keeps to be the same visitor after a reload: sealed under the installation's key for one widget, so it can neither be
/// made up nor carried to another widget, and costs no row until somebody writes.
/// </summary>
internal sealed class VisitorTokens(SecretBox box, TimeProvider time)
{
    /// <summary>Renewed at every page view; a browser away for longer begins anew.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    private const int MaxLength = 2000;

    public string Seal(Visitor visitor)
    {
        var kept = new Kept(visitor.Browser, visitor.User, visitor.Name, time.GetUtcNow().ToUnixTimeSeconds(), MarkOf(visitor.Account, visitor.User));
        return Base64Url.EncodeToString(box.Seal(JsonSerializer.Serialize(kept), Purpose(visitor.Account)));
    }

    /// <summary>The visitor, or null: not ours, another widget's, too old, or identified under a secret that was changed since.</summary>
    public Visitor? Open(ConnectedAccount account, string? token)
    {
        if (token is not { Length: > 0 and <= MaxLength } || !Base64Url.IsValid(token)) return null;
        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(box.Open(Base64Url.DecodeFromChars(token), Purpose(account)))!;
            var fresh = kept.At + (long)Lifetime.TotalSeconds > time.GetUtcNow().ToUnixTimeSeconds();
            return fresh && kept.Mark == MarkOf(account, kept.User) ? new Visitor(account, kept.Browser, kept.User, kept.Name) : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private static string Purpose(ConnectedAccount account) => $"widget_visitor:{account.Id:N}";

    /// <summary>Which identity secret vouched, without telling it.</summary>
    private static string? MarkOf(ConnectedAccount account, string? user) => user is null
        ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("widget:" + account.Settings["identity_secret"])).AsSpan(0, 6));

    private sealed record Kept(string Browser, string? User, string Name, long At, string? Mark);
}
