using System.Globalization;
using System.Text.Json;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>Reads JSON that a caller may have got wrong: what is absent or of another type is null, never an exception.</summary>
internal static class GraphJson
{
    extension(JsonElement node)
    {
        public JsonElement? Object(string name) =>
            node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
                ? value : null;

        /// <summary>A string, or a number as it was spelled: callers write ids both ways.</summary>
        public string? Text(string name) =>
            node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value)
                ? value.ValueKind switch
                {
                    JsonValueKind.String => value.GetString(),
                    JsonValueKind.Number => value.GetRawText(),
                    _ => null,
                }
                : null;

        public double? Number(string name) =>
            double.TryParse(node.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

        /// <summary>The elements of an array; none when it is something else.</summary>
        public IEnumerable<JsonElement> Items(string name) =>
            node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
                ? value.EnumerateArray() : [];
    }
}
