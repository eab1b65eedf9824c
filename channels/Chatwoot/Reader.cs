using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>Reads a webhook body: one event, flat.</summary>
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
        else if (json.Root.Words("event"u8) is not { Length: <= 100 } name)
        {
            findings.Anomaly(default, "The body is no event.");
        }
        else if (JsonBody.NamesTwice(json.Root, deep: true))
        {
            findings.Anomaly(default, "A property stands twice.");
        }
        else
        {
            var route = RouteOf(json.Root);
            switch (name)
            {
                case "message_created":
                    MessageReader.ReadCreated(findings, route, json.Root);
                    break;
                case "message_updated":
                    MessageReader.ReadUpdated(findings, route, json.Root);
                    break;
                case "conversation_status_changed":
                    ConversationReader.ReadStatus(findings, route, json.Root);
                    break;
                case "conversation_typing_on":
                    ConversationReader.ReadTyping(findings, route, json.Root);
                    break;
                default:
                    findings.Add(new Unsupported(route, name));
                    break;
            }
        }

        return findings.Events();
    }

    /// <summary>The inbox, and the account above it. Message events name them as objects, conversation events as numbers.</summary>
    private static Route RouteOf(JsonElement root)
    {
        var conversation = root.Get("conversation"u8);
        return new Route(
            root.Get("inbox"u8).Id("id"u8) ?? root.Id("inbox_id"u8) ?? conversation.Id("inbox_id"u8),
            root.Get("account"u8).Id("id"u8) ?? root.Id("account_id"u8) ?? conversation.Id("account_id"u8));
    }
}
