using System.Security.Cryptography;
using System.Text;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;

namespace ChatOperator.Channels.WhatsAppCloud.Tests;

/// <summary>The contract of every channel, held by WhatsApp.</summary>
public sealed class WhatsAppCloudContract : ChannelContract
{
    internal const string PhoneNumberId = "106000000000001", WabaId = "102000000000001";
    internal const string AccessToken = "EAAtest+token/1", AppSecret = "0a1b2c3d4e5f60718293a4b5c6d7e8f9", VerifyToken = "our-own-word";

    protected override IChannel Channel { get; } = new WhatsAppCloudChannel();

    protected override string Folder => "WhatsAppCloud";

    protected override OutboundMessage Text { get; } = new("0198f0a1b2c37def8899aabbccddeeff", "+5491155550101", new TextContent("hola"));

    protected override string AcceptedBody =>
        """{"messaging_product":"whatsapp","contacts":[{"input":"+5491155550101","wa_id":"5491155550101"}],"messages":[{"id":"wamid.OUT1"}]}""";

    protected override IReadOnlyList<SlowDown> SlowDowns =>
    [
        new(400, "", Error(131056), "rate_limited_pair", null),
        new(400, "Retry-After: 30\r\n", Error(130429), "rate_limited_account", TimeSpan.FromSeconds(30)),
        new(400, "", Error(80007), "rate_limited_account", null),
        new(400, "", Error(4), "rate_limited_account", null),
        new(500, "", Error(131057), "network_unavailable", TimeSpan.FromMinutes(1)),
        new(503, "Retry-After: 5\r\n", Error(2), "network_unavailable", TimeSpan.FromSeconds(5)),
        new(429, "Retry-After: 7\r\n", "slow down", "rate_limited_account", TimeSpan.FromSeconds(7)),
    ];

    protected override ChannelSettings SettingsAt(Uri network) => Settings(network);

    protected override IReadOnlyDictionary<string, string> Sign(byte[] body, ChannelSettings settings) => Signature(body, settings["app_secret"]);

    internal static ChannelSettings Settings(Uri network) => new(new Dictionary<string, string>
    {
        ["phone_number_id"] = PhoneNumberId,
        ["waba_id"] = WabaId,
        ["access_token"] = AccessToken,
        ["app_secret"] = AppSecret,
        ["verify_token"] = VerifyToken,
        ["base_url"] = network.ToString(),
    });

    internal static Dictionary<string, string> Signature(byte[] body, string secret) => new()
    {
        ["X-Hub-Signature-256"] = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)),
    };

    internal static string Error(int code, string details = "…") =>
        $$$"""{"error":{"message":"(#{{{code}}}) x","type":"OAuthException","code":{{{code}}},"error_data":{"messaging_product":"whatsapp","details":"{{{details}}}"},"fbtrace_id":"A1"}}""";
}
