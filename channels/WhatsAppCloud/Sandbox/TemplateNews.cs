using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>What the control API makes of a template; what is absent stays.</summary>
/// <param name="Status">APPROVED, PAUSED, DISABLED…</param>
/// <param name="Quality">GREEN, YELLOW, RED or UNKNOWN.</param>
/// <param name="Category">MARKETING, UTILITY or AUTHENTICATION.</param>
/// <param name="Components">Other words, in the network's own form.</param>
/// <param name="Silent">No webhook: a change that only the next listing, or a refused send, brings to light.</param>
/// <param name="Wait">Answer after the webhooks were delivered.</param>
internal sealed record TemplateVerdict(
    string Name, string Language, string? Status = null, string? Reason = null, string? Quality = null, string? Category = null,
    JsonElement? Components = null, bool Silent = false, bool Wait = false);

/// <summary>A customer's wish about marketing, set in their app.</summary>
/// <param name="Value">stop, resume or signup.</param>
internal sealed record MarketingWish(string Phone, string Value = "stop", bool Wait = false);

/// <summary>Changes templates and wishes as the network or a customer would, and tells the business.</summary>
internal sealed class TemplateNews(World world, Webhooks webhooks, TemplateEndpoints templates)
{
    public async Task TellAsync(WhatsAppAccount account, Template template, TemplateVerdict verdict)
    {
        var before = (template.Quality, template.Category);
        if (verdict.Quality is { } score) template.Quality = score;
        if (verdict.Category is { } category) template.Category = category;
        if (verdict.Components is { } components) template.Components = components.Clone();
        if (verdict.Silent)
        {
            template.Status = verdict.Status ?? template.Status;
            return;
        }
        if (verdict.Status is { } status) await templates.ChangeStatusAsync(account.Settings.WabaId, template, status, verdict.Reason);
        if (verdict.Quality is not null)
            await ChangeAsync(account, template, "message_template_quality_update", new JsonObject
            {
                ["previous_quality_score"] = before.Quality ?? "UNKNOWN", ["new_quality_score"] = template.Quality,
            });
        if (verdict.Category is not null)
            await ChangeAsync(account, template, "template_category_update", new JsonObject
            {
                ["previous_category"] = before.Category, ["new_category"] = template.Category,
            });
        if (verdict.Components is not null)
            await ChangeAsync(account, template, "message_template_components_update", new JsonObject { ["message_template_element"] = template.BodyText });
    }

    public Task TellAsync(WhatsAppAccount account, Phone phone, MarketingWish wish)
    {
        account.SetMarketing(phone.Number, stopped: wish.Value == "stop");
        var preference = new JsonObject
        {
            ["user_id"] = account.UserIdOf(phone),
            ["detail"] = wish.Value == "stop" ? "User requested to stop marketing messages" : "User requested to resume marketing messages",
            ["category"] = "marketing_messages",
            ["value"] = wish.Value,
            ["timestamp"] = world.Time.GetUtcNow().ToUnixTimeSeconds(),
        };
        if (phone.Username is null) preference["wa_id"] = phone.Number;
        return webhooks.ChangeAsync(account, "preferences", "user_preferences", Webhooks.Value(account, new JsonObject
        {
            ["contacts"] = new JsonArray(Person.Describe(account, phone)), ["user_preferences"] = new JsonArray(preference),
        }));
    }

    private Task ChangeAsync(WhatsAppAccount account, Template template, string field, JsonObject news)
    {
        news["message_template_id"] = long.Parse(template.Id, CultureInfo.InvariantCulture);
        news["message_template_name"] = template.Name;
        news["message_template_language"] = template.Language;
        return webhooks.ChangeAsync(account, "templates", field, news);
    }
}
