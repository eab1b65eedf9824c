using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.WebWidget;

/// <summary>Reads what visitors did: <c>{"object":"web_widget","widget":…,"events":[…]}</c>. The README shows each event.</summary>
internal static class Reader
{
    private const int MaxName = 200, MaxId = 120;

    private static readonly string[] Kinds = ["image", "video", "audio", "document"];

    public static IReadOnlyList<ChannelEvent> Read(ReadOnlyMemory<byte> body)
    {
        var findings = new Findings();
        using var json = JsonBody.Parse(body);
        if (!json.IsJson) findings.Anomaly(default, "The body is not JSON.");
        else if (json.Root.Text("object"u8) != "web_widget") findings.Anomaly(default, "The body's object is not web_widget.");
        else if (json.Root.Words("widget"u8) is not { Length: <= 40 } widget) findings.Anomaly(default, "The body names no widget.");
        else ReadEvents(findings, new Route(widget, null), json.Root.Get("events"u8));
        return findings.Events();
    }

    private static void ReadEvents(Findings findings, Route route, JsonElement events)
    {
        if (events.ValueKind != JsonValueKind.Array || events.GetArrayLength() == 0)
        {
            findings.Anomaly(route, "The list of events is missing or empty.");
            return;
        }
        foreach (var item in events.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object) findings.Anomaly(route, "An event is no object.");
            else if (JsonBody.NamesTwice(item, deep: true)) findings.Anomaly(route, "A property stands twice.");
            else ReadEvent(findings, route, item);
        }
    }

    private static void ReadEvent(Findings findings, Route route, JsonElement item)
    {
        switch (item.Words("type"u8))
        {
            case "message": ReadMessage(findings, route, item); break;
            case "receipt": ReadReceipt(findings, route, item); break;
            case { Length: <= 100 } other: findings.Add(new Unsupported(route, other)); break;
            default: findings.Anomaly(route, "An event without a type."); break;
        }
    }

    private static void ReadMessage(Findings findings, Route route, JsonElement item)
    {
        if (item.Words("id"u8) is not { Length: <= 200 } id)
            findings.Anomaly(route, "A message without an id.");
        else if (PersonOf(route.Account!, item.Get("visitor"u8)) is not { } person)
            findings.Anomaly(route, "A message without a visitor.");
        else if (ContentOf(item) is not { } content)
            findings.Anomaly(route, "A message that says nothing.");
        else
            findings.Add(new MessageReceived(route, id, person, At(item), content, Referral: PageOf(item.Get("page"u8))));
    }

    private static void ReadReceipt(Findings findings, Route route, JsonElement item)
    {
        DeliveryStatus? status = item.Text("status"u8) switch
        {
            "delivered" => DeliveryStatus.Delivered,
            "read" => DeliveryStatus.Read,
            _ => null,
        };
        if (status is null || item.Words("delivery"u8) is not { Length: <= 64 } delivery) findings.Anomaly(route, "A receipt of nothing.");
        else findings.Add(new DeliveryReported(route, delivery, status.Value, At(item), delivery));
    }

    /// <summary>One whom the business vouches for is known by its id on every device; the browser's own id stands behind it.</summary>
    private static Person? PersonOf(string widget, JsonElement visitor)
    {
        if (Key(visitor.Words("id"u8)) is not { } id) return null;
        var browser = new Identity($"visitor:{id}", id);
        var name = visitor.Words("name"u8)?.Cut(MaxName);
        if (!visitor.Get("user"u8).Exists()) return new Person([browser], $"visitor:{id}", name);
        return Key(visitor.Words("user"u8)) is { } user
            ? new Person([new Identity($"user:{widget}:{user}", user), browser], $"user:{user}", name)
            : null;
    }

    /// <summary>Something that can be looked up by: short, and of one line.</summary>
    private static string? Key(string? text) => text is { Length: <= MaxId } && !text.Any(char.IsControl) ? text : null;

    private static Content? ContentOf(JsonElement item)
    {
        var (text, file) = (item.Words("text"u8), item.Get("file"u8));
        if (!file.Exists()) return text is null ? null : new TextContent(text);
        if (file.Words("id"u8) is not { Length: <= 200 } id) return null;
        var kind = file.Text("kind"u8) is { } told && Kinds.Contains(told) ? told : "document";
        return new MediaContent(
            kind, id, null, file.Words("mime_type"u8)?.Cut(100), text, file.Words("name"u8)?.Cut(MaxName),
            Voice: kind == "audio" && file.IsTrue("voice"u8), Bytes: file.Whole("bytes"u8) is { } bytes and >= 0 ? bytes : null,
            // The upload itself becomes the message's file: a copy would leave it to be sent again.
            AttachmentId: Guid.TryParse(id, out var upload) ? upload : null);
    }

    private static Referral? PageOf(JsonElement page) =>
        page.Words("url"u8) is { Length: <= 2000 } url ? new Referral("page", null, url, page.Words("title"u8)?.Cut(MaxName), null) : null;

    /// <summary>Milliseconds since 1970, of years in which it can be true.</summary>
    private static DateTimeOffset? At(JsonElement item) =>
        item.Whole("at"u8) is { } at and >= 1_230_768_000_000 and < 4_102_444_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
