using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Outbox;

/// <summary>
/// What the tries of one part have cost so far. Kept beside its last failure until it leaves; an operator's retry forgets both, so it begins
/// with a whole budget.
/// </summary>
internal static class RetryBudget
{
    private const string Tries = "tries", Since = "since";

    /// <summary>Notes a try that failed. The number of tries that ended so, and since when tries have been made.</summary>
    public static (int Tries, DateTimeOffset Since) Spend(LaneDelivery delivery, SendFailure failure, DateTimeOffset at)
    {
        var (node, before) = (Node(failure), Parse(delivery.Error));
        var tries = before?[Tries]?.DeepClone() as JsonObject ?? [];
        var kind = failure.Code == RetryPolicy.Stopped.Code ? failure.Code : failure.Reaction.ToString();
        var count = (tries[kind]?.GetValue<int>() ?? 0) + 1;
        tries[kind] = count;
        var since = SinceOf(before) ?? delivery.StartedAt ?? at;
        (node[Tries], node[Since]) = (tries, since.ToString("O", CultureInfo.InvariantCulture));
        delivery.Error = node.ToJsonString();
        return (count, since);
    }

    /// <summary>Notes why it waits; no try was made.</summary>
    public static void Note(LaneDelivery delivery, SendFailure failure)
    {
        var (node, before) = (Node(failure), Parse(delivery.Error));
        if (before?[Tries] is { } tries) (node[Tries], node[Since]) = (tries.DeepClone(), before[Since]?.DeepClone());
        delivery.Error = node.ToJsonString();
    }

    /// <summary>The code of the last failure, or null.</summary>
    public static string? Code(LaneDelivery delivery) => Parse(delivery.Error)?["code"]?.GetValue<string>();

    private static JsonObject Node(SendFailure failure) => JsonSerializer.SerializeToNode(failure, ContentJson.Default.SendFailure)!.AsObject();

    private static JsonObject? Parse(string? error) => error is null ? null : JsonNode.Parse(error) as JsonObject;

    private static DateTimeOffset? SinceOf(JsonObject? before) =>
        before?[Since]?.GetValue<string>() is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;
}
