using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.YCloud;

/// <summary>Reads how far a message of ours came. Late reports of lower steps come too; the ranking is the core's.</summary>
internal static class StatusReader
{
    public static void Read(Findings findings, JsonElement root, JsonElement message)
    {
        var route = Reader.RouteOf(message.Id("from"u8), message);
        if (MessageReader.IdOf(message) is not { } id || message.Words("status"u8) is not { } word)
        {
            findings.Anomaly(route, "A status without id or word.");
            return;
        }

        if (Parse(word) is not { } reached)
        {
            findings.Add(new Unsupported(route, word.Length <= 64 ? $"status.{word}" : "status"));
            return;
        }

        findings.Add(new DeliveryReported(
            route, id, reached, TimeOf(root, message, reached), message.Words("externalId"u8),
            reached == DeliveryStatus.Failed ? Errors.OfMessage(message) : null, MessageReader.RecipientOf(message)?.Address));
    }

    private static DeliveryStatus? Parse(string word) => word switch
    {
        "sent" => DeliveryStatus.Sent,
        "delivered" => DeliveryStatus.Delivered,
        "read" => DeliveryStatus.Read,
        "played" => DeliveryStatus.Played,
        "failed" => DeliveryStatus.Failed,
        _ => null, // "accepted" among them: the answer to the send said so already.
    };

    private static DateTimeOffset? TimeOf(JsonElement root, JsonElement message, DeliveryStatus reached) => reached switch
    {
        DeliveryStatus.Sent => message.Moment("sendTime"u8),
        DeliveryStatus.Delivered => message.Moment("deliverTime"u8),
        DeliveryStatus.Read or DeliveryStatus.Played => message.Moment("readTime"u8),
        _ => null,
    } ?? message.Moment("updateTime"u8) ?? root.Moment("createTime"u8);
}
