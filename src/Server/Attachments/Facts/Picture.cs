using SkiaSharp;

namespace ChatOperator.Attachments.Facts;

/// <summary>Reads, shrinks and rewrites pictures. Whatever a stranger's picture does to the decoder, the answer is "no picture".</summary>
internal static class Picture
{
    /// <summary>Longest side of a thumbnail, and of a contact's picture.</summary>
    private const int ThumbnailSide = 480, PortraitSide = 160;

    /// <summary>Decoding takes four bytes a pixel: what claims more than this is not decoded.</summary>
    private const long MostPixels = 50_000_000;

    private const int Quality = 80;

    /// <summary>Decoded pictures are in memory as a whole: only so many at once, whatever comes in.</summary>
    private static readonly SemaphoreSlim Turn = new(2);

    /// <summary>Width and height as it is shown, turned by what the camera noted; null when it is no picture.</summary>
    public static (int Width, int Height)? Measure(string path)
    {
        using var codec = SKCodec.Create(path);
        if (codec is null || codec.Info.Width <= 0 || codec.Info.Height <= 0) return null;
        return Turned(codec.EncodedOrigin) ? (codec.Info.Height, codec.Info.Width) : (codec.Info.Width, codec.Info.Height);
    }

    /// <summary>A small WebP; null when it is small already, too large to decode, or cannot be decoded.</summary>
    public static Task<byte[]?> ThumbnailAsync(string path, CancellationToken cancel) => InTurnAsync(() => Shrink(path, ThumbnailSide, smaller: false), cancel);

    /// <summary>A small WebP of a film's picture, whatever its own size; null when it cannot be decoded.</summary>
    public static Task<byte[]?> PosterAsync(string path, CancellationToken cancel) => InTurnAsync(() => Shrink(path, ThumbnailSide, smaller: true), cancel);

    /// <summary>A small WebP whatever the picture's own size: nothing of a stranger's bytes is in it. Null when it cannot be decoded.</summary>
    public static Task<byte[]?> PortraitAsync(string path, CancellationToken cancel) => InTurnAsync(() => Shrink(path, PortraitSide, smaller: true), cancel);

    /// <summary>The same picture as JPEG, or as PNG when it lets through what is behind it; null when it cannot be decoded.</summary>
    public static Task<(byte[] Bytes, string MimeType)?> RewriteAsync(string path, bool mayBePng, CancellationToken cancel) =>
        InTurnAsync(() => Repaint(path, mayBePng), cancel);

    private static async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancel)
    {
        await Turn.WaitAsync(cancel);
        try { return work(); }
        finally { Turn.Release(); }
    }

    /// <param name="smaller">A picture that is small already is written anew at its own size.</param>
    private static byte[]? Shrink(string path, int side, bool smaller)
    {
        using var codec = SKCodec.Create(path);
        if (codec is null || (!smaller && Math.Max(codec.Info.Width, codec.Info.Height) <= side)) return null;
        using var picture = Decode(codec, side);
        if (picture is null) return null;
        var scale = Math.Min(1.0, (double)side / Math.Max(picture.Width, picture.Height));
        var size = new SKSizeI(Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)));
        using var small = picture.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var upright = small is null ? null : Upright(small, codec.EncodedOrigin);
        using var data = upright?.Encode(SKEncodedImageFormat.Webp, Quality);
        return data?.ToArray();
    }

    private static (byte[] Bytes, string MimeType)? Repaint(string path, bool mayBePng)
    {
        using var codec = SKCodec.Create(path);
        using var picture = codec is null ? null : Decode(codec, int.MaxValue);
        if (picture is null) return null;
        using var upright = Upright(picture, codec!.EncodedOrigin);
        var png = mayBePng && picture.AlphaType != SKAlphaType.Opaque;
        using var flat = png ? null : Flatten(upright);
        using var data = (flat ?? upright).Encode(png ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, 90);
        return data is null ? null : (data.ToArray(), png ? "image/png" : "image/jpeg");
    }

    /// <summary>Decodes at the smallest size the format offers that is not below the wanted one: a large photo costs a fraction.</summary>
    private static SKBitmap? Decode(SKCodec codec, int wantedSide)
    {
        var info = codec.Info;
        var size = info.Size;
        if (wantedSide < int.MaxValue)
        {
            var scaled = codec.GetScaledDimensions((float)wantedSide / Math.Max(info.Width, info.Height));
            if (Math.Max(scaled.Width, scaled.Height) >= wantedSide) size = scaled;
        }
        if ((long)size.Width * size.Height > MostPixels) return null;
        var picture = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, info.AlphaType));
        if (codec.GetPixels(picture.Info, picture.GetPixels()) is SKCodecResult.Success or SKCodecResult.IncompleteInput) return picture;
        picture.Dispose();
        return null;
    }

    private static SKBitmap Flatten(SKBitmap picture)
    {
        var flat = new SKBitmap(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(flat);
        canvas.Clear(SKColors.White);
        canvas.DrawBitmap(picture, 0, 0, SKSamplingOptions.Default);
        return flat;
    }

    private static bool Turned(SKEncodedOrigin origin) => origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>Applies the camera's note, since what is written here carries none.</summary>
    private static SKBitmap Upright(SKBitmap picture, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default) return picture.Copy();
        var (width, height) = Turned(origin) ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        var upright = new SKBitmap(width, height, picture.ColorType, picture.AlphaType);
        using var canvas = new SKCanvas(upright);
        canvas.SetMatrix(origin switch
        {
            SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new SKMatrix(0, -1, width, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, width, -1, 0, height, 0, 0, 1),
            _ => new SKMatrix(0, 1, 0, -1, 0, height, 0, 0, 1),
        });
        canvas.DrawBitmap(picture, 0, 0, SKSamplingOptions.Default);
        return upright;
    }
}
