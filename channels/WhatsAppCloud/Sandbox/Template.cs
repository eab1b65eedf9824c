using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>A text that the network reviews beforehand, in one language.</summary>
internal sealed partial class Template
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Language { get; init; }

    public required string Category { get; set; }

    public string Status { get; set; } = "PENDING";

    public string RejectedReason { get; set; } = "NONE";

    /// <summary>GREEN, YELLOW, RED; null until it was judged otherwise than by its approval.</summary>
    public string? Quality { get; set; }

    /// <summary>Whether parameters go by name rather than by position.</summary>
    public bool Named { get; set; }

    public required JsonElement Components { get; set; }

    public JsonElement? Component(string type) => Components.ValueKind != JsonValueKind.Array ? null
        : Components.EnumerateArray().Where(one => one.Text("type") == type).Cast<JsonElement?>().FirstOrDefault();

    public string BodyText => Component("BODY")?.Text("text") ?? "";

    public JsonElement[] Buttons => Component("BUTTONS") is { } row ? [.. row.Items("buttons")] : [];

    /// <summary>The distinct variables of a text: <c>1</c>, <c>2</c> or names.</summary>
    public static string[] Variables(string? text) =>
        text is null ? [] : [.. Placeholder().Matches(text).Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>The text with its variables replaced; one without a value stays as it is.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(text, match => values.GetValueOrDefault(match.Groups[1].Value, match.Value));

    /// <summary>As the management API shows it; <paramref name="fields"/> null is the default set.</summary>
    public JsonObject Describe(IReadOnlySet<string>? fields)
    {
        var all = new JsonObject
        {
            ["name"] = Name,
            ["parameter_format"] = Named ? "NAMED" : "POSITIONAL",
            ["components"] = JsonSerializer.SerializeToNode(Components),
            ["language"] = Language,
            ["status"] = Status,
            ["category"] = Category,
            ["rejected_reason"] = RejectedReason,
            ["quality_score"] = new JsonObject { ["score"] = Quality ?? (Status == "APPROVED" ? "GREEN" : "UNKNOWN") },
        };
        var shown = new JsonObject();
        foreach (var (name, value) in all)
            if (fields?.Contains(name) ?? name is not ("rejected_reason" or "quality_score"))
                shown[name] = value?.DeepClone();
        shown["id"] = Id;
        return shown;
    }

    [GeneratedRegex(@"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")]
    private static partial Regex Placeholder();
}
