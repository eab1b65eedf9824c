using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;

namespace ChatOperator.Intake.Seldom;

/// <summary>A contact's reaction: one emoji per person and message, in the message's <c>reactions</c>.</summary>
internal static class Reactions
{
    public static async Task ApplyAsync(SeldomEvent seldom, ReactionChanged reaction, AppDb db)
    {
        if (await Targets.FindAsync(seldom, reaction.TargetExternalId, db) is not { } message) return;
        var who = reaction.From.Identities[0].Key;
        var extra = Targets.Extra(message);
        var at = (reaction.At ?? seldom.Arrival.At).ToUnixTimeMilliseconds();
        var reacted = extra["reacted_at"] as JsonObject ?? [];
        // Networks count in seconds, and a reaction is easily changed within one: what came at that time is known by its id.
        var (last, ids) = (reacted[who] is { } told ? (long)told : long.MinValue, extra["reacted_by"] as JsonObject ?? []);
        var seen = at == last ? ids[who] as JsonArray ?? [] : [];
        if (at < last || seen.Any(id => (string?)id == reaction.ExternalId))
        {
            // Repeated, or overtaken by what the person chose later.
            seldom.Item.Conclude(Verdict.Duplicate);
            return;
        }
        reacted[who] = at;
        extra["reacted_at"] = reacted.DeepClone();
        ids[who] = new JsonArray([.. seen.Select(id => id!.DeepClone()), JsonValue.Create(reaction.ExternalId)]);
        extra["reacted_by"] = ids.DeepClone();
        var reactions = new JsonArray([.. (extra["reactions"] as JsonArray ?? []).Where(r => (string?)r!["by"] != who).Select(r => r!.DeepClone())]);
        if (reaction.Emoji is { Length: > 0 } emoji)
            reactions.Add((JsonNode)new JsonObject { ["by"] = who, ["name"] = Text.Clean(reaction.From.Name ?? ""), ["emoji"] = Text.Clean(emoji) });
        extra["reactions"] = reactions;
        message.Extra = extra.ToJsonString();
        Targets.Changed(seldom, message, db);
    }
}
