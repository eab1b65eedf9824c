using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>One business number, with the limits and windows that the network keeps for it.</summary>
internal sealed class WhatsAppAccount : Account
{
    public static readonly TimeSpan ServiceWindow = TimeSpan.FromHours(24);
    private const int PairBurst = 45;
    private const double PairRefillPerSecond = 1 / 6.0;

    private static readonly string[] Secrets = ["access_token", "app_secret", "second_app_secret", "verify_token"];

    private readonly ConcurrentDictionary<string, TokenBucket> _pairs = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastHeard = new();
    private readonly ConcurrentDictionary<string, bool> _stoppedMarketing = new();
    private JsonObject _given = [];
    private TokenBucket? _throughput;

    public WhatsAppAccount(JsonObject given) => Change(given);

    public WhatsAppSettings Settings { get; private set; } = null!;

    /// <summary>Set by the network's own API; stronger than the setting of the account.</summary>
    public Uri? OverrideCallback { get; set; }

    public override string Channel => "whatsapp_cloud";

    public override string Id => Settings.PhoneNumberId;

    public override string Name => Settings.VerifiedName;

    public override TimeSpan FirstRetry => TimeSpan.FromMilliseconds(Settings.RetryFirstMs);

    public override IEnumerable<WebhookTarget> Targets
    {
        get
        {
            if (!Settings.Subscribed) yield break;
            if ((OverrideCallback ?? Settings.WebhookUrl) is { } first) yield return new(first, Settings.AppSecret);
            if (Settings.SecondWebhookUrl is { } second) yield return new(second, Settings.SecondAppSecret ?? Settings.AppSecret);
        }
    }

    /// <summary>Lays the given settings over the ones there are.</summary>
    /// <exception cref="ControlException">A setting has the wrong type, or the id is missing.</exception>
    public void Change(JsonObject given)
    {
        var (settings, merged) = ControlJson.Over<WhatsAppSettings>(_given, given);
        foreach (var url in new[] { settings.WebhookUrl, settings.SecondWebhookUrl })
            if (url is not null && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
                throw new ControlException($"{url} is not an http address");
        (_given, Settings) = (merged, settings);
        _throughput = Settings.ThroughputPerSecond > 0 ? new TokenBucket(Settings.ThroughputPerSecond, Settings.ThroughputPerSecond) : null;
    }

    public override JsonObject Describe()
    {
        var settings = (JsonObject)JsonSerializer.SerializeToNode(Settings, ControlJson.Options)!;
        foreach (var secret in Secrets) settings.Remove(secret);
        return settings;
    }

    public override byte[] Encode(JsonNode body) => Webhooks.Bytes(body);

    public override void Sign(HttpRequestMessage request, byte[] body, string secret)
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", "sha256=" + signature);
    }

    /// <summary>The limit that a send to this person runs into now, if any.</summary>
    public GraphError? Throttle(string waId, DateTimeOffset now)
    {
        if (_throughput?.TryTake(now) is false)
            return GraphError.Of(130429, "Cloud API message throughput has been reached.");
        if (Settings.PairLimit && !_pairs.GetOrAdd(waId, _ => new TokenBucket(PairBurst, PairRefillPerSecond)).TryTake(now))
            return GraphError.Of(131056, "Message failed to send because there were too many messages sent from this phone number "
                + "to the same phone number in a short period of time.");
        return null;
    }

    /// <summary>The customer wrote: the service window runs from the later of what we heard.</summary>
    public void Heard(string waId, DateTimeOffset at) =>
        _lastHeard.AddOrUpdate(waId, at, (_, before) => before > at ? before : at);

    /// <summary>The customer wants no more marketing of this business, or wants it again.</summary>
    public void SetMarketing(string waId, bool stopped) => _stoppedMarketing[waId] = stopped;

    public bool HasStoppedMarketing(string waId) => _stoppedMarketing.GetValueOrDefault(waId);

    public bool WindowIsOpen(string waId, DateTimeOffset now) =>
        !Settings.EnforceWindow || (_lastHeard.TryGetValue(waId, out var last) && now - last < ServiceWindow);

    /// <summary>Digits as the network spells them, which in three countries is not as people do.</summary>
    public string WaId(string to)
    {
        var digits = Phones.Digits(to);
        if (!Settings.RewriteWaId) return digits;
        return digits switch
        {
            // Brazil beyond São Paulo and Rio: accounts older than the ninth digit never got it.
            ['5', '5', >= '3', _, '9', ..] when digits.Length == 13 => digits[..4] + digits[5..],
            ['5', '2', ..] when digits.Length == 12 => "521" + digits[2..],
            ['5', '4', not '9', ..] when digits.Length == 12 => "549" + digits[2..],
            _ => digits,
        };
    }

    /// <summary>The person's business-scoped id: one for each portfolio, and therefore for each WABA here.</summary>
    public string UserIdOf(Phone phone) => UserIdOf(Settings.WabaId, phone);

    /// <inheritdoc cref="UserIdOf(Phone)"/>
    public static string UserIdOf(string wabaId, Phone phone)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(wabaId + "/" + phone.Number));
        return CountryOf(phone.Number) + "." + (BitConverter.ToUInt64(hash) % 100_000_000_000_000_000).ToString("D17", null);
    }

    private static string CountryOf(string digits) => digits switch
    {
        ['5', '5', ..] => "BR",
        ['5', '4', ..] => "AR",
        ['5', '2', ..] => "MX",
        ['3', '4', ..] => "ES",
        ['4', '4', ..] => "GB",
        _ => "US",
    };
}
