using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.YCloud;

/// <summary>Reads a webhook body: one event, its kind under <c>type</c> and what it is about under a name of its own.</summary>
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
        else if (json.Root.Words("type"u8) is not { Length: <= 100 } type || json.Root.Id("id"u8) is null)
        {
            findings.Anomaly(default, "The body is no event: its id or type is missing.");
        }
        else if (JsonBody.NamesTwice(json.Root, deep: true))
        {
            findings.Anomaly(default, "A property stands twice.");
        }
        else
        {
            ReadEvent(findings, json.Root, type);
        }

        return findings.Events();
    }

    private static void ReadEvent(Findings findings, JsonElement root, string type)
    {
        switch (type)
        {
            case "whatsapp.inbound_message.received":
                MessageReader.ReadReceived(findings, root, root.Get("whatsappInboundMessage"u8));
                break;
            case "whatsapp.message.updated" or "whatsapp.echo_message.updated":
                StatusReader.Read(findings, root, root.Get("whatsappMessage"u8));
                break;
            // One event under two names: the documentation says the first, the client libraries the second.
            case "whatsapp.smb.message.echoes" or "whatsapp.smb.message.created":
                MessageReader.ReadEcho(findings, root, root.Get("whatsappMessage"u8), EchoOrigin.Person);
                break;
            // Sent through YCloud's API by whatever program holds a key: not a human's word.
            case "whatsapp.echo_message.created":
                MessageReader.ReadEcho(findings, root, root.Get("whatsappMessage"u8), EchoOrigin.Automation);
                break;
            default:
                NoticeReader.Read(findings, root, type);
                break;
        }
    }

    /// <summary>The account an item is for: the business's own number as YCloud spells it, and the account above it.</summary>
    public static Route RouteOf(string? number, JsonElement item) =>
        new(PhoneNumber.Digits(number) is { } digits ? "+" + digits : null, item.Id("wabaId"u8));
}
