namespace ChatOperator.Agents.Versions;

/// <summary>Says in names of fields how one version differs from the next.</summary>
internal static class Difference
{
    /// <summary>Comma-separated; "" when nothing differs.</summary>
    public static string Of(AgentSettings before, AgentSettings after, bool keyChanged)
    {
        var fields = new List<string>();
        if (before.Enabled != after.Enabled) fields.Add(after.Enabled ? "switched on" : "switched off");
        Compare("instructions", before.Instructions, after.Instructions);
        Compare("model.base_url", before.Model.BaseUrl, after.Model.BaseUrl);
        Compare("model.name", before.Model.Name, after.Model.Name);
        if (keyChanged) fields.Add("model.api_key");
        Compare("model.sees_images", before.Model.SeesImages, after.Model.SeesImages);
        Compare("model.prices", (before.Model.InputPrice, before.Model.OutputPrice), (after.Model.InputPrice, after.Model.OutputPrice));
        Compare("temperature", before.Temperature, after.Temperature);
        Compare("debounce_ms", before.DebounceMs, after.DebounceMs);
        Compare("max_wait_ms", before.MaxWaitMs, after.MaxWaitMs);
        Compare("max_age_s", before.MaxAgeS, after.MaxAgeS);
        if (!before.Handoff.Keywords.SequenceEqual(after.Handoff.Keywords)) fields.Add("handoff.keywords");
        Compare("handoff.when_unsure", before.Handoff.WhenUnsure, after.Handoff.WhenUnsure);
        Compare("handoff.max_turns_per_hour", before.Handoff.MaxTurnsPerHour, after.Handoff.MaxTurnsPerHour);
        return string.Join(", ", fields);

        void Compare<T>(string field, T old, T @new)
        {
            if (!EqualityComparer<T>.Default.Equals(old, @new)) fields.Add(field);
        }
    }
}
