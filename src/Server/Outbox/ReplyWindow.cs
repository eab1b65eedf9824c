using ChatOperator.Channels.Contract;

namespace ChatOperator.Outbox;

/// <summary>The time after the contact's last message in which free text is allowed.</summary>
internal static class ReplyWindow
{
    /// <summary>Whether the ordinary window is open.</summary>
    public static bool IsOpen(Capabilities can, DateTimeOffset? expiresAt, DateTimeOffset now) => can.ReplyWindow is null || expiresAt > now;

    /// <summary>Whether this may be sent: templates always, people for as long as the network gives them.</summary>
    public static bool Allows(Capabilities can, DateTimeOffset? expiresAt, DateTimeOffset now, bool byPerson, bool isTemplate)
    {
        if (IsOpen(can, expiresAt, now) || (isTemplate && can.Templates)) return true;
        return byPerson && can is { HumanReplyWindow: { } longer, ReplyWindow: { } ordinary } && expiresAt + (longer - ordinary) > now;
    }
}
