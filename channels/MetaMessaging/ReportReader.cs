using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>Reads how far our messages came, and what people felt about messages.</summary>
internal static class ReportReader
{
    /// <summary>Everything until a time was delivered; the messages may be named as well.</summary>
    public static void ReadDelivery(Scope scope, JsonElement item, JsonElement delivery)
    {
        var (person, until) = (Scope.IdIn(item, "sender"u8), delivery.Moment("watermark"u8));
        var some = false;
        foreach (var named in delivery.Get("mids"u8).Items())
        {
            if (named.AsText() is not { Length: > 0 and <= 512 } mid) continue;
            some = true;
            scope.Add(new DeliveryReported(scope.Route, mid, DeliveryStatus.Delivered, until, Address: person));
        }

        if (until is not null && person is not null) scope.Add(UpTo(scope, DeliveryStatus.Delivered, person, until.Value));
        else if (!some) scope.Anomaly("A delivery that names neither messages nor a time and a person.");
    }

    /// <summary>A person has read: everything until a time, or everything until a message.</summary>
    public static void ReadRead(Scope scope, JsonElement item, JsonElement read)
    {
        var (person, at) = (Scope.IdIn(item, "sender"u8), item.Moment("timestamp"u8));
        if (read.Id("mid"u8) is { } mid)
        {
            scope.Add(new DeliveryReported(scope.Route, mid, DeliveryStatus.Read, at, Address: person));
            scope.Add(new DeliveryReported(scope.Route, mid, DeliveryStatus.Read, at, Address: person, AndEarlier: true));
        }
        else if (read.Moment("watermark"u8) is { } until && person is not null) scope.Add(UpTo(scope, DeliveryStatus.Read, person, until));
        else scope.Anomaly("A read that names neither a message nor a time and a person.");
    }

    public static void ReadReaction(Scope scope, JsonElement item, JsonElement reaction)
    {
        if (reaction.Id("mid"u8) is not { } mid || scope.PersonIn(item, "sender"u8) is not { } person)
        {
            scope.Anomaly("A reaction without message or sender.");
        }
        else if (person.Address == scope.Route.Account)
        {
            scope.Add(new Unsupported(scope.Route, "echo.reaction"));
        }
        else
        {
            var emoji = reaction.Text("action"u8) == "unreact" ? null : reaction.Words("emoji"u8) ?? Emoji(reaction.Text("reaction"u8));
            scope.Add(new ReactionChanged(
                scope.Route, MessageReader.IdOf(item, "reaction", person), person, item.Moment("timestamp"u8), mid, emoji));
        }
    }

    private static DeliveryReported UpTo(Scope scope, DeliveryStatus status, string person, DateTimeOffset until) =>
        new(scope.Route, "", status, until, Address: person, UpTo: until);

    /// <summary>Older webhooks name a reaction only by its word.</summary>
    private static string Emoji(string? word) => word switch
    {
        "love" => "❤️",
        "smile" => "😆",
        "angry" => "😠",
        "sad" => "😢",
        "wow" => "😮",
        "dislike" => "👎",
        "like" => "👍",
        _ => "❔",
    };
}
