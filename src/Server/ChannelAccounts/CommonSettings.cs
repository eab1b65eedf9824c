using System.Globalization;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;

namespace ChatOperator.ChannelAccounts;

/// <summary>The settings every account has whatever its channel: how fast it sends, and what it does when the network is silent.</summary>
internal static class CommonSettings
{
    public const string SettleSeconds = "settle_seconds", OnSilence = "on_silence", SpacingMs = "spacing_ms", RatePerSecond = "rate_per_second";

    private const int DefaultSettleSeconds = 30;

    /// <summary>Appended to each channel's own schema, with that channel's defaults.</summary>
    public static IReadOnlyList<SettingField> For(ChannelInfo channel) =>
    [
        new(SettleSeconds, SettingKind.Number, new("Settle time (s)", "Espera de confirmación (s)"),
            new("How long a send with an unknown outcome waits for a report.", "Cuánto espera un informe un envío de resultado incierto."),
            Default: Text(DefaultSettleSeconds), Pattern: @"[1-9]\d{0,3}"),
        new(OnSilence, SettingKind.Text, new("If no report comes", "Si no llega un informe"),
            new("resend: send it again. ask: leave it to a person.", "resend: reenviar. ask: lo decide una persona."),
            Default: Word.Of(SilenceReaction.Resend), Pattern: "resend|ask"),
        new(SpacingMs, SettingKind.Number, new("Spacing (ms)", "Separación (ms)"),
            new("Least time between two messages to one person.", "Tiempo mínimo entre dos mensajes a una persona."),
            Default: Text((int)channel.Capabilities.Spacing.TotalMilliseconds), Pattern: @"\d{1,6}"),
        new(RatePerSecond, SettingKind.Number, new("Messages per second", "Mensajes por segundo"),
            new("Of the whole account.", "De toda la cuenta."),
            Default: channel.Capabilities.AccountRate is { } rate ? Text(rate) : null, Pattern: @"[1-9]\d{0,3}"),
    ];

    /// <summary>The values of an account; those left to the channel are absent.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(ChannelAccount account)
    {
        yield return new(SettleSeconds, Text(account.SettleSeconds));
        yield return new(OnSilence, Word.Of(account.OnSilence));
        if (account.SpacingMs is { } spacing) yield return new(SpacingMs, Text(spacing));
        if (account.RatePerSecond is { } rate) yield return new(RatePerSecond, Text(rate));
    }

    /// <summary>Takes checked values; what is absent goes back to its default.</summary>
    public static void Apply(IReadOnlyDictionary<string, string> values, ChannelAccount account)
    {
        account.SettleSeconds = Number(values, SettleSeconds) ?? DefaultSettleSeconds;
        account.OnSilence = values.TryGetValue(OnSilence, out var word) ? Word.Read<SilenceReaction>(word) : SilenceReaction.Resend;
        account.SpacingMs = Number(values, SpacingMs);
        account.RatePerSecond = Number(values, RatePerSecond);
    }

    private static int? Number(IReadOnlyDictionary<string, string> values, string name) =>
        values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
