using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>Asks the network whether an account's settings work: first for the number, then whether its webhooks are switched on.</summary>
internal static class ConnectionCheck
{
    private const string Fields = "?fields=id,display_phone_number,verified_name,quality_rating,status";

    public static async Task<ConnectionReport> RunAsync(Connection connection, CancellationToken cancel)
    {
        var answer = await Sender.GetAsync(connection, connection.Settings.Number(Fields), cancel);
        using var json = answer.Json();
        if (!answer.IsSuccess)
        {
            var failure = answer.LostTo ?? Errors.FailureOf(answer, json.Root.Get("error"u8));
            var words = FailureWordList.Words[failure.Code];
            return new ConnectionReport(false, With(words.Message, failure.NetworkMessage), words.NextStep);
        }

        var shown = json.Root.Words("display_phone_number"u8);
        var number = shown ?? connection.Settings["phone_number_id"];
        var name = json.Root.Words("verified_name"u8) ?? "WhatsApp";
        var status = json.Root.Words("status"u8);
        if (status is not (null or "CONNECTED"))
        {
            return new ConnectionReport(
                false, new($"{name} {number}: the number is {status}.", $"{name} {number}: el número está {status}."),
                new("Open Meta's WhatsApp Manager and finish connecting the number.",
                    "Abrí el WhatsApp Manager de Meta y terminá de conectar el número."),
                shown);
        }

        return await ReceivesNothingAsync(connection, cancel)
            ? new ConnectionReport(
                false,
                new($"{name} {number} can send, but no app receives its webhooks.",
                    $"{name} {number} puede enviar, pero ninguna app recibe sus webhooks."),
                new("Subscribe your app to the WhatsApp Business Account (subscribed_apps) at Meta.",
                    "Suscribí tu app a la cuenta de WhatsApp Business (subscribed_apps) en Meta."),
                shown)
            : new ConnectionReport(true, new($"Connected to {name} {number}.", $"Conectado a {name} {number}."), Number: shown);
    }

    /// <summary>Only an answered, empty list proves it; a token without the management permission may not look.</summary>
    private static async Task<bool> ReceivesNothingAsync(Connection connection, CancellationToken cancel)
    {
        if (connection.Settings["waba_id"] is not { Length: > 0 } waba) return false;
        var answer = await Sender.GetAsync(connection, connection.Settings.Graph($"{Uri.EscapeDataString(waba)}/subscribed_apps"), cancel);
        using var json = answer.Json();
        var apps = json.Root.Get("data"u8);
        return answer.IsSuccess && apps.ValueKind == JsonValueKind.Array && apps.GetArrayLength() == 0;
    }

    private static Words With(Words words, string? network) =>
        network is null ? words : new Words($"{words.En} ({network})", $"{words.Es} ({network})");
}
