using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;
using Route = ChatOperator.Channels.Contract.Route;

namespace ChatOperator.ChannelAccounts;

/// <summary>An account ready to use: its channel, and its settings with the secrets opened. Immutable; a change makes a new one.</summary>
internal sealed class ConnectedAccount
{
    internal ConnectedAccount(ChannelAccount row, IChannel channel, SecretBox box)
    {
        (TenantId, Id, Channel, Row) = (row.TenantId, row.Id, channel, row);
        Settings = new ChannelSettings(Values(row.Settings).Concat(Values(box.Open(row.Secrets, Purpose(row.Id)))));
        Can = CanOf(channel.Info, name => Settings[name]);
    }

    public Guid TenantId { get; }
    public Guid Id { get; }
    public IChannel Channel { get; }
    public ChannelSettings Settings { get; }

    /// <summary>The stored row as it was when read: state, limits, activation.</summary>
    public ChannelAccount Row { get; }

    /// <summary>It names no route of its own, where the channel lets it: then it is for whatever of its owner no other account names.</summary>
    public bool TakesAllOfOwner => Settings[Channel.Info.RouteSetting].Length == 0;

    /// <summary>What webhooks call it.</summary>
    public string RouteName => TakesAllOfOwner ? Row.RouteKey : Settings[Channel.Info.RouteSetting];

    /// <summary>Within what <see cref="RouteName"/> is unique; "": everywhere.</summary>
    public string RouteScope => ScopeOf(Channel.Info, Settings);

    /// <summary>Whether an item says that it is for this very account, or for what owns it.</summary>
    public bool IsNamedBy(Route route)
    {
        if (route.Account is null) return route.Owner == Row.OwnerKey;
        // A number that is unique within its owner alone says nothing without it.
        var mayBeOthers = Channel.Info.OwnerSetting is { } owner && Channel.Info.RouteScope.Contains(owner) && route.Owner is not null;
        return route.Account == RouteName && (!mayBeOthers || route.Owner == Row.OwnerKey);
    }

    /// <summary>The account's own addresses that may lie in private networks; none unless a platform administrator set them.</summary>
    public IReadOnlyCollection<Uri> PrivateHomes => Row.MayReachPrivate
        ? [.. Channel.Info.Settings.Where(f => f.Kind == SettingKind.Url && Settings[f.Name].Length > 0).Select(f => new Uri(Settings[f.Name]))] : [];

    /// <summary>The channel's limits and abilities, as far as this account has them.</summary>
    public Capabilities Can { get; }

    public TimeSpan Spacing => Row.SpacingMs is { } ms ? TimeSpan.FromMilliseconds(ms) : Can.Spacing;

    /// <summary>Sends per second; null: unlimited.</summary>
    public int? Rate => Row.RatePerSecond ?? Can.AccountRate;

    /// <summary>The key that no other account of a tenant and channel may have; null: the settings name no account of their own.</summary>
    internal static string? RouteKeyOf(ChannelInfo channel, ChannelSettings settings) =>
        settings[channel.RouteSetting] is not { Length: > 0 } name ? null
        : channel.RouteScope.Count == 0 ? name
        : $"{name}@{ScopeOf(channel, settings)}";

    private static string ScopeOf(ChannelInfo channel, ChannelSettings settings) => string.Join('@', channel.RouteScope.Reverse().Select(
        scope => settings.Or(scope, channel.Settings.First(f => f.Name == scope).Default ?? "").TrimEnd('/').ToLowerInvariant()));

    /// <summary>What a stored account can do.</summary>
    internal static Capabilities CanOf(ChannelInfo channel, ChannelAccount row) =>
        CanOf(channel, name => Values(row.Settings).GetValueOrDefault(name));

    private static Capabilities CanOf(ChannelInfo channel, Func<string, string?> setting) =>
        channel.Capabilities is { HumanReplyWindowSetting: { } name } can && setting(name) == "false"
            ? can with { HumanReplyWindow = null } : channel.Capabilities;

    /// <summary>What a row's secrets are sealed for.</summary>
    internal static string Purpose(Guid accountId) => $"channel_account:{accountId:N}";

    private static Dictionary<string, string> Values(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}
