using System.Globalization;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>Reads what was said: by a person, or from our account, which comes back as an echo.</summary>
internal static class MessageReader
{
    public static void Read(Scope scope, JsonElement item, JsonElement message)
    {
        var isEcho = message.IsTrue("is_echo"u8);
        var person = scope.PersonIn(item, isEcho ? "recipient"u8 : "sender"u8);
        if (message.Id("mid"u8) is not { } mid || person is null)
        {
            scope.Anomaly("A message without id or person.");
            return;
        }

        var at = item.Moment("timestamp"u8);
        var replyTo = message.Get("reply_to"u8).Id("mid"u8);
        // The business writes to itself: there is no contact.
        if (message.IsTrue("is_self"u8) || person.Address == scope.Route.Account) scope.Add(new Unsupported(scope.Route, "message.self"));
        else if (message.IsTrue("is_deleted"u8)) scope.Add(new MessageDeleted(scope.Route, mid, mid, at));
        else if (isEcho)
        {
            var source = scope.Dialect.TellEcho(message);
            scope.Add(new MessageEchoed(
                scope.Route, mid, person, at, ContentReader.Read(message), source.Origin, source.DeliveryId, replyTo));
        }
        else
        {
            scope.Add(new MessageReceived(
                scope.Route, mid, person, at, ContentReader.Read(message), replyTo,
                NoticeReader.ReferralOf(message.Get("referral"u8)), Standby: scope.Standby));
        }
    }

    /// <summary>A button, menu entry or ice breaker that a person touched. Older ones have no id of their own.</summary>
    public static void ReadPostback(Scope scope, JsonElement item, JsonElement postback)
    {
        if (scope.PersonIn(item, "sender"u8) is not { } person)
        {
            scope.Anomaly("A postback without sender.");
            return;
        }

        var payload = postback.Words("payload"u8);
        scope.Add(new MessageReceived(
            scope.Route, postback.Id("mid"u8) ?? IdOf(item, "postback", person), person, item.Moment("timestamp"u8),
            new ChoiceContent("postback", postback.Words("title"u8) ?? payload ?? "[Button]", payload),
            Referral: NoticeReader.ReferralOf(postback.Get("referral"u8)), Standby: scope.Standby));
    }

    public static void ReadEdit(Scope scope, JsonElement item, JsonElement edit)
    {
        if (edit.Id("mid"u8) is not { } mid) scope.Anomaly("An edit without id.");
        else if (edit.Text("text"u8) is not { } text) scope.Add(new Unsupported(scope.Route, "message_edit"));
        else
        {
            var number = edit.Whole("num_edit"u8) ?? 0;
            scope.Add(new MessageEdited(
                scope.Route, string.Create(CultureInfo.InvariantCulture, $"{mid}:edit:{number}"), mid, item.Moment("timestamp"u8), new TextContent(text)));
        }
    }

    /// <summary>An id for what has none at the network; the same when the webhook is repeated.</summary>
    public static string IdOf(JsonElement item, string kind, Person person) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}:{person.Address}:{item.Whole("timestamp"u8) ?? 0}");
}
