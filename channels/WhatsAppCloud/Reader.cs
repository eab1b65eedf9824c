using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>Reads a webhook body: object → entry[] → changes[] → one field's value.</summary>
internal static class Reader
{
    public static IReadOnlyList<ChannelEvent> Read(ReadOnlyMemory<byte> body)
    {
        var findings = new Findings();
        using var json = JsonBody.Parse(body);
        if (!json.IsJson)
        {
            findings.Anomaly(default, "The body is not JSON.");
        }
        else if (json.Root.Text("object"u8) != "whatsapp_business_account")
        {
            findings.Anomaly(default, "The body's object is not whatsapp_business_account.");
        }
        else
        {
            var root = new Scope(findings, default, json.Root, default);
            if (root.IsClear(json.Root, deep: false)) root.Each("entry"u8, "entry", required: true, ReadEntry);
        }

        return findings.Events();
    }

    private static void ReadEntry(Scope scope, JsonElement entry)
    {
        var inEntry = scope with { Route = new Route(null, entry.Id("id"u8)), Value = entry };
        inEntry.Each("changes"u8, "change", required: true, ReadChange);
    }

    private static void ReadChange(Scope scope, JsonElement change)
    {
        var value = change.Get("value"u8);
        if (change.Text("field"u8) is not { Length: > 0 and <= 100 } field || value.ValueKind != JsonValueKind.Object)
        {
            scope.Anomaly("A change without a field or a value.");
            return;
        }

        var inValue = scope with { Route = RouteOf(scope.Route.Owner, value), Value = value };
        if (!inValue.IsClear(value, deep: false) || !inValue.IsClear(value.Get("metadata"u8), deep: false)) return;
        switch (field)
        {
            case "messages":
                ReadMessages(inValue with { Contacts = ContactBook.Of(value) });
                break;
            case "smb_message_echoes":
                (inValue with { Contacts = ContactBook.Of(value) }).Each("message_echoes"u8, "echo", required: true, EchoReader.Read);
                break;
            case "user_preferences":
                (inValue with { Contacts = ContactBook.Of(value) })
                    .Each("user_preferences"u8, "preference", required: true, NoticeReader.ReadPreference);
                break;
            default:
                NoticeReader.Read(inValue, field);
                break;
        }
    }

    /// <summary>The account an item is for. The display number, whose spelling varies, only where nothing else names the account.</summary>
    public static Route RouteOf(string? owner, JsonElement value) =>
        value.Get("metadata"u8).Id("phone_number_id"u8) is { } account ? new(account, owner)
        : new(null, owner, PhoneNumber.Identify(value.Words("display_phone_number"u8))?.Key);

    /// <summary>A value carries messages or statuses, or only errors of the account itself.</summary>
    private static void ReadMessages(Scope scope)
    {
        var some = scope.Each("messages"u8, "message", required: false, MessageReader.Read);
        some |= scope.Each("statuses"u8, "status", required: false, StatusReader.Read);
        if (some) return;
        some = scope.Each("errors"u8, "error", required: false, NoticeReader.ReadError);
        if (!some) scope.Add(new Unsupported(scope.Route, "messages.empty"));
    }
}
