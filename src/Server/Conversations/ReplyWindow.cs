using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Conversations;

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

/// <summary>What may be sent to a contact, and until when.</summary>
/// <param name="Windowed">Whether the network limits free text to a time after the contact's last message.</param>
/// <param name="ExpiresAt">End of that time; null: they never wrote, or there is no window.</param>
/// <param name="PeopleUntil">Until when a person, but not the agent, may still answer; equal to <paramref name="ExpiresAt"/> when no longer.</param>
/// <param name="Templates">Whether approved templates may be sent all the same.</param>
public sealed record ReplyPolicy(bool Windowed, DateTimeOffset? ExpiresAt, DateTimeOffset? PeopleUntil, bool Templates)
{
    internal static ReplyPolicy Of(Conversation conversation, ChannelAccount account)
    {
        var channel = Channels.All.Channels.FirstOrDefault(c => c.Info.Key == account.Channel)?.Info;
        var can = channel is null ? null : ConnectedAccount.CanOf(channel, account);
        var longer = can is { HumanReplyWindow: { } people, ReplyWindow: { } ordinary } ? people - ordinary : TimeSpan.Zero;
        return new ReplyPolicy(
            can?.ReplyWindow is not null, conversation.WindowExpiresAt, conversation.WindowExpiresAt + longer, can?.Templates == true);
    }
}
