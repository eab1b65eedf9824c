using System.Security.Cryptography;
using System.Text;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;

namespace ChatOperator.Channels.Messenger.Tests;

/// <summary>The contract of every channel, held by Messenger.</summary>
public sealed class MessengerContract : ChannelContract
{
    internal const string Object = "page", Id = "101000000000001", OtherId = "101000000000009";

    protected override IChannel Channel { get; } = new MessengerChannel();

    protected override string Folder => "Messenger";

    protected override OutboundMessage Text { get; } = new("0198f0a1-b2c3-7def-8899-aabbccddeeff", "24681357902468", new TextContent("hola"));

    protected override string AcceptedBody => """{"recipient_id":"24681357902468","message_id":"m_OUT1"}""";

    protected override IReadOnlyList<SlowDown> SlowDowns =>
    [
        new(400, "", Error(613), "rate_limited_account", null),
        new(400, "Retry-After: 30\r\n", Error(4), "rate_limited_account", TimeSpan.FromSeconds(30)),
        new(400, "", Error(32), "rate_limited_account", null),
        new(400, "", Error(80006), "rate_limited_account", null),
        new(500, "Retry-After: 5\r\n", Error(2), "network_unavailable", TimeSpan.FromSeconds(5)),
        new(429, "Retry-After: 7\r\n", "slow down", "rate_limited_account", TimeSpan.FromSeconds(7)),
    ];

    protected override ChannelSettings SettingsAt(Uri network) => Settings(network);

    protected override IReadOnlyDictionary<string, string> Sign(byte[] body, ChannelSettings settings) => Signature(body, settings["app_secret"]);

    internal static ChannelSettings Settings(Uri network) => new(new Dictionary<string, string>
    {
        ["page_id"] = Id,
        ["access_token"] = "EAApage+token/1",
        ["app_secret"] = "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        ["verify_token"] = "our-own-word",
        ["base_url"] = network.ToString(),
    });

    internal static Dictionary<string, string> Signature(byte[] body, string secret) => new()
    {
        ["X-Hub-Signature-256"] = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)),
    };

    internal static string Error(int code, int? subcode = null) =>
        $$$"""{"error":{"message":"(#{{{code}}}) why","type":"OAuthException","code":{{{code}}}{{{(subcode is null ? "" : $",\"error_subcode\":{subcode}")}}},"fbtrace_id":"A1"}}""";
}
