using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>Writes choices: few as buttons, more, or those with a line below them, as a list.</summary>
internal static class ChoicesWriter
{
    private const int MostButtons = 3;

    public static bool Write(Utf8JsonWriter json, ChoicesContent content)
    {
        if (content.Choices.Count == 0) return false;
        var asButtons = content.Choices.Count <= MostButtons && content.Choices.All(c => c.Description is null);
        json.WriteString("type", "interactive");
        json.WriteStartObject("interactive");
        json.WriteString("type", asButtons ? "button" : "list");
        json.WriteStartObject("body");
        json.WriteString("text", content.Body);
        json.WriteEndObject();
        json.WriteStartObject("action");
        if (asButtons) WriteButtons(json, content);
        else WriteList(json, content);
        json.WriteEndObject();
        json.WriteEndObject();
        return true;
    }

    private static void WriteButtons(Utf8JsonWriter json, ChoicesContent content)
    {
        json.WriteStartArray("buttons");
        foreach (var choice in content.Choices)
        {
            json.WriteStartObject();
            json.WriteString("type", "reply");
            json.WriteStartObject("reply");
            json.WriteString("id", choice.Id);
            json.WriteString("title", choice.Title);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteList(Utf8JsonWriter json, ChoicesContent content)
    {
        json.WriteString("button", content.Button is { Length: > 0 } button ? button : "▾");
        json.WriteStartArray("sections");
        json.WriteStartObject();
        json.WriteStartArray("rows");
        foreach (var choice in content.Choices)
        {
            json.WriteStartObject();
            json.WriteString("id", choice.Id);
            json.WriteString("title", choice.Title);
            if (choice.Description is { Length: > 0 } line) json.WriteString("description", line);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
