using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;

namespace ChatOperator.Intake.Seldom;

/// <summary>A sender changed a message: the new words are shown, the old ones stay in its <c>edits</c>.</summary>
internal static class Edits
{
    public static async Task ApplyAsync(SeldomEvent seldom, MessageEdited edited, AppDb db)
    {
        if (await Targets.FindAsync(seldom, edited.TargetExternalId, db) is not { } message) return;
        var words = Text.Clean(edited.Content.Text);
        if (message.Text == words)
        {
            seldom.Item.Conclude(Verdict.Duplicate);
            return;
        }
        var extra = Targets.Extra(message);
        var edits = extra["edits"] as JsonArray ?? [];
        edits.Add((JsonNode)new JsonObject { ["text"] = message.Text, ["until"] = (edited.At ?? seldom.Arrival.At).ToString("O") });
        extra["edits"] = edits.DeepClone();
        message.Extra = extra.ToJsonString();
        message.Text = words;
        message.Content = edited.Content is TextContent ? null : Text.CleanJson(ContentJson.Write(edited.Content));
        Targets.Changed(seldom, message, db);
    }
}
