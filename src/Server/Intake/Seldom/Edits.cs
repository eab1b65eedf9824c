using System.Globalization;
using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;

namespace ChatOperator.Intake.Seldom;

/// <summary>
/// A sender changed a message: the new words are shown, the old ones stay in its <c>edits</c>. Webhooks are repeated and overtake each
/// other, so an edit counts once, and one that is older than the words shown changes nothing.
/// </summary>
internal static class Edits
{
    public static async Task ApplyAsync(SeldomEvent seldom, MessageEdited edited, AppDb db)
    {
        if (await Targets.FindAsync(seldom, edited.TargetExternalId, db) is not { } message) return;
        var extra = Targets.Extra(message);
        var (words, at, id) = (Text.Clean(edited.Content.Text), edited.At ?? seldom.Arrival.At, Text.Clean(edited.ExternalId));
        var edits = extra["edits"] as JsonArray ?? [];
        var overtaken = extra["edited_at"] is { } last && at < DateTimeOffset.Parse((string)last!, CultureInfo.InvariantCulture);
        if (message.Text == words || overtaken || extra.ContainsKey("deleted_at") || edits.Any(e => (string?)e!["by"] == id))
        {
            seldom.Item.Conclude(Verdict.Duplicate);
            return;
        }
        edits.Add((JsonNode)new JsonObject { ["text"] = message.Text, ["until"] = at.ToString("O"), ["by"] = id });
        extra["edits"] = edits.DeepClone();
        extra["edited_at"] = at.ToString("O");
        message.Extra = extra.ToJsonString();
        await Targets.SayAsync(message, words, db);
        message.Content = edited.Content is TextContent ? null : Text.CleanJson(ContentJson.Write(edited.Content));
        Targets.Changed(seldom, message, db);
    }
}
