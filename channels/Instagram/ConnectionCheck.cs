using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Instagram;

/// <summary>Asks whether an account's settings work: for the account, for its id, then whether its webhooks are switched on.</summary>
internal static class ConnectionCheck
{
    public static async Task<ConnectionReport> RunAsync(Connection connection, CancellationToken cancel)
    {
        var (settings, id) = (connection.Settings, connection.Settings["instagram_id"]);
        var byInstagram = settings.UsesInstagramLogin();
        var answer = await Settings.Graph.GetAsync(
            connection, byInstagram ? "me?fields=user_id,username" : $"{Uri.EscapeDataString(id)}?fields=id,username", cancel);
        using var json = answer.Json();
        if (!answer.IsSuccess) return Settings.Graph.Report(Settings.Graph.FailureOf(answer, json));

        var name = json.Root.Words("username"u8) is { } username ? "@" + username : id;
        // The login gives two ids; webhooks name only this one, and with the other nothing would ever arrive.
        if (byInstagram && json.Root.Id("user_id"u8) is { } real && real != id)
        {
            return new ConnectionReport(
                false, new($"The token is of {name}, whose account id is {real}.", $"El token es de {name}, cuyo id de cuenta es {real}."),
                new($"Enter {real} as the Instagram account id.", $"Ingresá {real} como id de la cuenta de Instagram."));
        }

        var subscribed = await Settings.Graph.GetAsync(connection, $"{Uri.EscapeDataString(settings.Sender())}/subscribed_apps", cancel);
        using var apps = subscribed.Json();
        // Only an answered, empty list proves it; a token without the management permission may not look.
        var list = apps.Root.Get("data"u8);
        return subscribed.IsSuccess && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 0
            ? new ConnectionReport(
                false, new($"{name} can send, but no app receives its webhooks.", $"{name} puede enviar, pero ninguna app recibe sus webhooks."),
                new("Subscribe your app (subscribed_apps) to messages, messaging_postbacks, messaging_seen, message_reactions, message_edit, "
                    + "messaging_referral, messaging_handover and standby.",
                    "Suscribí tu app (subscribed_apps) a messages, messaging_postbacks, messaging_seen, message_reactions, message_edit, "
                    + "messaging_referral, messaging_handover y standby."))
            : new ConnectionReport(true, new($"Connected to {name}.", $"Conectado a {name}."));
    }
}
