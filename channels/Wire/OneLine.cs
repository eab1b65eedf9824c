using System.Text;
using System.Text.Json;

namespace ChatOperator.Channels.Wire;

/// <summary>Facts that a network sent in no fixed shape, as one line for people.</summary>
internal static class OneLine
{
    /// <summary>A line begins no further fact past this length.</summary>
    private const int Enough = 500;

    /// <summary>A title and all facts of a value, at most about 500 characters.</summary>
    public static string Of(string title, JsonElement facts)
    {
        var line = new StringBuilder(title);
        Spell(facts, line);
        return line.ToString();
    }

    private static void Spell(JsonElement element, StringBuilder line)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    if (line.Length > Enough) return;
                    line.Append("; ").Append(JsonReading.NameOf(property).Cut(100));
                    Spell(property.Value, line);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    if (line.Length > Enough) return;
                    Spell(item, line);
                }

                break;
            default:
                var text = element.AsText() ?? (element.ValueKind == JsonValueKind.Number ? element.GetRawText() : element.ValueKind.ToString());
                line.Append(' ').Append(text.Cut(200));
                break;
        }
    }
}
