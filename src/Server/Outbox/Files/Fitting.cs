using ChatOperator.Attachments.Facts;
using ChatOperator.Attachments.Store;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Outbox.Files;

/// <summary>Makes an uploaded file fit its channel: pictures and sound of kinds the network does not take are rewritten as one it does.</summary>
internal sealed class Fitting(MediaStore store, Ffmpeg ffmpeg)
{
    /// <summary>A rewritten file with its type, or null when the file can stay as it is or cannot be rewritten.</summary>
    /// <exception cref="Hosting.Problem">415 conversion_unavailable.</exception>
    public async Task<(IncomingFile File, string MimeType)?> FitAsync(IncomingFile file, string kind, string mimeType, Capabilities can, CancellationToken cancel) =>
        kind switch
        {
            "image" when !FileLimits.Takes(can, kind, mimeType) => await RepaintAsync(file, can, cancel),
            "audio" when !FileLimits.Takes(can, kind, mimeType) || IsForeignOgg(file, mimeType) => await ReRecordAsync(file, can, cancel),
            _ => null,
        };

    private async Task<(IncomingFile, string)?> RepaintAsync(IncomingFile file, Capabilities can, CancellationToken cancel)
    {
        if (!FileLimits.Takes(can, "image", "image/jpeg")) return null;
        if (await Picture.RewriteAsync(file.Path, FileLimits.Takes(can, "image", "image/png"), cancel) is not var (bytes, type)) return null;
        var painted = store.Create();
        painted.Fill(bytes);
        return (painted, type);
    }

    private async Task<(IncomingFile, string)?> ReRecordAsync(IncomingFile file, Capabilities can, CancellationToken cancel)
    {
        string[] forms = ["audio/ogg", "audio/mp4"];
        if (Array.Find(forms, form => FileLimits.Takes(can, "audio", form)) is not { } type) return null;
        var converted = store.Create();
        try
        {
            if (await ffmpeg.ConvertSoundAsync(file.Path, converted.Path, type, cancel))
            {
                await converted.AdoptAsync(cancel);
                return (converted, type);
            }
        }
        catch
        {
            converted.Dispose();
            throw;
        }
        converted.Dispose();
        return null;
    }

    /// <summary>Networks that take Ogg take one channel of Opus in it, and nothing else.</summary>
    private static bool IsForeignOgg(IncomingFile file, string mimeType)
    {
        if (mimeType != "audio/ogg") return false;
        using var bytes = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Ogg.Read(bytes) is not { IsOpus: true, Channels: 1 };
    }
}
