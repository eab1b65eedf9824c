using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.MetaMessaging;

/// <summary>One page or Instagram account: its tokens, its people, and when each last wrote.</summary>
internal sealed class MetaAccount(MetaNetwork network, TimeProvider time) : Account
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(24), HumanWindow = TimeSpan.FromDays(7);

    private static readonly string[] Secrets = ["access_token", "app_secret", "instagram_app_secret", "verify_token"];

    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastHeard = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new();
    private JsonObject _given = [];

    public MetaSettings Settings { get; private set; } = new();

    public override string Channel => network.Channel;

    public override string Id => network.IdOf(Settings);

    public override string Name => Settings.Name;

    public override TimeSpan FirstRetry => TimeSpan.FromMilliseconds(Settings.RetryFirstMs);

    public override IEnumerable<WebhookTarget> Targets => Settings is { Subscribed: true, WebhookUrl: { } url }
        ? [new(url, Settings.InstagramAppSecret is { Length: > 0 } own ? own : Settings.AppSecret)] : [];

    public bool Expires => Settings.Login == "instagram";

    /// <summary>Lays the given settings over the ones there are.</summary>
    /// <exception cref="ControlException">A setting has the wrong type.</exception>
    public void Change(JsonObject given)
    {
        (Settings, _given) = ControlJson.Over<MetaSettings>(_given, given);
        if (Settings.AccessToken.Length > 0) _tokens.TryAdd(Settings.AccessToken, time.GetUtcNow());
    }

    public override JsonObject Describe()
    {
        var settings = (JsonObject)JsonSerializer.SerializeToNode(Settings, ControlJson.Options)!;
        foreach (var secret in Secrets) settings.Remove(secret);
        return settings;
    }

    public override byte[] Encode(JsonNode body) => WhatsAppCloud.Webhooks.Bytes(body);

    public override void Sign(HttpRequestMessage request, byte[] body, string secret)
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", "sha256=" + signature);
    }

    /// <summary>Whether the token is the account's and still alive.</summary>
    public bool Knows(string? token) => token is not null && _tokens.TryGetValue(token, out var born)
        && (!Expires || born + TimeSpan.FromDays(Settings.TokenDays) > time.GetUtcNow());

    /// <summary>A new token for one that is a day old; null for a younger one. The old one lives on to its own end.</summary>
    public string? Renew(string token)
    {
        if (_tokens[token] + TimeSpan.FromDays(1) > time.GetUtcNow()) return null;
        var renewed = "IGAA" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _tokens[renewed] = time.GetUtcNow();
        return renewed;
    }

    public void Heard(Phone phone, DateTimeOffset at) => _lastHeard.AddOrUpdate(phone.Number, at, (_, before) => before > at ? before : at);

    /// <summary>Whether the person wrote at all; nobody else can be written to or looked at.</summary>
    public bool HasHeard(Phone phone) => _lastHeard.ContainsKey(phone.Number);

    public bool IsWithin(TimeSpan window, Phone phone) =>
        !Settings.EnforceWindow || (_lastHeard.TryGetValue(phone.Number, out var last) && time.GetUtcNow() - last < window);

    /// <summary>A person's id, which holds on this account only. It ends with the phone's number, so that people who look on find it.</summary>
    public string PersonOf(Phone phone) => Prefix + phone.Number;

    /// <summary>The phone behind an id, or null when it is no id of this account's.</summary>
    public string? NumberOf(string person) => person.StartsWith(Prefix, StringComparison.Ordinal) && person.Length > Prefix.Length
        ? person[Prefix.Length..] : null;

    private string Prefix =>
        (100 + BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{Channel}/{Id}"))) % 900).ToString(CultureInfo.InvariantCulture);
}
