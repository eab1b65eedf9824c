using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.YCloud;

/// <summary>Reads the templates of a WhatsApp Business Account, page by page.</summary>
internal static class Templates
{
    /// <summary>The most that YCloud gives: pages of a hundred, a hundred of them.</summary>
    private const int PageSize = 100, MostPages = 100;

    /// <summary>A page of long templates.</summary>
    private const int LargestPage = 8 * 1024 * 1024;

    public static async Task<TemplateListing> ListAsync(Connection connection, CancellationToken cancel)
    {
        var found = new List<NetworkTemplate>();
        for (var page = 1; page <= MostPages; page++)
        {
            var waba = Uri.EscapeDataString(connection.Settings["waba_id"]);
            var answer = await Sender.GetAsync(
                connection, $"whatsapp/templates?page={page}&limit={PageSize}&includeTotal=true&filter.wabaId={waba}", cancel, LargestPage);
            using var json = answer.Json();
            if (!answer.IsSuccess) return new UnlistedTemplates(answer.LostTo ?? Errors.FailureOf(answer, json.Root.Get("error"u8)));
            var items = json.Root.Get("items"u8);
            if (items.ValueKind != JsonValueKind.Array) return new UnlistedTemplates(TransportFailures.Unreadable);
            foreach (var item in items.EnumerateArray())
                if (Read(item) is { } template) found.Add(template);
            if (items.GetArrayLength() < PageSize || page * PageSize >= json.Root.Whole("total"u8)) return new ListedTemplates(found);
        }

        return new UnlistedTemplates(new SendFailure(
            "unknown_failure", FailureReaction.Stop, NetworkMessage: $"YCloud lists at most {MostPages * PageSize} templates; there are more."));
    }

    /// <summary>Deleted ones stay in YCloud's list.</summary>
    private static NetworkTemplate? Read(JsonElement item) => item.Text("status"u8) == "DELETED" ? null
        : WhatsAppTemplate.Read(item, item.Id("officialTemplateId"u8), item.Words("qualityRating"u8), item.Words("reason"u8));
}
