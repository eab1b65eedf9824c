using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.YCloud;

/// <summary>Reads the events that are not messages: templates, the account's health, people's preferences.</summary>
internal static class NoticeReader
{
    public static void Read(Findings findings, JsonElement root, string type)
    {
        switch (type)
        {
            case "whatsapp.template.reviewed":
                AddTemplate(findings, root, "status", "status"u8);
                break;
            case "whatsapp.template.category_updated":
                AddTemplate(findings, root, "category", "category"u8);
                break;
            case "whatsapp.template.quality_updated":
                AddTemplate(findings, root, "quality", "qualityRating"u8);
                break;
            case "whatsapp.user.preferences":
                AddPreference(findings, root);
                break;
            default:
                if (type.StartsWith("whatsapp.phone_number.", StringComparison.Ordinal)) AddAccount(findings, type, root.Get("whatsappPhoneNumber"u8));
                else if (type.StartsWith("whatsapp.business_account.", StringComparison.Ordinal)) AddAccount(findings, type, root.Get("whatsappBusinessAccount"u8));
                else findings.Add(new Unsupported(default, type));
                break;
        }
    }

    private static void AddTemplate(Findings findings, JsonElement root, string kind, ReadOnlySpan<byte> value)
    {
        var template = root.Get("whatsappTemplate"u8);
        var route = new Route(null, template.Id("wabaId"u8));
        var id = template.Id("officialTemplateId"u8);
        var name = template.Words("name"u8);
        if (id is null && name is null) findings.Anomaly(route, $"A template's {kind} without the template.");
        else findings.Add(new TemplateChanged(route, kind, id ?? "", name ?? "", template.Words("language"u8) ?? "", template.Words(value)));
    }

    /// <summary>A contact's wish about marketing: stop or resume.</summary>
    private static void AddPreference(Findings findings, JsonElement root)
    {
        var preference = root.Get("whatsappUserPreference"u8);
        var route = Reader.RouteOf(preference.Id("businessPhoneNumber"u8) ?? preference.Id("to"u8), preference);
        var person = Persons.Compose(
            preference.Id("contactPhoneNumber"u8) ?? preference.Id("from"u8),
            preference.Id("contactUserId"u8) ?? preference.Id("fromUserId"u8) ?? preference.Id("userId"u8), preference.Id("fromParentUserId"u8));
        var kind = preference.Text("value"u8) switch { "stop" => "opt_out", "resume" or "signup" => "opt_in", _ => null };
        if (person is null) findings.Anomaly(route, "A preference of nobody.");
        else if (kind is null) findings.Add(new Unsupported(route, "user_preferences"));
        else
        {
            findings.Add(new ContactChanged(
                route, kind, person, null, Milliseconds(preference.Whole("timestamp"u8)) ?? root.Moment("createTime"u8),
                preference.Words("detail"u8) ?? kind.Replace('_', ' ')));
        }
    }

    private static void AddAccount(Findings findings, string type, JsonElement facts)
    {
        var kind = type["whatsapp.".Length..];
        var number = facts.Id("phoneNumber"u8);
        var route = number is null ? new Route(null, facts.Id("wabaId"u8) ?? facts.Id("id"u8)) : Reader.RouteOf(number, facts);
        if (facts.ValueKind != JsonValueKind.Object) findings.Anomaly(route, $"{kind} does not say of what.");
        else findings.Add(new AccountChanged(route, kind, OneLine.Of(kind, facts)));
    }

    private static DateTimeOffset? Milliseconds(long? since1970) =>
        since1970 is { } told and >= 1_230_768_000_000 and < 4_102_444_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(told) : null;
}
