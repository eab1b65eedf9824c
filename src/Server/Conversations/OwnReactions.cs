using System.Text.Json.Nodes;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>
/// The emoji that our side put on a message: it has one place there, whoever of us chose it, and stands beside the contact's. It is noted when
/// it goes into the outbox; how far it came is known by the message that carries it.
/// </summary>
internal static class OwnReactions
{
    /// <summary>Stands for our side where a contact's reaction has their identity.</summary>
    private const string By = "account";

    /// <summary>Notes on a message that one is on its way to it; an empty emoji takes ours back.</summary>
    /// <param name="carrier">The message that carries it.</param>
    public static void React(this Message target, string emoji, string name, long carrier)
    {
        var extra = target.Extra is { } json ? JsonNode.Parse(json)!.AsObject() : [];
        MessageReactions.Put(
            extra, By, emoji.Length == 0 ? null : new JsonObject { ["by"] = By, ["name"] = name, ["emoji"] = emoji, ["message_id"] = carrier });
        target.Extra = extra.ToJsonString();
    }

    /// <summary>What is shown of messages that were just read: ours say how far they came, and those that never left are gone.</summary>
    public static async Task ShowOwnReactionsAsync(this AppDb db, IReadOnlyList<Message> messages, CancellationToken cancel)
    {
        var touched = messages.Where(m => m.Extra?.Contains("\"message_id\"", StringComparison.Ordinal) == true).ToList();
        if (touched.Count == 0) return;
        var read = touched.ConvertAll(m => (Message: m, Extra: JsonNode.Parse(m.Extra!)!.AsObject()));
        var carriers = read.SelectMany(r => Own(r.Extra)).Select(r => (long)r["message_id"]!).Distinct().ToList();
        var statuses = await db.Messages.AsNoTracking().Where(m => carriers.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Status, cancel);
        foreach (var (message, extra) in read)
        {
            foreach (var own in Own(extra).ToList())
                if (statuses.TryGetValue((long)own["message_id"]!, out var status) && status is not (MessageStatus.Failed or MessageStatus.Cancelled or MessageStatus.Withdrawn))
                    own["status"] = Word.Of(status);
                else own.Parent!.AsArray().Remove(own);
            message.Extra = extra.ToJsonString();
        }
    }

    private static IEnumerable<JsonObject> Own(JsonObject extra) =>
        (extra["reactions"] as JsonArray ?? []).OfType<JsonObject>().Where(r => r["message_id"] is not null);
}
