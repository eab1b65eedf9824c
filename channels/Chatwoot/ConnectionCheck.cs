using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>Asks Chatwoot for its inboxes: that shows whether address, account and token belong together.</summary>
internal static class ConnectionCheck
{
    public static async Task<ConnectionReport> RunAsync(Connection connection, CancellationToken cancel)
    {
        var settings = connection.Settings;
        var answer = await Sender.GetAsync("inboxes", connection, cancel);
        using var json = answer.Json();
        if (!answer.IsSuccess)
        {
            // A bot's token may write, but not look around.
            if (Errors.IsForBots(answer)) return Proven(settings, "Chatwoot");
            var failure = answer.LostTo ?? Errors.FailureOf(answer, json.Root);
            var words = FailureWordList.Words[failure.Code];
            var said = failure.NetworkMessage is { } network ? $" ({network})" : "";
            return new ConnectionReport(false, new(words.Message.En + said, words.Message.Es + said), words.NextStep);
        }

        if (settings["inbox_id"] is not { Length: > 0 } wanted) return Proven(settings, "Chatwoot");
        foreach (var inbox in json.Root.Get("payload"u8).Items())
            if (inbox.Id("id"u8) == wanted) return Proven(settings, inbox.Words("name"u8) ?? "Chatwoot");
        return new ConnectionReport(
            false, new($"Chatwoot has no inbox {wanted} in this account.", $"Chatwoot no tiene la bandeja {wanted} en esta cuenta."),
            new("Compare the inbox's number with the one in its address.", "Compará el número de la bandeja con el de su dirección."));
    }

    private static ConnectionReport Proven(ChannelSettings settings, string name) =>
        settings["webhook_secret"].Length > 0 || settings["url_token"].Length > 0
            ? new ConnectionReport(true, new($"Connected to {name}.", $"Conectado a {name}."))
            : new ConnectionReport(
                false, new($"{name} can be written to, but nothing proves that webhooks are Chatwoot's, so none is taken.",
                    $"Se puede escribir a {name}, pero nada prueba que los webhooks sean de Chatwoot, así que no se toma ninguno."),
                new("Enter the webhook's secret, or a token that its address ends with.",
                    "Ingresá el secreto del webhook, o un token con el que termine su dirección."));
}
