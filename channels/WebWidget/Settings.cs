using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.WebWidget;

/// <summary>What a widget is set up with, and what the channel can do.</summary>
internal static class Settings
{
    private const long Mega = 1024 * 1024;

    private const string Site = @"(https?://(\*\.)?[^\s,/*]+|\*)";

    public static readonly ChannelInfo Info = new()
    {
        Key = "web",
        Name = "Web widget",
        ChannelSource = "web",
        RouteSetting = "widget_id",
        Settings =
        [
            new("allowed_origins", SettingKind.Text, new("Sites that may show it", "Sitios que pueden mostrarlo"),
                new("Origins with a space between: https://shop.example https://*.example.org. A single * allows every site.",
                    "Orígenes separados por espacios: https://tienda.example https://*.example.org. Un solo * permite todos los sitios."),
                Required: true, Pattern: $@"{Site}([\s,]+{Site})*"),
            new("title", SettingKind.Text, new("Title", "Título"),
                new("Stands above the conversation, e.g. the business's name.", "Encabeza la conversación; p. ej. el nombre del negocio."),
                Pattern: ".{0,60}"),
            new("greeting", SettingKind.Text, new("Greeting", "Saludo"),
                new("Shown before the first message.", "Se muestra antes del primer mensaje."), Pattern: ".{0,300}"),
            new("color", SettingKind.Text, new("Colour", "Color"),
                new("As #RRGGBB. Words on it turn dark or light by themselves.", "Como #RRGGBB. El texto encima se oscurece o aclara solo."),
                Default: "#0f766e", Pattern: "#[0-9a-fA-F]{6}"),
            new("theme", SettingKind.Text, new("Theme", "Tema"),
                new("auto (as the visitor's system), light or dark.", "auto (según el sistema del visitante), light o dark."),
                Default: "auto", Pattern: "auto|light|dark"),
            new("language", SettingKind.Text, new("Language", "Idioma"),
                new("auto (as the page says), en or es.", "auto (según la página), en o es."), Default: "auto", Pattern: "auto|en|es"),
            new("position", SettingKind.Text, new("Side", "Lado"),
                new("Which lower corner: right or left.", "Qué esquina inferior: right o left."), Default: "right", Pattern: "right|left"),
            new("attachments", SettingKind.Boolean, new("Visitors may send files", "Los visitantes pueden enviar archivos"),
                new("Photos, documents and recordings.", "Fotos, documentos y grabaciones."), Default: "true"),
            new("identity_secret", SettingKind.Secret, new("Identity secret", "Secreto de identidad"),
                new("Your server proves with it who a visitor is (see the widget's guide). At least 16 characters. Changing it signs every known visitor out.",
                    "Con él tu servidor prueba quién es un visitante (ver la guía del widget). Al menos 16 caracteres. Cambiarlo cierra todas las sesiones identificadas."),
                Pattern: ".{16,200}"),
            new("widget_id", SettingKind.Text, new("Short name", "Nombre corto"),
                new("Tells this widget's visitors from another widget's. Left empty it gets one; do not change it later.",
                    "Distingue a los visitantes de este widget de los de otro. Vacío recibe uno; no lo cambies después."),
                Pattern: "[a-z0-9_-]{2,40}"),
        ],
        Capabilities = new()
        {
            MaxText = 10_000,
            Spacing = TimeSpan.Zero,
            ReturnsDeliveryId = true,
            ShowsSigns = true,
            Media =
            [
                new("image", ["image/png", "image/jpeg", "image/gif", "image/webp"], 16 * Mega, MaxCaption: 4096),
                new("video", ["video/mp4", "video/webm"], 64 * Mega, MaxCaption: 4096),
                // What every browser plays. Recordings in WebM or Ogg, which some do not, are rewritten on their way in, whoever made them.
                new("audio", ["audio/mp4", "audio/mpeg", "audio/aac", "audio/wav"], 25 * Mega, MaxCaption: 4096),
                new("document",
                    [
                        "application/pdf", "text/plain", "text/csv", "application/zip", "application/msword", "application/vnd.ms-excel",
                        "application/vnd.ms-powerpoint",
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                    ],
                    25 * Mega, MaxCaption: 4096),
            ],
        },
        Failures = Errors.Words,
    };
}
