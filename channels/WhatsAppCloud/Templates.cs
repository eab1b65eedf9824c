using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>Reads the templates of a WhatsApp Business Account, page by page.</summary>
internal static class Templates
{
    /// <summary>The network's own set leaves out quality and reasons.</summary>
    private const string Fields = "id,name,language,status,category,parameter_format,quality_score,rejected_reason,components";

    private const int PageSize = 100;

    /// <summary>An account has at most 6,000 templates; more pages than this are a network that turns in circles.</summary>
    private const int MostPages = 200;

    /// <summary>A page of long templates with links to their pictures.</summary>
    private const int LargestPage = 8 * 1024 * 1024;

    public static async Task<TemplateListing> ListAsync(Connection connection, CancellationToken cancel)
    {
        var found = new List<NetworkTemplate>();
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await Sender.GetAsync(connection, Address(connection.Settings, after), cancel, LargestPage);
            using var json = answer.Json();
            if (!answer.IsSuccess)
                return new UnlistedTemplates(answer.LostTo ?? Errors.FailureOf(answer, json.Root.Get("error"u8)));
            if (json.Root.Get("data"u8).ValueKind != JsonValueKind.Array) return new UnlistedTemplates(TransportFailures.Unreadable);
            foreach (var item in json.Root.Get("data"u8).EnumerateArray())
                if (Read(item) is { } template) found.Add(template);
            var paging = json.Root.Get("paging"u8);
            // The address of the next page is the network's to say, but the token goes only where the account says.
            if (paging.Words("next"u8) is null || paging.Get("cursors"u8).Words("after"u8) is not { } next || next == after)
                return new ListedTemplates(found);
            after = next;
        }
        return new UnlistedTemplates(TransportFailures.Unreadable);
    }

    private static NetworkTemplate? Read(JsonElement item) => WhatsAppTemplate.Read(
        item, item.Id("id"u8), item.Get("quality_score"u8).Words("score"u8), item.Words("rejected_reason"u8));

    private static Uri Address(ChannelSettings settings, string? after) => settings.Graph(
        $"{Uri.EscapeDataString(settings["waba_id"])}/message_templates?fields={Fields}&limit={PageSize}"
        + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}"));
}
