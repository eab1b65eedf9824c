namespace ChatOperator.Agents.Versions;

/// <summary>How the agent behaves; stored whole with every version.</summary>
/// <param name="Temperature">null: the model's own.</param>
/// <param name="DebounceMs">How long it waits for further messages before it thinks.</param>
/// <param name="MaxAgeS">Messages older than this many seconds are left to people.</param>
/// <param name="TimeZone">Where the business is, by its IANA name; "": the installation's.</param>
/// <param name="MaxWaitMs">The longest that <paramref name="DebounceMs"/> may add up to while more and more arrives.</param>
public sealed record AgentSettings(
    bool Enabled, string Instructions, ModelSettings Model, double? Temperature, int DebounceMs, int MaxAgeS, HandoffSettings Handoff,
    int MaxWaitMs = AgentSettings.UsualMaxWaitMs, string TimeZone = "")
{
    private const int UsualMaxWaitMs = 20_000;

    /// <summary>Of a new tenant: off, and waiting for somebody to write instructions.</summary>
    public static readonly AgentSettings Default = new(
        Enabled: false, Instructions: "", new ModelSettings("", "", SeesImages: false, null, null), Temperature: null, DebounceMs: 3000, MaxAgeS: 3600,
        new HandoffSettings([], WhenUnsure: true, MaxTurnsPerHour: 30));

    internal TimeSpan Debounce => TimeSpan.FromMilliseconds(DebounceMs);

    /// <summary>After the first message of several it thinks no later than this, however fast they come.</summary>
    internal TimeSpan LongestWait => TimeSpan.FromMilliseconds(Math.Max(DebounceMs, MaxWaitMs));
}

/// <summary>Which model thinks. Without an address or a name, answers come from the knowledge alone.</summary>
/// <param name="BaseUrl">An OpenAI-compatible endpoint, such as https://api.openai.com/v1.</param>
/// <param name="InputPrice">Per million tokens; null: unknown, and costs are not counted.</param>
/// <param name="OutputPrice">Per million tokens.</param>
public sealed record ModelSettings(string BaseUrl, string Name, bool SeesImages, decimal? InputPrice, decimal? OutputPrice)
{
    internal bool IsConfigured => BaseUrl.Length > 0 && Name.Length > 0;

    /// <summary>What these tokens cost; null when a price is unknown.</summary>
    internal decimal? Cost(long input, long output) => (InputPrice, OutputPrice) switch
    {
        ({ } i, { } o) => ((input * i) + (output * o)) / 1_000_000m,
        _ => null,
    };
}

/// <summary>When the agent gives a conversation to a human.</summary>
/// <param name="Keywords">A message with one of them is handed over without thinking.</param>
/// <param name="WhenUnsure">Rather than ask back.</param>
/// <param name="MaxTurnsPerHour">More answers within an hour are a loop: it stops and hands over.</param>
public sealed record HandoffSettings(IReadOnlyList<string> Keywords, bool WhenUnsure, int MaxTurnsPerHour);
