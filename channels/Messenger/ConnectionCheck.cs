using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Messenger;

/// <summary>Asks whether a page's settings work: first for the page, then whether its webhooks are switched on.</summary>
internal static class ConnectionCheck
{
    public static async Task<ConnectionReport> RunAsync(Connection connection, CancellationToken cancel)
    {
        var page = Uri.EscapeDataString(connection.Settings["page_id"]);
        var answer = await Settings.Graph.GetAsync(connection, $"{page}?fields=id,name", cancel);
        using var json = answer.Json();
        if (!answer.IsSuccess) return Settings.Graph.Report(Settings.Graph.FailureOf(answer, json));

        var name = json.Root.Words("name"u8) ?? connection.Settings["page_id"];
        var subscribed = await Settings.Graph.GetAsync(connection, $"{page}/subscribed_apps", cancel);
        using var apps = subscribed.Json();
        // Only an answered, empty list proves it; a token without the management permission may not look.
        var list = apps.Root.Get("data"u8);
        return subscribed.IsSuccess && list.ValueKind == System.Text.Json.JsonValueKind.Array && list.GetArrayLength() == 0
            ? new ConnectionReport(
                false, new($"{name} can send, but no app receives its webhooks.", $"{name} puede enviar, pero ninguna app recibe sus webhooks."),
                new("Subscribe your app to the page (subscribed_apps) with messages, messaging_postbacks, message_echoes, message_deliveries, "
                    + "message_reads, message_reactions, message_edits, messaging_referrals, messaging_handovers and standby.",
                    "Suscribí tu app a la página (subscribed_apps) con messages, messaging_postbacks, message_echoes, message_deliveries, "
                    + "message_reads, message_reactions, message_edits, messaging_referrals, messaging_handovers y standby."))
            : new ConnectionReport(true, new($"Connected to {name}.", $"Conectado a {name}."));
    }
}
