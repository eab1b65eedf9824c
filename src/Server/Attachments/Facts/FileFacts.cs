namespace ChatOperator.Attachments.Facts;

/// <summary>What is to be known of a file before it is shown: its size on the screen or in time, and a small picture.</summary>
internal sealed record FileFacts(int? Width = null, int? Height = null, TimeSpan? Duration = null, byte[]? Thumbnail = null)
{
    /// <summary>Reads them from a file of this type; a file that is broken has none, which is no error: people may still download it.</summary>
    public static async Task<FileFacts> ReadAsync(string path, string mimeType, CancellationToken cancel)
    {
        try
        {
            if (mimeType is "image/jpeg" or "image/png" or "image/gif" or "image/webp")
                return Picture.Measure(path) is var (width, height)
                    ? new FileFacts(width, height, Thumbnail: await Picture.ThumbnailAsync(path, cancel)) : new FileFacts();
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return mimeType switch
            {
                "video/mp4" or "video/3gpp" or "video/quicktime" or "audio/mp4" => OfMp4(Mp4.Read(file)),
                "audio/ogg" => new FileFacts(Duration: Ogg.Read(file)?.Duration),
                "audio/wav" => new FileFacts(Duration: Sound.Wav(file)),
                "audio/mpeg" => new FileFacts(Duration: Sound.Mp3(file)),
                "audio/amr" => new FileFacts(Duration: Sound.Amr(file)),
                _ => new FileFacts(),
            };
        }
        catch (Exception e) when (e is IOException or ArgumentException or OverflowException)
        {
            return new FileFacts();
        }
    }

    /// <summary>The first bytes of a file.</summary>
    public static byte[] Head(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var head = new byte[FileType.HeadSize];
        return head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    private static FileFacts OfMp4(Mp4? film) => film is null ? new FileFacts() : new FileFacts(
        film.Width > 0 ? film.Width : null, film.Height > 0 ? film.Height : null, film.Duration > TimeSpan.Zero ? film.Duration : null);
}
