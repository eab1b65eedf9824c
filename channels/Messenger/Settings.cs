using ChatOperator.Channels.Contract;
using ChatOperator.Channels.MetaMessaging;

namespace ChatOperator.Channels.Messenger;

/// <summary>What a page is connected with, and what the channel can do.</summary>
internal static class Settings
{
    private const string DefaultBaseUrl = "https://graph.facebook.com";
    private const long Mega = 1024 * 1024;

    public static readonly Graph Graph = new(
        _ => DefaultBaseUrl, Errors.Table, FailureWordList.For("Messenger", "pages_messaging"), ["access_token", "app_secret", "verify_token"]);

    public static readonly ChannelInfo Info = new()
    {
        Key = "messenger",
        Name = "Messenger",
        ChannelSource = "facebook",
        RouteSetting = "page_id",
        Settings =
        [
            new("page_id", SettingKind.Text, new("Page id", "Id de la página"),
                new("Your Facebook page → About → Page transparency.", "Tu página de Facebook → Información → Transparencia de la página."),
                Required: true, Pattern: @"[\w.-]{1,64}"),
            new("access_token", SettingKind.Secret, new("Page access token", "Token de acceso de la página"),
                new("Made from a long-lived or system user's token, so that it does not expire.",
                    "Creado con un token de larga duración o de un usuario del sistema, para que no venza."),
                Required: true),
            new("app_secret", SettingKind.Secret, new("App secret", "Clave secreta de la app"),
                new("Meta's app dashboard → Settings → Basic. It proves that webhooks are Meta's.",
                    "Panel de la app de Meta → Configuración → Básica. Prueba que los webhooks son de Meta."),
                Required: true),
            new("verify_token", SettingKind.Secret, new("Verify token", "Token de verificación"),
                new("A word of your own choice; enter the same one beside the webhook address at Meta.",
                    "Una palabra a tu elección; ingresala también junto a la dirección del webhook en Meta."),
                Required: true),
            HumanAgent.Setting,
            new("base_url", SettingKind.Url, new("Base URL", "URL base"),
                new("Only for tests and proxies.", "Solo para pruebas y proxies."), Default: DefaultBaseUrl),
            new("graph_version", SettingKind.Text, new("Graph API version", "Versión de la API Graph"),
                new("Meta ends each version after about two years.", "Meta retira cada versión tras unos dos años."),
                Default: Graph.DefaultVersion, Pattern: @"v\d+\.\d+"),
        ],
        Capabilities = new()
        {
            // The network says "fewer than 2000".
            MaxText = 1999,
            ReplyWindow = TimeSpan.FromHours(24),
            HumanReplyWindow = TimeSpan.FromDays(7),
            HumanReplyWindowSetting = HumanAgent.Setting.Name,
            Replies = true,
            ReturnsDeliveryId = true,
            EchoesOwnSends = true,
            AccountRate = 300,
            Choices = new(Most: 13, MaxTitle: 20, MaxBody: 1999, MaxId: 1000),
            Media =
            [
                new("image", ["image/jpeg", "image/png", "image/gif", "image/webp"], 8 * Mega),
                new("video", ["video/mp4", "video/quicktime", "video/webm", "video/ogg"], 25 * Mega),
                new("audio", ["audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/wav"], 25 * Mega),
                new("document",
                    [
                        "application/pdf", "text/plain", "text/csv", "application/zip", "application/msword", "application/vnd.ms-excel",
                        "application/vnd.ms-powerpoint", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                    ],
                    25 * Mega),
            ],
        },
        Failures = Graph.Words,
    };
}
