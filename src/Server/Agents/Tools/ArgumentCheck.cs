using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ChatOperator.Agents.Tools;

/// <summary>
/// Holds what a model passed against a tool's schema: what is required, what is declared at all, its types and its choices. The rest of JSON
/// Schema is for the tool itself to judge.
/// </summary>
internal static class ArgumentCheck
{
    /// <exception cref="ToolTroubleException">They do not fit; the words are for the model.</exception>
    public static void Check(JsonElement schema, AIFunctionArguments arguments)
    {
        var declared = schema.TryGetProperty("properties", out var p) && p.ValueKind == JsonValueKind.Object ? p : default;
        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
            foreach (var name in required.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String)) arguments.Required(name.GetString()!);
        foreach (var (name, value) in arguments)
        {
            if (declared.ValueKind != JsonValueKind.Object || !declared.TryGetProperty(name, out var property))
                throw new ToolTroubleException($"The tool has no argument {name}.");
            Check(name, property, value is JsonElement element ? element : JsonSerializer.SerializeToElement(value));
        }
    }

    private static void Check(string name, JsonElement property, JsonElement value)
    {
        if (property.ValueKind != JsonValueKind.Object || value.ValueKind == JsonValueKind.Null) return;
        if (property.TryGetProperty("type", out var type) && Names(type) is { Count: > 0 } types && !types.Exists(t => Fits(t, value)))
            throw new ToolTroubleException($"The argument {name} must be of type {string.Join(" or ", types)}.");
        if (property.TryGetProperty("enum", out var choices) && choices.ValueKind == JsonValueKind.Array
            && !choices.EnumerateArray().Any(c => JsonElement.DeepEquals(c, value)))
            throw new ToolTroubleException($"The argument {name} must be one of {choices.GetRawText()}.");
    }

    private static List<string> Names(JsonElement type) => type.ValueKind switch
    {
        JsonValueKind.String => [type.GetString()!],
        JsonValueKind.Array => [.. type.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)],
        _ => [],
    };

    private static bool Fits(string type, JsonElement value) => (type, value.ValueKind) switch
    {
        ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => value.TryGetDecimal(out var n) && n == decimal.Truncate(n),
        // A type that we do not know is not ours to refuse.
        _ => type is not ("string" or "number" or "object" or "array" or "boolean" or "integer" or "null"),
    };
}
