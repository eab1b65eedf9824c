using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>What an account is connected with, and what the channel can do.</summary>
internal static class Settings
{
    private const string DefaultBaseUrl = "https://graph.facebook.com", DefaultVersion = "v25.0";

    private static readonly string[] SecretNames = ["access_token", "app_secret", "verify_token"];

    public static readonly ChannelInfo Info = new()
    {
        Key = "whatsapp_cloud",
        Name = "WhatsApp",
        ChannelSource = "whatsapp",
        RouteSetting = "phone_number_id",
        OwnerSetting = "waba_id",
        Settings =
        [
            new("phone_number_id", SettingKind.Text, new("Phone number id", "Id del número"),
                new("Meta's WhatsApp Manager → API setup. Not the phone number itself.",
                    "WhatsApp Manager de Meta → Configuración de la API. No es el número de teléfono."),
                Required: true, Pattern: @"[\w.-]{1,64}"),
            new("waba_id", SettingKind.Text, new("WhatsApp Business Account id", "Id de la cuenta de WhatsApp Business"),
                new("On the same page, above the number.", "En la misma página, sobre el número."), Required: true, Pattern: @"[\w.-]{1,64}"),
            new("access_token", SettingKind.Secret, new("Access token", "Token de acceso"),
                new("Of a system user, so that it does not expire.", "De un usuario del sistema, para que no venza."), Required: true),
            new("app_secret", SettingKind.Secret, new("App secret", "Clave secreta de la app"),
                new("Meta's app dashboard → Settings → Basic. It proves that webhooks are Meta's.",
                    "Panel de la app de Meta → Configuración → Básica. Prueba que los webhooks son de Meta."),
                Required: true),
            new("verify_token", SettingKind.Secret, new("Verify token", "Token de verificación"),
                new("A word of your own choice; enter the same one beside the webhook address at Meta.",
                    "Una palabra a tu elección; ingresala también junto a la dirección del webhook en Meta."),
                Required: true),
            new("base_url", SettingKind.Url, new("Base URL", "URL base"),
                new("Only for tests and proxies.", "Solo para pruebas y proxies."), Default: DefaultBaseUrl),
            new("graph_version", SettingKind.Text, new("Graph API version", "Versión de la API Graph"),
                new("Meta ends each version after about two years.", "Meta retira cada versión tras unos dos años."),
                Default: DefaultVersion, Pattern: @"v\d+\.\d+"),
        ],
        Capabilities = new()
        {
            MaxText = 4096,
            ReplyWindow = TimeSpan.FromHours(24),
            Templates = true,
            Replies = true,
            ReturnsDeliveryId = true,
            PairLimit = new(TimeSpan.FromSeconds(6), Burst: 45),
            AccountRate = 80,
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

    /// <summary>Pasted tokens often end in a line break, which no header may carry.</summary>
    public static string AccessToken(this ChannelSettings settings) => settings["access_token"].Trim();

    /// <summary>The values that must never appear in anything kept.</summary>
    public static IEnumerable<string> Secrets(this ChannelSettings settings) => SecretNames.Select(name => settings[name].Trim());

    /// <summary>An address of the Graph API, e.g. <c>https://graph.facebook.com/v25.0/1060/messages</c>.</summary>
    public static Uri Graph(this ChannelSettings settings, string path)
    {
        var address = $"{settings.Or("base_url", DefaultBaseUrl).TrimEnd('/')}/{settings.Or("graph_version", DefaultVersion)}/{path}";
        return Uri.TryCreate(address, UriKind.Absolute, out var graph) && graph is { Scheme: "https" or "http" } ? graph : Nowhere;
    }

    /// <summary>The same address within the account's number.</summary>
    public static Uri Number(this ChannelSettings settings, string path) =>
        settings.Graph($"{Uri.EscapeDataString(settings["phone_number_id"])}{path}");
}
