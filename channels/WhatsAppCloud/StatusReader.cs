using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>Reads one item of <c>statuses[]</c>: how far a message of ours came.</summary>
internal static class StatusReader
{
    public static void Read(Scope scope, JsonElement status)
    {
        if (status.Id("id"u8) is not { } id || status.Words("status"u8) is not { } word)
        {
            scope.Anomaly("A status without id or word.");
            return;
        }

        if (Parse(word) is not { } reached)
        {
            scope.Add(new Unsupported(scope.Route, word.Length <= 64 ? $"status.{word}" : "status"));
            return;
        }

        scope.Add(new DeliveryReported(
            scope.Route, id, reached, status.Seconds("timestamp"u8), status.Words("biz_opaque_callback_data"u8),
            reached == DeliveryStatus.Failed ? ErrorReader.Failure(status.Get("errors"u8).First()) : null,
            AddressOf(status)));
    }

    private static DeliveryStatus? Parse(string word) => word switch
    {
        "sent" => DeliveryStatus.Sent,
        "delivered" => DeliveryStatus.Delivered,
        "read" => DeliveryStatus.Read,
        "played" => DeliveryStatus.Played,
        "failed" => DeliveryStatus.Failed,
        _ => null,
    };

    /// <summary>Whom it went to; null for a group, whose id is no address.</summary>
    private static string? AddressOf(JsonElement status) =>
        status.Text("recipient_type"u8) == "group" ? null
        : PhoneNumber.Digits(status.Id("recipient_id"u8)) is { } digits ? "+" + digits
        : status.Id("recipient_user_id"u8);
}
