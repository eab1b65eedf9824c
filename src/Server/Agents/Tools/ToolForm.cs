using System.Text.Json;
using ChatOperator.Hosting;

namespace ChatOperator.Agents.Tools;

/// <summary>A tool as somebody fills it in.</summary>
/// <param name="Name">Letters, digits, _ and -; what the model calls it.</param>
/// <param name="Url">May hold arguments in braces, in its path or query.</param>
/// <param name="Headers">Values are write-only: a name without a value keeps the one there is.</param>
/// <param name="Parameters">JSON Schema of an object.</param>
public sealed record ToolForm(
    string Name, string Description, string Url, string Method = "GET", IReadOnlyList<ToolHeader>? Headers = null, JsonElement? Parameters = null,
    int TimeoutMs = 10_000, bool HasEffects = false, bool Enabled = true);

/// <summary>A header sent with every use of a tool.</summary>
/// <param name="Value">Never read back.</param>
public sealed record ToolHeader(string Name, string? Value = null);

/// <summary>A tool as it is read.</summary>
public sealed record ToolView(
    Guid Id, string Name, string Description, string Method, string Url, IReadOnlyList<ToolHeader> Headers, JsonElement Parameters, int TimeoutMs,
    bool HasEffects, bool Enabled, DateTimeOffset UpdatedAt)
{
    internal static ToolView Of(AgentTool tool) => new(
        tool.Id, tool.Name, tool.Description, tool.Method, tool.Url,
        [.. JsonSerializer.Deserialize<List<string>>(tool.HeaderNames, Json.Options)!.Select(name => new ToolHeader(name))],
        JsonSerializer.Deserialize<JsonElement>(tool.Parameters), tool.TimeoutMs, tool.HasEffects, tool.Enabled, tool.UpdatedAt);
}
