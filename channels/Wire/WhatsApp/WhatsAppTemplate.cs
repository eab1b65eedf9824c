using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>What both ways to WhatsApp say about templates: their form, and how one is filled.</summary>
internal static class WhatsAppTemplate
{
    public const int LongestBody = 1024, LongestHeader = 60, LongestUrl = 2000, LongestPayload = 256, LongestCoupon = 20, LongestCode = 15;

    /// <summary>A template out of a listing; null when the item is none.</summary>
    /// <param name="externalId">Where the API keeps the id: <c>id</c>, or YCloud's own name.</param>
    public static NetworkTemplate? Read(JsonElement item, string? externalId, string? quality, string? reason)
    {
        if (item.Words("name"u8) is not { } name || item.Words("language"u8) is not { } language) return null;
        var components = item.Get("components"u8);
        return new NetworkTemplate(
            externalId ?? $"{name}/{language}", name, language, item.Words("status"u8) ?? "UNKNOWN", item.Words("category"u8) ?? "UNKNOWN",
            components.ValueKind == JsonValueKind.Array ? components.GetRawText() : "[]",
            item.Text("parameter_format"u8) == "NAMED" || IsNamed(components),
            quality is "" or "UNKNOWN" ? null : quality, reason is "" or "NONE" ? null : reason);
    }

    public static TemplateForm FormOf(NetworkTemplate template)
    {
        var parts = TemplateParts.Of(template);
        var unsendable = parts.HeaderKind is null or "text" or "image" or "video" or "document" or "location"
            ? parts.Unknown : [.. parts.Unknown, $"HEADER:{parts.HeaderKind.ToUpperInvariant()}"];
        return new TemplateForm(
            template.Status == "APPROVED", parts.Authentication, [.. SlotsOf(parts)], unsendable, TemplateFiller.OpenLook(parts));
    }

    public static TemplateFilling Fill(NetworkTemplate template, TemplateValues values, string? to) =>
        new TemplateFiller(template, values).Fill(to);

    /// <summary>In reading order.</summary>
    public static IEnumerable<TemplateSlot> SlotsOf(TemplateParts parts)
    {
        string? Example(string slot) => parts.Examples.GetValueOrDefault(slot);
        if (parts.HeaderKind is "image" or "video" or "document" or "location")
            yield return new TemplateSlot("header", parts.HeaderKind, Example: Example("header"));
        foreach (var variable in TemplateParts.Variables(parts.HeaderText))
            yield return new TemplateSlot($"header.{variable}", "text", Example: Example($"header.{variable}"), MaxLength: LongestHeader);
        foreach (var variable in TemplateParts.Variables(parts.Body))
            yield return new TemplateSlot(
                $"body.{variable}", parts.Authentication ? "code" : "text", Example: Example($"body.{variable}"),
                MaxLength: parts.Authentication ? LongestCode : LongestBody);
        foreach (var button in parts.Buttons)
            // The button of a one-time code takes the code that stands in the body.
            if (button.Slot is { } kind && !(parts.Authentication && kind == "url"))
                yield return new TemplateSlot(
                    $"buttons.{button.Index}", kind, kind != "payload", Example($"buttons.{button.Index}"),
                    kind switch { "code" => LongestCoupon, "url" => LongestUrl, _ => LongestPayload }, button.Text);
    }

    /// <summary>Older listings do not say it: whether the body's variables are words.</summary>
    private static bool IsNamed(JsonElement components)
    {
        foreach (var component in components.Items())
            if (component.Text("type"u8) == "BODY")
                return TemplateParts.Variables(component.Text("text"u8) ?? "").Exists(v => !int.TryParse(v, out _));
        return false;
    }
}
