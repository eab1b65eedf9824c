namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>Small real files for customers who send a picture without choosing one.</summary>
internal static class Samples
{
    public static (byte[] Bytes, string MimeType, string Filename) Of(string kind) => kind switch
    {
        "image" => (Read("picture.png"), "image/png", "picture.png"),
        "audio" => (Read("voice.ogg"), "audio/ogg; codecs=opus", "voice.ogg"),
        "video" => (Read("film.mp4"), "video/mp4", "film.mp4"),
        "sticker" => (Read("sticker.webp"), "image/webp", "sticker.webp"),
        _ => (Read("document.pdf"), "application/pdf", "invoice-42.pdf"),
    };

    private static byte[] Read(string name)
    {
        using var stream = typeof(Samples).Assembly.GetManifestResourceStream("samples/" + name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
