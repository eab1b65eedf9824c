using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.YCloud;

/// <summary>How one number at YCloud behaves: the body of <c>POST /control/accounts</c>. Posting again changes only what is given.</summary>
internal sealed record YCloudSettings
{
    /// <summary>With a plus sign.</summary>
    public required string PhoneNumber { get; init; }

    public string WabaId { get; init; } = "";

    public string ApiKey { get; init; } = "";

    public string WebhookSecret { get; init; } = "";

    /// <summary>Where events go; without it none leave.</summary>
    public Uri? WebhookUrl { get; init; }

    public string VerifiedName { get; init; } = "Sandbox shop";

    /// <summary>Milliseconds from acceptance to the status.</summary>
    public int SentMs { get; init; } = 100;

    /// <inheritdoc cref="SentMs"/>
    public int DeliveredMs { get; init; } = 300;

    /// <inheritdoc cref="SentMs"/>
    public int ReadMs { get; init; } = 1000;

    /// <summary><c>auto</c> after <see cref="ReadMs"/>, <c>open</c> when the phone opens the chat, or <c>never</c>.</summary>
    public string Read { get; init; } = "auto";

    /// <summary>Free text outside 24 hours after the customer's last message is accepted and then fails.</summary>
    public bool EnforceWindow { get; init; } = true;

    /// <summary>The name of the event that tells what the Business app sent: the documentation's, or <c>whatsapp.smb.message.created</c>.</summary>
    public string EchoEvent { get; init; } = "whatsapp.smb.message.echoes";

    /// <summary>Milliseconds in which a received file's link opens without the key.</summary>
    public int LinkOpenMs { get; init; } = 300_000;

    /// <summary>Milliseconds before the first repetition of an event that was not answered 200.</summary>
    public int RetryFirstMs { get; init; } = 500;

    /// <summary>Requests to send a second, before they are refused.</summary>
    public int RatePerSecond { get; init; } = 80;
}

/// <summary>One business number at YCloud.</summary>
internal sealed class YCloudAccount : Account
{
    private static readonly TimeSpan ServiceWindow = TimeSpan.FromHours(24);
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastHeard = new();
    private readonly TimeProvider _time;
    private JsonObject _given = [];
    private WhatsAppCloud.TokenBucket _rate = new(1, 1);

    public YCloudAccount(JsonObject given, TimeProvider time)
    {
        _time = time;
        Change(given);
    }

    public YCloudSettings Settings { get; private set; } = null!;

    public override string Channel => "ycloud";

    public override string Id => Phones.Digits(Settings.PhoneNumber);

    public override string Name => Settings.VerifiedName;

    public override TimeSpan FirstRetry => TimeSpan.FromMilliseconds(Settings.RetryFirstMs);

    public override IEnumerable<WebhookTarget> Targets =>
        Settings.WebhookUrl is { } url ? [new WebhookTarget(url, Settings.WebhookSecret)] : [];

    /// <exception cref="ControlException">A setting has the wrong type, or the number is missing.</exception>
    public void Change(JsonObject given)
    {
        (Settings, _given) = ControlJson.Over<YCloudSettings>(_given, given);
        _rate = new WhatsAppCloud.TokenBucket(Settings.RatePerSecond, Settings.RatePerSecond);
    }

    public override JsonObject Describe()
    {
        var settings = (JsonObject)JsonSerializer.SerializeToNode(Settings, ControlJson.Options)!;
        settings.Remove("api_key");
        settings.Remove("webhook_secret");
        return settings;
    }

    public override byte[] Encode(JsonNode body) => Encoding.UTF8.GetBytes(body.ToJsonString(Relaxed));

    /// <summary>The key is the whole secret, its prefix included; what is signed is the time, a dot and the body.</summary>
    public override void Sign(HttpRequestMessage request, byte[] body, string secret)
    {
        var stamp = _time.GetUtcNow().ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{stamp}."), .. body];
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
        request.Headers.TryAddWithoutValidation("YCloud-Signature", $"t={stamp},s={signature}");
        request.Headers.TryAddWithoutValidation("X-Webhook-Endpoint-ID", "sandbox-endpoint");
    }

    public bool HasRoom() => _rate.TryTake(_time.GetUtcNow());

    /// <summary>The customer wrote: the service window runs from the latest that we heard.</summary>
    public void Heard(Phone phone, DateTimeOffset at) => _lastHeard.AddOrUpdate(phone.Number, at, (_, before) => before > at ? before : at);

    public bool WindowIsOpen(Phone phone, DateTimeOffset now) =>
        !Settings.EnforceWindow || (_lastHeard.TryGetValue(phone.Number, out var last) && now - last < ServiceWindow);

    public string UserIdOf(Phone phone) => WhatsAppCloud.WhatsAppAccount.UserIdOf(Settings.WabaId, phone);
}
