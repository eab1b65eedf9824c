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
/// <param name="TokenProblem">Its access token dies by itself and cannot be renewed at the moment; null: all is well.</param>
public sealed record AccountView(
    Guid Id, string Channel, string Name, string ChannelSource, AccountState State, string? StateReason, string? WebhookUrl, string? EmbedCode,
    IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> SecretsSet, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    TokenProblem? TokenProblem)
{
    internal static AccountView Of(ConnectedAccount account, PublicAddress address, bool forOwner, string language)
    {
        var (row, info) = (account.Row, account.Channel.Info);
        var secrets = info.Settings.Where(f => f.Kind == SettingKind.Secret).Select(f => f.Name).ToList();
        return new AccountView(
            row.Id, row.Channel, row.Name, info.ChannelSource, row.State, row.StateReason,
            forOwner ? $"{address.Url}/webhooks/{row.Channel}/{row.Hook}" : null,
            forOwner && account.Channel is IEmbeds embeds ? embeds.EmbedCode(address.Url, row.Hook) : null,
            forOwner ? Readable(row) : new Dictionary<string, string>(),
            forOwner ? secrets.FindAll(name => account.Settings[name].Length > 0) : [],
            row.CreatedAt, row.UpdatedAt, TokenProblem.Of(account, language));
    }

    private static Dictionary<string, string> Readable(ChannelAccount row)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Settings) ?? [];
        foreach (var (name, value) in CommonSettings.Of(row)) values[name] = value;
        return values;
    }
}

/// <summary>Why an account's token cannot be renewed. Until it dies the account works.</summary>
/// <param name="Code">A stable word, e.g. network_unreachable or token_expired.</param>
/// <param name="Since">Of the first try that failed.</param>
/// <param name="NextTry">When the network is asked again by itself.</param>
/// <param name="Message">What happened, in the caller's language.</param>
/// <param name="NextStep">What to do about it.</param>
public sealed record TokenProblem(string Code, DateTimeOffset Since, DateTimeOffset? NextTry, string Message, string NextStep)
{
    private static readonly Words Fix = new(
        "It is tried again by itself. If it lasts, enter a new token in the account's settings before the old one dies.",
        "Se reintenta solo. Si sigue, cargá un token nuevo en la configuración de la cuenta antes de que muera el anterior.");

    internal static TokenProblem? Of(ConnectedAccount account, string language)
    {
        if (account.Row is not { TokenFailure: { } code, TokenFailedSince: { } since } row) return null;
        var failures = account.Channel.Info.Failures;
        var words = failures.GetValueOrDefault(code) ?? failures["unknown_failure"];
        // What a send would need to be told is no help with a token that still works.
        var fix = row.State == AccountState.Paused ? words.NextStep : Fix;
        return new TokenProblem(code, since, row.TokenDueAt, words.Message.In(language), fix.In(language));
    }
}

/// <summary>What a test of an account found.</summary>
/// <param name="Detail">What the network said, in the caller's language.</param>
/// <param name="Fix">What to do about it; null when it works.</param>
public sealed record AccountTest(bool Ok, string Detail, string? Fix);
