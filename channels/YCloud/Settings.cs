using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.YCloud;

/// <summary>What an account is connected with, and what the channel can do.</summary>
internal static class Settings
{
    private const string DefaultBaseUrl = "https://api.ycloud.com/v2";

    private static readonly string[] SecretNames = ["api_key", "webhook_secret"];

    public static readonly ChannelInfo Info = new()
    {
        Key = "ycloud",
        Name = "WhatsApp (YCloud)",
        ChannelSource = "whatsapp",
        RouteSetting = "phone_number",
        OwnerSetting = "waba_id",
        Settings =
        [
            new("phone_number", SettingKind.Text, new("Phone number", "Número de teléfono"),
                new("With + and country code, exactly as YCloud shows it under WhatsApp → Phone numbers, e.g. +5491155550000.",
                    "Con + y código de país, tal como lo muestra YCloud en WhatsApp → Números, p. ej. +5491155550000."),
                Required: true, Pattern: @"\+\d{5,15}"),
            new("waba_id", SettingKind.Text, new("WhatsApp Business Account id", "Id de la cuenta de WhatsApp Business"),
                new("On the same page, beside the number.", "En la misma página, junto al número."), Required: true, Pattern: @"\d{3,32}"),
            new("api_key", SettingKind.Secret, new("API key", "Clave de API"),
                new("YCloud → Developers → API keys.", "YCloud → Desarrolladores → Claves de API."), Required: true),
            new("webhook_secret", SettingKind.Secret, new("Webhook secret", "Secreto del webhook"),
                new("YCloud shows it once the webhook endpoint is saved. The whole of it, whsec_ included.",
                    "YCloud lo muestra al guardar el webhook. Completo, con whsec_."),
                Required: true),
            new("queue", SettingKind.Boolean, new("Send through YCloud's queue", "Enviar por la cola de YCloud"),
                new("Off: YCloud hands each message to WhatsApp at once and says whether it was taken. On: it takes bursts, and refusals come later.",
                    "Desactivado: YCloud entrega cada mensaje en el acto y dice si fue aceptado. Activado: admite ráfagas y los rechazos llegan después."),
                Default: "false"),
            new("base_url", SettingKind.Url, new("Base URL", "URL base"),
                new("Only for tests and proxies.", "Solo para pruebas y proxies."), Default: DefaultBaseUrl),
        ],
        Capabilities = new()
        {
            MaxText = 4096,
            ReplyWindow = TimeSpan.FromHours(24),
            Templates = true,
            Replies = true,
            ReturnsDeliveryId = true,
            PairLimit = new(TimeSpan.FromSeconds(6), Burst: 45),
            AccountRate = 60,
            SharedRate = 20,
            TypingMarksRead = true,
            Choices = MediaKinds.Choices,
            Locations = true,
            ContactCards = true,
            Reactions = new([]),
            Media = MediaKinds.Sendable,
        },
        Failures = FailureWordList.Words,
    };

    /// <summary>Where a base URL leads that is none: to no host, so that sends fail as unreachable instead of throwing (RFC 2606).</summary>
    private static readonly Uri Nowhere = new("https://base-url.invalid/");

    /// <summary>Pasted keys often end in a line break, which no header may carry.</summary>
    public static string ApiKey(this ChannelSettings settings) => settings["api_key"].Trim();

    /// <summary>The values that must never appear in anything kept.</summary>
    public static IEnumerable<string> Secrets(this ChannelSettings settings) => SecretNames.Select(name => settings[name].Trim());

    /// <summary>Whether messages wait in YCloud's queue instead of being handed over while we wait.</summary>
    public static bool UsesQueue(this ChannelSettings settings) => settings["queue"] == "true";

    /// <summary>An address of the API, e.g. <c>https://api.ycloud.com/v2/whatsapp/messages</c>.</summary>
    public static Uri Api(this ChannelSettings settings, string path) =>
        Uri.TryCreate($"{settings.Or("base_url", DefaultBaseUrl).TrimEnd('/')}/{path}", UriKind.Absolute, out var address)
        && address is { Scheme: "https" or "http" } ? address : Nowhere;
}
