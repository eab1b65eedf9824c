using System.Text.Json.Nodes;
using ChatOperator.Conversations;

namespace ChatOperator.Intake.Singles;

/// <summary>A contact's reaction: one emoji per person and message, in the message's <c>reactions</c>.</summary>
internal static class Reactions
{
    public static bool Apply(Message message, TargetChange reaction)
    {
        var (who, at) = (reaction.By, reaction.At.ToUnixTimeMilliseconds());
        var extra = Targets.Extra(message);
        var reacted = extra["reacted_at"] as JsonObject ?? [];
        // Networks count in seconds, and a reaction is easily changed within one: what came at that time is known by its id.
        var (last, ids) = (reacted[who] is { } told ? (long)told : long.MinValue, extra["reacted_by"] as JsonObject ?? []);
        var seen = at == last ? ids[who] as JsonArray ?? [] : [];
        // Repeated, or overtaken by what the person chose later.
        if (at < last || seen.Any(id => (string?)id == reaction.Id)) return false;
        reacted[who] = at;
        extra["reacted_at"] = reacted.DeepClone();
        ids[who] = new JsonArray([.. seen.Select(id => id!.DeepClone()), JsonValue.Create(reaction.Id)]);
        extra["reacted_by"] = ids.DeepClone();
        MessageReactions.Put(
            extra, who, reaction.Emoji is { } emoji ? new JsonObject { ["by"] = who, ["name"] = reaction.Name, ["emoji"] = emoji } : null);
        message.Extra = extra.ToJsonString();
        return true;
    }
}
