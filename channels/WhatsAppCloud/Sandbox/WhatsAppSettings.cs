namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>
/// How one business number behaves: the body of <c>POST /control/accounts</c>. Posting again changes only what is given.
/// </summary>
internal sealed record WhatsAppSettings
{
    public required string PhoneNumberId { get; init; }

    public string WabaId { get; init; } = "";

    public string AccessToken { get; init; } = "";

    public string AppSecret { get; init; } = "";

    public string VerifyToken { get; init; } = "";

    /// <summary>Where webhooks go; without it none leave.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>A second subscribed app, which gets every webhook as well. The same address twice makes duplicates.</summary>
    public Uri? SecondWebhookUrl { get; init; }

    /// <summary>The second app's secret; the first one's when absent.</summary>
    public string? SecondAppSecret { get; init; }

    public string DisplayPhoneNumber { get; init; } = "15550001000";

    public string VerifiedName { get; init; } = "Sandbox shop";

    /// <summary>Off: sends are accepted and nothing ever comes back; for benchmarks.</summary>
    public bool Statuses { get; init; } = true;

    /// <summary>Milliseconds from acceptance to the status.</summary>
    public int SentMs { get; init; } = 100;

    /// <inheritdoc cref="SentMs"/>
    public int DeliveredMs { get; init; } = 300;

    /// <inheritdoc cref="SentMs"/>
    public int ReadMs { get; init; } = 1000;

    /// <summary><c>auto</c> after <see cref="ReadMs"/>, <c>open</c> when the phone opens the chat, or <c>never</c>.</summary>
    public string Read { get; init; } = "auto";

    /// <summary>The network sometimes never says that a message was delivered.</summary>
    public bool SkipDelivered { get; init; }

    /// <summary>Free text outside 24 hours after the customer's last message is accepted and then fails.</summary>
    public bool EnforceWindow { get; init; } = true;

    /// <summary>Messages a second before the number is throttled; 0 is no limit.</summary>
    public int ThroughputPerSecond { get; init; } = 80;

    /// <summary>One message in six seconds to one person, with a burst of 45.</summary>
    public bool PairLimit { get; init; } = true;

    /// <summary>Spell Brazilian, Mexican and Argentine numbers the way the network likes them, not the way they were given.</summary>
    public bool RewriteWaId { get; init; }

    /// <summary>Webhook payload version; below 24 statuses carry a conversation.</summary>
    public int WebhookVersion { get; init; } = 25;

    /// <summary>Milliseconds to collect updates for one webhook; 0 sends each by itself.</summary>
    public int BatchMs { get; init; }

    /// <summary>An app that never subscribed gets no webhooks.</summary>
    public bool Subscribed { get; init; } = true;

    /// <summary>Milliseconds before the first repetition of a webhook that was not answered 200.</summary>
    public int RetryFirstMs { get; init; } = 500;

    /// <summary>What becomes of new templates after a second: <c>approve</c>, <c>reject</c> or <c>hold</c>.</summary>
    public string TemplateReview { get; init; } = "approve";

    /// <summary>The only numbers a test number may write to; empty: all.</summary>
    public IReadOnlyList<string> AllowedRecipients { get; init; } = [];
}
