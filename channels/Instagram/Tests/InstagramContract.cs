using System.Security.Cryptography;
using System.Text;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;

namespace ChatOperator.Channels.Instagram.Tests;

/// <summary>The contract of every channel, held by Instagram: an account of Instagram's own login, signed with its second secret.</summary>
public sealed class InstagramContract : ChannelContract
{
    internal const string Object = "instagram", Id = "17841400000000001", OtherId = "17841400000000009";

    protected override IChannel Channel { get; } = new InstagramChannel();

    protected override string Folder => "Instagram";

    protected override OutboundMessage Text { get; } = new("0198f0a1-b2c3-7def-8899-aabbccddeeff", "9001357902468", new TextContent("hola"));

    protected override string AcceptedBody => """{"recipient_id":"9001357902468","message_id":"aWdfZAG1OUT1"}""";

    protected override IReadOnlyList<SlowDown> SlowDowns =>
    [
        new(400, "", Error(613, 2534040), "rate_limited_account", null),
        new(400, "Retry-After: 30\r\n", Error(4), "rate_limited_account", TimeSpan.FromSeconds(30)),
        new(400, "", Error(80002), "rate_limited_account", null),
        new(500, "Retry-After: 5\r\n", Error(2), "network_unavailable", TimeSpan.FromSeconds(5)),
        new(429, "Retry-After: 7\r\n", "slow down", "rate_limited_account", TimeSpan.FromSeconds(7)),
    ];

    protected override ChannelSettings SettingsAt(Uri network) => Settings(network, "instagram");

    protected override IReadOnlyDictionary<string, string> Sign(byte[] body, ChannelSettings settings) => Signature(body, settings["instagram_app_secret"]);

    internal static ChannelSettings Settings(Uri network, string login) => new(new Dictionary<string, string>
    {
        ["login"] = login,
        ["instagram_id"] = Id,
        ["page_id"] = "101000000000001",
        ["access_token"] = "IGAAtoken+1/x",
        ["app_secret"] = "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        ["instagram_app_secret"] = "9f8e7d6c5b4a39281706f5e4d3c2b1a0",
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
