using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>Reads what becomes of a conversation at the dashboard, and that its contact is typing.</summary>
/// <remarks>
/// Nothing says who changed a status: a person, a rule, or we ourselves by showing who has the conversation. So what is read here is only
/// taken over, never shown back: with that no change runs in circles.
/// </remarks>
internal static class ConversationReader
{
    public static void ReadStatus(Findings findings, Route route, JsonElement root)
    {
        var (before, now) = ChangeOf(root);
        // Opened from resolved or snoozed: by the contact's next message, or by the clock.
        Handling? handling = (before, now) switch
        {
            ("pending", "open") => Handling.Taken,
            (_, "snoozed") => Handling.Taken,
            (_, "pending") => Handling.GivenBack,
            (_, "resolved") => Handling.Finished,
            _ => null,
        };
        if (handling is not { } known)
            findings.Add(new Unsupported(route, $"conversation_status_changed.{(now is { Length: > 0 and <= 40 } ? now : "unknown")}"));
        else if (People.ContactOf(root, root, route) is { } contact)
            findings.Add(new HandlingChanged(route, contact, ChangedAt(root), known, now!));
        else
            findings.Anomaly(route, "A conversation without id or contact.");
    }

    /// <summary>Only the contact's: an operator's, which may be our own sign coming back, is no news here.</summary>
    public static void ReadTyping(Findings findings, Route route, JsonElement root)
    {
        if (root.IsTrue("is_private"u8) || root.Get("user"u8).Text("type"u8) is not (null or "contact"))
            findings.Add(new Unsupported(route, "conversation_typing_on"));
        else if (People.ContactOf(root, route) is { } contact)
            findings.Add(new ContactTyping(route, contact));
        else
            findings.Anomaly(route, "Typing without conversation or contact.");
    }

    private static (string? Before, string? Now) ChangeOf(JsonElement root)
    {
        foreach (var changed in root.Get("changed_attributes"u8).Items())
            if (changed.Get("status"u8) is var status && status.Exists())
                return (status.Words("previous_value"u8), status.Words("current_value"u8));
        return (null, root.Words("status"u8));
    }

    /// <summary>Seconds with a fraction, of the conversation's last change.</summary>
    private static DateTimeOffset? ChangedAt(JsonElement root) =>
        root.Exact("updated_at"u8) is { } seconds and >= 1_230_768_000m and < 4_102_444_800m
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : root.Moment("updated_at"u8);
}
