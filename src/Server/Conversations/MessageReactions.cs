using System.Text.Json.Nodes;

namespace ChatOperator.Conversations;

/// <summary>The <c>reactions</c> that stand on a message: one emoji for each who reacted, in the order in which they chose.</summary>
internal static class MessageReactions
{
    /// <summary>Puts one there in place of the one that the same person had.</summary>
    /// <param name="extra">What is kept beside the message's content.</param>
    /// <param name="by">Who: a contact's identity, or our side.</param>
    /// <param name="emoji">What shall stand there; null takes theirs back.</param>
    public static void Put(JsonObject extra, string by, JsonObject? emoji)
    {
        var others = (extra["reactions"] as JsonArray ?? []).Where(r => (string?)r!["by"] != by).Select(r => r!.DeepClone());
        var reactions = new JsonArray([.. others]);
        if (emoji is not null) reactions.Add((JsonNode)emoji);
        extra["reactions"] = reactions;
    }
}
