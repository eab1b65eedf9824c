using System.Text.Json;
using ChatOperator.Channels.Wire;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>Reads one item of <c>messages[]</c>: what a contact said, changed, took back or became.</summary>
internal static class MessageReader
{
    public static void Read(Scope scope, JsonElement message)
    {
        var from = scope.Contacts.Find(message.Id("from"u8), message.Id("from_user_id"u8), message.Id("from_parent_user_id"u8));
        if (message.Id("id"u8) is not { } id || from is null)
        {
            scope.Anomaly("A message without id or sender.");
            return;
        }

        new Envelope(scope.Findings, scope.Route, id, from, message.Seconds("timestamp"u8), message, scope.Value.Get("errors"u8))
            .ReadReceived(inGroup: message.Get("group_id"u8).Exists());
    }
}
