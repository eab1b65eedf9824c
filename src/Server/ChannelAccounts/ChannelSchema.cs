using ChatOperator.Channels.Contract;

namespace ChatOperator.ChannelAccounts;

/// <summary>A channel as the console draws it: its form and what it can do.</summary>
public sealed record ChannelSchema(
    string Channel, string Name, string ChannelSource, IReadOnlyList<SettingField> Settings, ChannelAbilities Capabilities)
{
    internal static IReadOnlyList<ChannelSchema> All { get; } = [.. Channels.All.Channels.Select(Of)];

    private static ChannelSchema Of(IChannel channel) => new(
        channel.Info.Key, channel.Info.Name, channel.Info.ChannelSource,
        [.. channel.Info.Settings, .. CommonSettings.For(channel.Info)], ChannelAbilities.Of(channel));
}

/// <summary>Limits and abilities of a channel; times in the unit of their name.</summary>
/// <param name="TextUnit">What <paramref name="MaxText"/> counts.</param>
/// <param name="ReplyWindowSeconds">How long after the customer's last message free text is allowed; null: always.</param>
/// <param name="PairRefillMs">With <paramref name="PairBurst"/>: the network's token bucket for one person; null: none.</param>
/// <param name="RatePerSecond">Sends per second of one account; null: unlimited.</param>
public sealed record ChannelAbilities(
    int MaxText, TextUnit TextUnit, int? ReplyWindowSeconds, int? HumanReplyWindowSeconds, bool Templates, bool Replies,
    bool ReturnsDeliveryId, bool EchoesOwnSends, int SpacingMs, int? PairRefillMs, int? PairBurst, int? RatePerSecond,
    bool ConnectionTest, bool ReadReceipts, bool Typing, ChoiceLimit? Choices, ReactionLimit? Reactions, bool Locations, bool ContactCards, IReadOnlyList<MediaLimit> Media)
{
    internal static ChannelAbilities Of(IChannel channel)
    {
        var can = channel.Info.Capabilities;
        return new(
            can.MaxText, can.TextUnit, (int?)can.ReplyWindow?.TotalSeconds, (int?)can.HumanReplyWindow?.TotalSeconds, can.Templates, can.Replies,
            can.ReturnsDeliveryId, can.EchoesOwnSends, (int)can.Spacing.TotalMilliseconds, (int?)can.PairLimit?.Refill.TotalMilliseconds,
            can.PairLimit?.Burst, can.AccountRate, channel is IConnectionTest, can.ShowsSigns || channel is IReadReceipts, can.ShowsSigns || channel is ITyping, can.Choices, can.Reactions, can.Locations, can.ContactCards, can.Media);
    }
}
