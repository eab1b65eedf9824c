using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.YCloud;

/// <summary>Asks YCloud whether an account's settings work: for the number, then whether any webhook endpoint brings messages.</summary>
internal static class ConnectionCheck
{
    public static async Task<ConnectionReport> RunAsync(Connection connection, CancellationToken cancel)
    {
        var (own, waba) = (connection.Settings["phone_number"], connection.Settings["waba_id"]);
        var path = $"whatsapp/phoneNumbers?page=1&limit=100&filter.wabaId={Uri.EscapeDataString(waba)}";
        var answer = await Sender.GetAsync(connection, path, cancel);
        using var json = answer.Json();
        if (!answer.IsSuccess)
        {
            var failure = answer.LostTo ?? Errors.FailureOf(answer, json.Root.Get("error"u8));
            var words = FailureWordList.Words[failure.Code];
            var said = failure.NetworkMessage is { } network ? $" ({network})" : "";
            return new ConnectionReport(false, new(words.Message.En + said, words.Message.Es + said), words.NextStep);
        }

        if (Find(json.Root, own) is not { } number)
        {
            return new ConnectionReport(
                false, new($"The API key works, but account {waba} has no number {own}.", $"La clave funciona, pero la cuenta {waba} no tiene el número {own}."),
                FailureWordList.Words["account_not_found"].NextStep);
        }

        var name = number.Words("verifiedName"u8) ?? "WhatsApp";
        if (number.Words("status"u8) is { } status and not "CONNECTED")
        {
            return new ConnectionReport(
                false, new($"{name} {own}: the number is {status}.", $"{name} {own}: el número está {status}."),
                new("Open YCloud's console and finish connecting the number.", "Abrí la consola de YCloud y terminá de conectar el número."));
        }

        return await ReceivesNothingAsync(connection, cancel)
            ? new ConnectionReport(
                false,
                new($"{name} {own} can send, but no webhook endpoint brings its messages.", $"{name} {own} puede enviar, pero ningún webhook trae sus mensajes."),
                new("Add this account's webhook address at YCloud → Developers → Webhooks, with the event whatsapp.inbound_message.received.",
                    "Agregá la dirección del webhook de esta cuenta en YCloud → Desarrolladores → Webhooks, con el evento whatsapp.inbound_message.received."))
            : new ConnectionReport(true, new($"Connected to {name} {own}.", $"Conectado a {name} {own}."));
    }

    private static JsonElement? Find(JsonElement page, string own)
    {
        foreach (var item in page.Get("items"u8).Items())
            if (item.Id("phoneNumber"u8) == own) return item;
        return null;
    }

    /// <summary>Only an answered list without such an endpoint proves it; a key without the permission may not look.</summary>
    private static async Task<bool> ReceivesNothingAsync(Connection connection, CancellationToken cancel)
    {
        var answer = await Sender.GetAsync(connection, "webhookEndpoints?page=1&limit=100", cancel);
        using var json = answer.Json();
        if (!answer.IsSuccess || json.Root.Get("items"u8).ValueKind != JsonValueKind.Array) return false;
        foreach (var endpoint in json.Root.Get("items"u8).Items())
        {
            if (endpoint.Text("status"u8) is not (null or "active")) continue;
            foreach (var name in endpoint.Get("enabledEvents"u8).Items())
                if (name.AsText() == "whatsapp.inbound_message.received") return false;
        }

        return true;
    }
}
