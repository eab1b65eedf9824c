using System.Globalization;
using System.Text.Json.Nodes;
using ChatOperator.Conversations;
using ChatOperator.Db;

namespace ChatOperator.Intake.Singles;

/// <summary>
/// A sender changed a message: the new words are shown, the old ones stay in its <c>edits</c>. Webhooks are repeated and overtake each
/// other, so an edit counts once, and one that is older than the words shown changes nothing.
/// </summary>
internal static class Edits
{
    public static async Task<bool> ApplyAsync(Message message, TargetChange edit, AppDb db)
    {
        var extra = Targets.Extra(message);
        var edits = extra["edits"] as JsonArray ?? [];
        var overtaken = extra["edited_at"] is { } last && edit.At < DateTimeOffset.Parse((string)last!, CultureInfo.InvariantCulture);
        if (message.Text == edit.Words || overtaken || extra.ContainsKey("deleted_at") || edits.Any(e => (string?)e!["by"] == edit.By)) return false;
        edits.Add((JsonNode)new JsonObject { ["text"] = message.Text, ["until"] = edit.At.ToString("O"), ["by"] = edit.By });
        extra["edits"] = edits.DeepClone();
        extra["edited_at"] = edit.At.ToString("O");
        message.Extra = extra.ToJsonString();
        await Targets.SayAsync(message, edit.Words, db);
        message.Content = edit.Content;
        return true;
    }
}
