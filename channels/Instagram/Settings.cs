using ChatOperator.Channels.Contract;
using ChatOperator.Channels.MetaMessaging;

namespace ChatOperator.Channels.Instagram;

/// <summary>What an account is connected with, and what the channel can do.</summary>
internal static class Settings
{
    private const long Mega = 1024 * 1024;

    private static readonly string[] SecretNames = ["access_token", "app_secret", "instagram_app_secret", "verify_token"];

    public static readonly Graph Graph = new(
        settings => settings.UsesInstagramLogin() ? "https://graph.instagram.com" : "https://graph.facebook.com", Errors.Table,
        FailureWordList.For("Instagram", "instagram_manage_messages (instagram_business_manage_messages)"), SecretNames);

    public static readonly ChannelInfo Info = new()
    {
        Key = "instagram",
        Name = "Instagram",
        ChannelSource = "instagram",
        RouteSetting = "instagram_id",
        Settings =
        [
            new("login", SettingKind.Text, new("Connected by", "Conectada por"),
                new("facebook: the account is linked to a Facebook page. instagram: it is connected by Instagram's own login.",
                    "facebook: la cuenta está vinculada a una página de Facebook. instagram: conectada con el inicio de sesión de Instagram."),
                Default: "facebook", Pattern: "facebook|instagram"),
            new("instagram_id", SettingKind.Text, new("Instagram account id", "Id de la cuenta de Instagram"),
                new("The professional account's id (user_id), which webhooks name. Testing the account shows it.",
                    "El id de la cuenta profesional (user_id), el que nombran los webhooks. La prueba de la cuenta lo muestra."),
                Required: true, Pattern: @"[\w.-]{1,64}"),
            new("page_id", SettingKind.Text, new("Page id", "Id de la página"),
                new("Of the linked Facebook page; not for Instagram's own login.",
                    "De la página de Facebook vinculada; no con el inicio de sesión de Instagram."),
                Pattern: @"[\w.-]{1,64}"),
            new("access_token", SettingKind.Secret, new("Access token", "Token de acceso"),
                new("The page's, or Instagram's long-lived one, which is renewed by itself.",
                    "El de la página, o el de larga duración de Instagram, que se renueva solo."),
                Required: true),
            new("app_secret", SettingKind.Secret, new("App secret", "Clave secreta de la app"),
                new("Meta's app dashboard → Settings → Basic. It proves that webhooks are Meta's.",
                    "Panel de la app de Meta → Configuración → Básica. Prueba que los webhooks son de Meta."),
                Required: true),
            new("instagram_app_secret", SettingKind.Secret, new("Instagram app secret", "Clave secreta de la app de Instagram"),
                new("Only for Instagram's own login: Meta's app dashboard → Instagram → API setup.",
                    "Solo con el inicio de sesión de Instagram: panel de la app de Meta → Instagram → Configuración de la API.")),
            new("verify_token", SettingKind.Secret, new("Verify token", "Token de verificación"),
                new("A word of your own choice; enter the same one beside the webhook address at Meta.",
                    "Una palabra a tu elección; ingresala también junto a la dirección del webhook en Meta."),
                Required: true),
            HumanAgent.Setting,
            new("base_url", SettingKind.Url, new("Base URL", "URL base"),
                new("Only for tests and proxies.", "Solo para pruebas y proxies.")),
            new("graph_version", SettingKind.Text, new("Graph API version", "Versión de la API Graph"),
                new("Meta ends each version after about two years.", "Meta retira cada versión tras unos dos años."),
                Default: Graph.DefaultVersion, Pattern: @"v\d+\.\d+"),
        ],
        Capabilities = new()
        {
            MaxText = 1000,
            TextUnit = TextUnit.Utf8Bytes,
            ReplyWindow = TimeSpan.FromHours(24),
            HumanReplyWindow = TimeSpan.FromDays(7),
            HumanReplyWindowSetting = HumanAgent.Setting.Name,
            EchoesOwnSends = true,
            // Meta's pages say 300 here and 100 there.
            AccountRate = 100,
            // The network's one word for it is "love".
            Reactions = new(["❤️"]),
            Choices = new(Most: 13, MaxTitle: 20, MaxBody: 1000, MaxId: 1000),
            Media =
            [
                new("image", ["image/jpeg", "image/png", "image/gif"], 8 * Mega),
                new("video", ["video/mp4", "video/quicktime", "video/webm", "video/ogg", "video/x-msvideo"], 25 * Mega),
                new("audio", ["audio/mp4", "audio/aac", "audio/x-m4a", "audio/wav"], 25 * Mega),
                new("document", ["application/pdf"], 25 * Mega),
            ],
        },
        Failures = Graph.Words,
    };

    public static bool UsesInstagramLogin(this ChannelSettings settings) => settings["login"] == "instagram";

    /// <summary>In whose name messages are sent: the account's own, or its page's.</summary>
    public static string Sender(this ChannelSettings settings) =>
        settings.UsesInstagramLogin() ? settings["instagram_id"] : settings.Or("page_id", "me");
}
