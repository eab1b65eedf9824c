using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.Chatwoot;

/// <summary>How one inbox behaves: the body of <c>POST /control/accounts</c>. Posting again changes only what is given.</summary>
internal sealed record ChatwootSettings
{
    /// <summary>The inbox's number; the account's own is beside it.</summary>
    public required string InboxId { get; init; }

    public string AccountId { get; init; } = "1";

    public string ApiAccessToken { get; init; } = "";

    /// <summary>Whether the token belongs to an agent bot rather than to a user.</summary>
    public bool BotToken { get; init; }

    public string WebhookSecret { get; init; } = "";

    /// <summary>Older versions sign nothing.</summary>
    public bool Signs { get; init; } = true;

    /// <summary>Older versions forget content attributes that they do not know.</summary>
    public bool KeepsAttributes { get; init; } = true;

    /// <summary>Where the account's webhook goes; without it none leave.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>The inbox has a webhook of its own at the same address: everything is told twice.</summary>
    public bool InboxWebhook { get; init; }

    /// <summary>The kind of network behind it, as Chatwoot calls it.</summary>
    public string InboxKind { get; init; } = "Channel::Api";

    public string InboxName { get; init; } = "Sandbox inbox";

    /// <summary>Milliseconds from acceptance to the status.</summary>
    public int DeliveredMs { get; init; } = 300;

    /// <inheritdoc cref="DeliveredMs"/>
    public int ReadMs { get; init; } = 1000;

    /// <summary><c>auto</c> after <see cref="ReadMs"/>, <c>open</c> when the phone opens the chat, or <c>never</c>.</summary>
    public string Read { get; init; } = "auto";
}

/// <summary>One inbox of an account at Chatwoot.</summary>
internal sealed class ChatwootAccount : Account
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TimeProvider _time;
    private JsonObject _given = [];

    public ChatwootAccount(JsonObject given, TimeProvider time)
    {
        _time = time;
        Change(given);
    }

    public ChatwootSettings Settings { get; private set; } = null!;

    public override string Channel => "chatwoot";

    public override string Id => Settings.InboxId;

    public override string Name => Settings.InboxName;

    /// <summary>Chatwoot does not repeat; the courier does, rarely, so that a test's server may come late.</summary>
    public override TimeSpan FirstRetry => TimeSpan.FromSeconds(2);

    public override IEnumerable<WebhookTarget> Targets =>
        Settings.WebhookUrl is not { } url ? []
        : Enumerable.Repeat(new WebhookTarget(url, Settings.WebhookSecret), Settings.InboxWebhook ? 2 : 1);

    /// <exception cref="ControlException">A setting has the wrong type, or the inbox is missing.</exception>
    public void Change(JsonObject given)
    {
        (Settings, _given) = ControlJson.Over<ChatwootSettings>(_given, given);
    }

    public override JsonObject Describe()
    {
        var settings = (JsonObject)JsonSerializer.SerializeToNode(Settings, ControlJson.Options)!;
        settings.Remove("api_access_token");
        settings.Remove("webhook_secret");
        return settings;
    }

    public override byte[] Encode(JsonNode body) => Encoding.UTF8.GetBytes(body.ToJsonString(Relaxed));

    public override void Sign(HttpRequestMessage request, byte[] body, string secret)
    {
        request.Headers.TryAddWithoutValidation("X-Chatwoot-Delivery", RandomNumberGenerator.GetHexString(32, lowercase: true));
        if (!Settings.Signs || secret.Length == 0) return;
        var stamp = _time.GetUtcNow().ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{stamp}."), .. body];
        request.Headers.TryAddWithoutValidation("X-Chatwoot-Timestamp", $"{stamp}");
        request.Headers.TryAddWithoutValidation(
            "X-Chatwoot-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
    }
}
