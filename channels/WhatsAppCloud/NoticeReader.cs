using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>Reads the fields that are not messages: templates, the account's health, people's preferences.</summary>
internal static class NoticeReader
{
    /// <summary>Sends per second after <c>THROUGHPUT_UPGRADE</c>; 80 before.</summary>
    private const int UpgradedRate = 1000;

    public static void Read(Scope scope, string field)
    {
        var value = scope.Value;
        switch (field)
        {
            case "message_template_status_update":
                AddTemplate(scope, "status", value.Words("event"u8));
                break;
            case "message_template_quality_update":
                AddTemplate(scope, "quality", value.Words("new_quality_score"u8));
                break;
            case "template_category_update":
                AddTemplate(scope, "category", value.Words("new_category"u8));
                break;
            case "message_template_components_update":
                AddTemplate(scope, "components", value.Words("message_template_element"u8));
                break;
            case "account_update" or "phone_number_quality_update" or "security":
                AddAccount(scope, field, value.Words("event"u8));
                break;
            case "account_review_update":
                AddAccount(scope, field, value.Words("decision"u8) is { } review ? "REVIEW_" + review : null);
                break;
            case "phone_number_name_update":
                AddAccount(scope, field, value.Words("decision"u8) is { } verdict ? "NAME_" + verdict : null);
                break;
            case "account_alerts":
                AddAccount(scope, field, value.Words("alert_type"u8) ?? value.Get("alert_info"u8).Words("alert_type"u8));
                break;
            case "business_capability_update":
                AddAccount(scope, field, field);
                break;
            default:
                scope.Add(new Unsupported(scope.Route, field));
                break;
        }
    }

    /// <summary>A contact's wish about marketing: stop, resume, or a sign-up.</summary>
    public static void ReadPreference(Scope scope, JsonElement preference)
    {
        var person = scope.Contacts.Find(preference.Id("wa_id"u8), preference.Id("user_id"u8), preference.Id("parent_user_id"u8));
        var kind = preference.Text("value"u8) switch { "stop" => "opt_out", "resume" or "signup" => "opt_in", _ => null };
        if (person is null)
        {
            scope.Anomaly("A preference of nobody.");
        }
        else if (kind is null)
        {
            scope.Add(new Unsupported(scope.Route, "user_preferences"));
        }
        else
        {
            scope.Add(new ContactChanged(
                scope.Route, kind, person, null, preference.Seconds("timestamp"u8), preference.Words("detail"u8) ?? kind.Replace('_', ' ')));
        }
    }

    /// <summary>An error of the account itself, bound to no message.</summary>
    public static void ReadError(Scope scope, JsonElement error) =>
        scope.Add(new AccountChanged(
            scope.Route, error.Whole("code"u8) is { } code ? $"ERROR_{code}" : "ERROR", ErrorReader.DescribeOne(error) ?? "error"));

    private static void AddTemplate(Scope scope, string kind, string? value)
    {
        // An integer here, a string in the API: compared as text.
        var id = scope.Value.Id("message_template_id"u8);
        var name = scope.Value.Words("message_template_name"u8);
        if (id is null && name is null) scope.Anomaly($"A template's {kind} without the template.");
        else
        {
            var language = scope.Value.Words("message_template_language"u8) ?? "";
            scope.Add(new TemplateChanged(scope.Route, kind, id ?? "", name ?? "", language, value));
        }
    }

    private static void AddAccount(Scope scope, string field, string? kind)
    {
        if (kind is null)
        {
            scope.Anomaly($"{field} does not say what happened.");
            return;
        }

        scope.Add(new AccountChanged(scope.Route, kind, OneLine.Of(field, scope.Value), kind == "THROUGHPUT_UPGRADE" ? UpgradedRate : null));
    }
}
