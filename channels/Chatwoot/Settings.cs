using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>What an account is connected with, and what the channel can do.</summary>
internal static class Settings
{
    private const string DefaultBaseUrl = "https://app.chatwoot.com";
    private const long Mega = 1024 * 1024;

    private static readonly string[] SecretNames = ["api_access_token", "webhook_secret", "url_token"];

    public static readonly ChannelInfo Info = new()
    {
        Key = "chatwoot",
        Name = "Chatwoot",
        ChannelSource = "web",
        RouteSetting = "inbox_id",
        OwnerSetting = "account_id",
        // Inboxes are counted from 1 in each installation, and so are accounts.
        RouteScope = ["base_url", "account_id"],
        Settings =
        [
            new("base_url", SettingKind.Url, new("Address of Chatwoot", "Dirección de Chatwoot"),
                new("Where you sign in, without a path.", "Donde iniciás sesión, sin ruta."), Default: DefaultBaseUrl),
            new("account_id", SettingKind.Text, new("Account id", "Id de la cuenta"),
                new("The number after /accounts/ in the address of your dashboard.", "El número tras /accounts/ en la dirección de tu panel."),
                Required: true, Pattern: @"\d{1,18}"),
            new("inbox_id", SettingKind.Text, new("Only this inbox", "Solo esta bandeja"),
                new("The number after /inbox/ in the inbox's address. Empty: all inboxes that no other account here names.",
                    "El número tras /inbox/ en la dirección de la bandeja. Vacío: todas las que ninguna otra cuenta de aquí nombra."),
                Pattern: @"\d{1,18}"),
            new("api_access_token", SettingKind.Secret, new("Access token", "Token de acceso"),
                new("Of an agent bot, or of a user made for this alone. Never a human's: whatever a human writes takes the conversation over.",
                    "De un bot o de un usuario creado solo para esto. Nunca el de una persona: lo que una persona escribe toma la conversación."),
                Required: true),
            new("agent_bot", SettingKind.Boolean, new("It is the inboxes' agent bot", "Es el bot de las bandejas"),
                new("Conversations that are given back to the agent here then go back to pending at Chatwoot.",
                    "Las conversaciones que acá se devuelven al agente vuelven entonces a quedar pendientes en Chatwoot."),
                Default: "false"),
            new("webhook_secret", SettingKind.Secret, new("Webhook secret", "Secreto del webhook"),
                new("Chatwoot shows it beside the webhook, if your version signs.", "Chatwoot lo muestra junto al webhook, si tu versión firma.")),
            new("url_token", SettingKind.Secret, new("Token in the address", "Token en la dirección"),
                new("For versions that do not sign: a long word of your choice; enter the webhook address with ?token= and this word behind it.",
                    "Para versiones que no firman: una palabra larga a tu elección; cargá la dirección del webhook con ?token= y esta palabra al final.")),
        ],
        Capabilities = new()
        {
            // Chatwoot itself takes 150,000; the networks behind it about this.
            MaxText = 4096,
            Replies = true,
            ReturnsDeliveryId = true,
            EchoesOwnSends = true,
            AccountRate = 40,
            Media =
            [
                new("image", ["image/png", "image/jpeg", "image/gif", "image/webp"], 40 * Mega, MaxCaption: 4096),
                new("video", ["video/mp4", "video/quicktime", "video/webm"], 40 * Mega, MaxCaption: 4096),
                new("audio", ["audio/mpeg", "audio/ogg", "audio/mp4", "audio/aac", "audio/wav"], 40 * Mega, MaxCaption: 4096),
                new("document",
                    [
                        "application/pdf", "text/plain", "text/csv", "application/json", "application/zip", "application/msword",
                        "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                    ],
                    40 * Mega, MaxCaption: 4096),
            ],
        },
        Failures = FailureWordList.Words,
    };

    /// <summary>Where a base URL leads that is none: to no host, so that sends fail as unreachable instead of throwing (RFC 2606).</summary>
    private static readonly Uri Nowhere = new("https://base-url.invalid/");

    /// <summary>Pasted tokens often end in a line break, which no header may carry.</summary>
    public static string AccessToken(this ChannelSettings settings) => settings["api_access_token"].Trim();

    /// <summary>The values that must never appear in anything kept.</summary>
    public static IEnumerable<string> Secrets(this ChannelSettings settings) => SecretNames.Select(name => settings[name].Trim());

    /// <summary>An address within the account, e.g. <c>https://app.chatwoot.com/api/v1/accounts/1/inboxes</c>.</summary>
    public static Uri Api(this ChannelSettings settings, string path)
    {
        var account = Uri.EscapeDataString(settings["account_id"]);
        return Uri.TryCreate($"{settings.Or("base_url", DefaultBaseUrl).TrimEnd('/')}/api/v1/accounts/{account}/{path}", UriKind.Absolute, out var address)
            && address is { Scheme: "https" or "http" } ? address : Nowhere;
    }

    /// <summary>An address within a conversation.</summary>
    public static Uri Conversation(this ChannelSettings settings, string id, string path) =>
        settings.Api($"conversations/{Uri.EscapeDataString(id)}/{path}");
}
