using System.Security.Cryptography;
using System.Text;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;

namespace ChatOperator.Channels.Chatwoot.Tests;

/// <summary>The contract of every channel, held by Chatwoot.</summary>
public sealed class ChatwootContract : ChannelContract
{
    internal const string AccountId = "1", InboxId = "2", AccessToken = "cwToken+1/a", WebhookSecret = "cw-secret-0a1b2c", UrlToken = "long-word-in-the-address";

    protected override IChannel Channel { get; } = new ChatwootChannel();

    protected override string Folder => "Chatwoot";

    protected override OutboundMessage Text { get; } = new("0198f0a1b2c37def8899aabbccddeeff", "12", new TextContent("hola"));

    protected override string AcceptedBody => """{"id":101,"conversation_id":12,"message_type":1,"status":"sent"}""";

    protected override IReadOnlyList<SlowDown> SlowDowns =>
    [
        new(429, "Retry-After: 9\r\n", "Retry later\n", "rate_limited_account", TimeSpan.FromSeconds(9)),
        new(429, "", """{"error":"slow down"}""", "rate_limited_account", null),
    ];

    protected override ChannelSettings SettingsAt(Uri network) => Settings(network);

    protected override IReadOnlyDictionary<string, string> Sign(byte[] body, ChannelSettings settings) => Signature(body, settings["webhook_secret"]);

    internal static ChannelSettings Settings(Uri network) => new(new Dictionary<string, string>
    {
        ["base_url"] = $"{network.ToString().TrimEnd('/')}/chatwoot",
        ["account_id"] = AccountId,
        ["inbox_id"] = InboxId,
        ["api_access_token"] = AccessToken,
        ["webhook_secret"] = WebhookSecret,
        ["url_token"] = UrlToken,
    });

    internal static Dictionary<string, string> Signature(byte[] body, string secret, string stamp = "1788264000")
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(stamp + "."), .. body];
        return new()
        {
            ["X-Chatwoot-Timestamp"] = stamp,
            ["X-Chatwoot-Signature"] = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)),
        };
    }
}
