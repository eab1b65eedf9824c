using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;
using ChatOperator.Channels.Wire.WhatsApp;

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

        new Envelope(scope.Findings, scope.Route, id, to, echo.Seconds("timestamp"u8), echo, scope.Value.Get("errors"u8))
            .ReadEcho(EchoOrigin.Person);
    }
}
