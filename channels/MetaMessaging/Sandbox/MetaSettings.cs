namespace ChatOperator.Sandbox.MetaMessaging;

/// <summary>
/// How one page or Instagram account behaves: the body of <c>POST /control/accounts</c>. Posting again changes only what is given.
/// </summary>
internal sealed record MetaSettings
{
    public string PageId { get; init; } = "";

    public string InstagramId { get; init; } = "";

    /// <summary>The app that echoes of the API's sends name.</summary>
    public string AppId { get; init; } = "1200000000000001";

    public string AccessToken { get; init; } = "";

    public string AppSecret { get; init; } = "";

    /// <summary>Signs webhooks in place of the app's secret when given.</summary>
    public string InstagramAppSecret { get; init; } = "";

    public string VerifyToken { get; init; } = "";

    /// <summary>How an Instagram account is connected: <c>facebook</c> or <c>instagram</c>, whose tokens expire.</summary>
    public string Login { get; init; } = "facebook";

    /// <summary>Where webhooks go; without it none leave.</summary>
    public Uri? WebhookUrl { get; init; }

    public string Name { get; init; } = "Sandbox page";

    public string Username { get; init; } = "sandbox.shop";

    /// <summary>Off: sends are accepted and nothing is ever reported; for benchmarks.</summary>
    public bool Statuses { get; init; } = true;

    /// <summary>Every message of the account comes back.</summary>
    public bool Echoes { get; init; } = true;

    /// <summary>Instagram's echoes name the app too, as they do at times; Messenger's always do.</summary>
    public bool NamesApp { get; init; }

    /// <summary>Milliseconds from acceptance to the echo.</summary>
    public int EchoMs { get; init; } = 50;

    /// <summary>Milliseconds from acceptance to the report.</summary>
    public int DeliveredMs { get; init; } = 300;

    /// <inheritdoc cref="DeliveredMs"/>
    public int ReadMs { get; init; } = 1000;

    /// <summary><c>auto</c> after <see cref="ReadMs"/>, <c>open</c> when the phone opens the chat, or <c>never</c>.</summary>
    public string Read { get; init; } = "auto";

    /// <summary>Messages outside 24 hours are refused, with the human agent's tag outside 7 days.</summary>
    public bool EnforceWindow { get; init; } = true;

    /// <summary>Meta has approved the app for the human agent's tag.</summary>
    public bool HumanAgent { get; init; } = true;

    /// <summary>An app that never subscribed gets no webhooks.</summary>
    public bool Subscribed { get; init; } = true;

    /// <summary>Milliseconds before the first repetition of a webhook that was not answered 200.</summary>
    public int RetryFirstMs { get; init; } = 500;

    /// <summary>How long tokens of Instagram's login live.</summary>
    public double TokenDays { get; init; } = 60;
}
