using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>
/// Reads one item of <c>message_echoes[]</c>: what a person sent from the WhatsApp Business app on the same number. Sends through the API
/// never come back this way, so whatever does is a person's.
/// </summary>
internal static class EchoReader
{
    public static void Read(Scope scope, JsonElement echo)
    {
        var to = scope.Contacts.Find(echo.Id("to"u8), echo.Id("to_user_id"u8), echo.Id("to_parent_user_id"u8));
        if (echo.Id("id"u8) is not { } id || to is null)
        {
            scope.Anomaly("An echo without id or recipient.");
            return;
        }

        var at = echo.Seconds("timestamp"u8);
        var type = echo.Text("type"u8) ?? "";
        scope.Add((type, MessageReader.Target(echo, type)) switch
        {
            ("edit", { } target) => new MessageEdited(scope.Route, id, target, at, MessageReader.Edited(scope, echo)),
            ("revoke", { } target) => new MessageDeleted(scope.Route, id, target, at),
            ("reaction", _) => new Unsupported(scope.Route, "echo.reaction"),
            _ => new MessageEchoed(
                scope.Route, id, to, at, scope.Content(echo, type), EchoOrigin.Person,
                ReplyTo: echo.Get("context"u8).Id("id"u8)),
        });
    }
}
