using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>Reads one item: who, whom, when, and one event under a name of its own.</summary>
internal static class ItemReader
{
    public static void Read(Scope scope, JsonElement item)
    {
        foreach (var property in item.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Object) continue;
            var name = JsonReading.NameOf(property);
            if (name is "sender" or "recipient") continue;
            ReadEvent(scope, item, name, property.Value);
            return;
        }

        scope.Anomaly("An item without an event.");
    }

    private static void ReadEvent(Scope scope, JsonElement item, string name, JsonElement what)
    {
        switch (name)
        {
            case "message":
                MessageReader.Read(scope, item, what);
                break;
            case "postback":
                MessageReader.ReadPostback(scope, item, what);
                break;
            case "message_edit":
                MessageReader.ReadEdit(scope, item, what);
                break;
            case "reaction":
                ReportReader.ReadReaction(scope, item, what);
                break;
            case "delivery":
                ReportReader.ReadDelivery(scope, item, what);
                break;
            case "read":
                ReportReader.ReadRead(scope, item, what);
                break;
            case "referral":
                NoticeReader.ReadReferral(scope, item, what);
                break;
            case "pass_thread_control" or "take_thread_control" or "request_thread_control":
                NoticeReader.ReadThreadControl(scope, item, name);
                break;
            case "policy_enforcement" or "policy-enforcement":
                NoticeReader.ReadPolicy(scope, what);
                break;
            default:
                scope.Add(new Unsupported(scope.Route, name.Length is > 0 and <= 64 ? name : "event"));
                break;
        }
    }
}
