using System.Security.Cryptography;
using System.Text;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;

namespace ChatOperator.Channels.YCloud.Tests;

/// <summary>The contract of every channel, held by YCloud.</summary>
public sealed class YCloudContract : ChannelContract
{
    internal const string Number = "+5491155550000", WabaId = "102000000000001";
    internal const string ApiKey = "key+of/ycloud-1", WebhookSecret = "whsec_0a1b2c3d4e5f6071";

    protected override IChannel Channel { get; } = new YCloudChannel();

    protected override string Folder => "YCloud";

    protected override OutboundMessage Text { get; } = new("0198f0a1b2c37def8899aabbccddeeff", "+5491155550101", new TextContent("hola"));

    protected override string AcceptedBody => """{"id":"63f872f6741c165b4342a751","wamid":"wamid.OUT1","status":"accepted"}""";

    protected override IReadOnlyList<SlowDown> SlowDowns =>
    [
        new(429, "Retry-After: 7\r\n", Error(429, "TOO_MANY_REQUESTS"), "rate_limited_account", TimeSpan.FromSeconds(7)),
        new(429, "", Error(429, "ACCOUNT_RATE_LIMITED"), "rate_limited_account", null),
        new(429, "Retry-After: 3\r\n", "slow down", "rate_limited_account", TimeSpan.FromSeconds(3)),
        new(400, "", Error(400, "BAD_REQUEST", 131056), "rate_limited_pair", null),
        new(400, "", Error(400, "BAD_REQUEST", 130429), "rate_limited_account", null),
        new(500, "", Error(500, "INTERNAL_SERVER_ERROR", 131057), "network_unavailable", TimeSpan.FromMinutes(1)),
    ];

    protected override ChannelSettings SettingsAt(Uri network) => Settings(network);

    protected override IReadOnlyDictionary<string, string> Sign(byte[] body, ChannelSettings settings) => Signature(body, settings["webhook_secret"]);

    internal static ChannelSettings Settings(Uri network, bool queue = false) => new(new Dictionary<string, string>
    {
        ["phone_number"] = Number,
        ["waba_id"] = WabaId,
        ["api_key"] = ApiKey,
        ["webhook_secret"] = WebhookSecret,
        ["queue"] = queue ? "true" : "false",
        ["base_url"] = $"{network.ToString().TrimEnd('/')}/ycloud/v2",
    });

    internal static Dictionary<string, string> Signature(byte[] body, string secret, string stamp = "1788264000")
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(stamp + "."), .. body];
        return new() { ["YCloud-Signature"] = $"t={stamp},s={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}" };
    }

    /// <param name="meta">WhatsApp's own code; as a string, as YCloud writes it.</param>
    internal static string Error(int status, string code, int? meta = null) =>
        $$$"""{"error":{"status":{{{status}}},"code":"{{{code}}}","message":"why","requestId":"req_1"{{{(meta is null ? "" : $$$""","whatsappApiError":{"message":"(#{{{meta}}}) x","type":"OAuthException","code":"{{{meta}}}","fbtrace_id":"A1","error_data":{"details":"…"}}""")}}}}}""";
}
