using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;

namespace ChatOperator.ChannelAccounts;

/// <summary>A new account.</summary>
/// <param name="Channel">A key of the schema, e.g. whatsapp_cloud.</param>
/// <param name="Settings">By the names of that channel's schema; texts, numbers or booleans.</param>
public sealed record NewAccount(string Channel, string Name, IReadOnlyDictionary<string, JsonElement>? Settings = null);

/// <summary>What to change of an account; what is absent stays, null or "" empties a setting.</summary>
public sealed record AccountChange(string? Name = null, IReadOnlyDictionary<string, JsonElement>? Settings = null);

/// <summary>An account as it is read. Secrets are never among the settings; the names of those set are.</summary>
/// <param name="ChannelSource">The kind of network: whatsapp, instagram, facebook or web.</param>
/// <param name="StateReason">Why it is paused, as a stable word.</param>
/// <param name="EmbedCode">HTML to paste into one's own pages; null for channels that live elsewhere. Only for owners.</param>
/// <param name="WebhookUrl">Where the network sends its webhooks. Only for owners, as are the settings.</param>
public sealed record AccountView(
    Guid Id, string Channel, string Name, string ChannelSource, AccountState State, string? StateReason, string? WebhookUrl, string? EmbedCode,
    IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> SecretsSet, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static AccountView Of(ConnectedAccount account, PublicAddress address, bool forOwner)
    {
        var (row, info) = (account.Row, account.Channel.Info);
        var secrets = info.Settings.Where(f => f.Kind == SettingKind.Secret).Select(f => f.Name).ToList();
        return new AccountView(
            row.Id, row.Channel, row.Name, info.ChannelSource, row.State, row.StateReason,
            forOwner ? $"{address.Url}/webhooks/{row.Channel}/{row.Hook}" : null,
            forOwner && account.Channel is IEmbeds embeds ? embeds.EmbedCode(address.Url, row.Hook) : null,
            forOwner ? Readable(row) : new Dictionary<string, string>(),
            forOwner ? secrets.FindAll(name => account.Settings[name].Length > 0) : [],
            row.CreatedAt, row.UpdatedAt);
    }

    private static Dictionary<string, string> Readable(ChannelAccount row)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Settings) ?? [];
        foreach (var (name, value) in CommonSettings.Of(row)) values[name] = value;
        return values;
    }
}

/// <summary>What a test of an account found.</summary>
/// <param name="Detail">What the network said, in the caller's language.</param>
/// <param name="Fix">What to do about it; null when it works.</param>
public sealed record AccountTest(bool Ok, string Detail, string? Fix);
