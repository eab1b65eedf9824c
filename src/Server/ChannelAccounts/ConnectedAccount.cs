using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;

namespace ChatOperator.ChannelAccounts;

/// <summary>An account ready to use: its channel, and its settings with the secrets opened. Immutable; a change makes a new one.</summary>
internal sealed class ConnectedAccount
{
    internal ConnectedAccount(ChannelAccount row, IChannel channel, SecretBox box)
    {
        (TenantId, Id, Channel, Row) = (row.TenantId, row.Id, channel, row);
        Settings = new ChannelSettings(Values(row.Settings).Concat(Values(box.Open(row.Secrets, Purpose(row.Id)))));
    }

    public Guid TenantId { get; }
    public Guid Id { get; }
    public IChannel Channel { get; }
    public ChannelSettings Settings { get; }

    /// <summary>The stored row as it was when read: state, limits, activation.</summary>
    public ChannelAccount Row { get; }

    /// <summary>It names no route of its own, where the channel lets it: then it is for whatever of its owner no other account names.</summary>
    public bool TakesAllOfOwner => Settings[Channel.Info.RouteSetting].Length == 0;

    public TimeSpan Spacing => Row.SpacingMs is { } ms ? TimeSpan.FromMilliseconds(ms) : Channel.Info.Capabilities.Spacing;

    /// <summary>Sends per second; null: unlimited.</summary>
    public int? Rate => Row.RatePerSecond ?? Channel.Info.Capabilities.AccountRate;

    /// <summary>What a row's secrets are sealed for.</summary>
    internal static string Purpose(Guid accountId) => $"channel_account:{accountId:N}";

    private static Dictionary<string, string> Values(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}
