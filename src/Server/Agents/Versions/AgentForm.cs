namespace ChatOperator.Agents.Versions;

/// <summary>How the agent shall behave. What is absent stays as it is; temperature and prices are taken as sent.</summary>
/// <param name="Temperature">null: the model's own.</param>
/// <param name="TimeZone">Where the business is, such as America/Argentina/Buenos_Aires; "": the installation's.</param>
/// <param name="Version">The version the form was filled from; another current one is refused. null: whatever is current.</param>
public sealed record AgentForm(
    bool? Enabled = null, string? Instructions = null, ModelForm? Model = null, double? Temperature = null, int? DebounceMs = null,
    int? MaxAgeS = null, HandoffForm? Handoff = null, int? Version = null, int? MaxWaitMs = null, string? TimeZone = null)
{
    internal AgentSettings Onto(AgentSettings now) => new(
        Enabled ?? now.Enabled, Instructions ?? now.Instructions, Model?.Onto(now.Model) ?? now.Model, Temperature, DebounceMs ?? now.DebounceMs,
        MaxAgeS ?? now.MaxAgeS, Handoff?.Onto(now.Handoff) ?? now.Handoff, MaxWaitMs ?? now.MaxWaitMs, TimeZone?.Trim() ?? now.TimeZone);
}

/// <summary>Which model.</summary>
/// <param name="ApiKey">Write-only. Absent: keep the one there is; "": remove it.</param>
public sealed record ModelForm(
    string? BaseUrl = null, string? Name = null, string? ApiKey = null, bool? SeesImages = null, decimal? InputPrice = null, decimal? OutputPrice = null)
{
    internal ModelSettings Onto(ModelSettings now) => new(
        (BaseUrl ?? now.BaseUrl).Trim().TrimEnd('/'), (Name ?? now.Name).Trim(), SeesImages ?? now.SeesImages, InputPrice, OutputPrice);
}

/// <summary>When to hand over.</summary>
public sealed record HandoffForm(IReadOnlyList<string>? Keywords = null, bool? WhenUnsure = null, int? MaxTurnsPerHour = null)
{
    internal HandoffSettings Onto(HandoffSettings now) => new(
        Keywords is null ? now.Keywords : [.. Keywords.Select(k => k.Trim()).Where(k => k.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
        WhenUnsure ?? now.WhenUnsure, MaxTurnsPerHour ?? now.MaxTurnsPerHour);
}

/// <summary>The agent as it is read.</summary>
/// <param name="ActivatedAt">What came before is history to it; null while it is off.</param>
/// <param name="Version">0: nobody ever set anything.</param>
/// <param name="Inherited">The account has none of its own and uses the tenant's, which is shown.</param>
public sealed record AgentView(
    bool Enabled, string Instructions, ModelView Model, double? Temperature, int DebounceMs, int MaxWaitMs, int MaxAgeS, HandoffSettings Handoff,
    DateTimeOffset? ActivatedAt, int Version, bool Inherited, string TimeZone)
{
    internal static AgentView Of(ActiveAgent agent, bool inherited = false)
    {
        var s = agent.Settings;
        return new AgentView(
            s.Enabled, s.Instructions, ModelView.Of(s.Model, agent.ApiKey.Length > 0), s.Temperature, s.DebounceMs, s.MaxWaitMs, s.MaxAgeS, s.Handoff,
            agent.ActivatedAt, agent.Version, inherited, s.TimeZone);
    }
}

/// <summary>A model as it is read; its key never is.</summary>
public sealed record ModelView(string BaseUrl, string Name, bool HasApiKey, bool SeesImages, decimal? InputPrice, decimal? OutputPrice)
{
    internal static ModelView Of(ModelSettings model, bool hasKey) =>
        new(model.BaseUrl, model.Name, hasKey, model.SeesImages, model.InputPrice, model.OutputPrice);
}

/// <summary>A version that was just made.</summary>
public sealed record VersionNumber(int Version);

/// <summary>A version in the history.</summary>
/// <param name="Summary">The fields that differ from the version before.</param>
/// <param name="Settings">null for one that inherits the tenant's.</param>
public sealed record VersionRow(int Version, DateTimeOffset ChangedAt, string ChangedBy, string Summary, AgentView? Settings);
