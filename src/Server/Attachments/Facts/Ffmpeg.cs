using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ChatOperator.Hosting;

namespace ChatOperator.Attachments.Facts;

/// <summary>
/// Runs the installation's ffmpeg on one file. It sees that file and nothing else: no network, no other input, and none of the formats that
/// are lists of further files.
/// </summary>
internal sealed class Ffmpeg(Settings settings, TimeProvider time, ILogger<Ffmpeg> log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Playlists, which a file of any name can be, would have it read others.</summary>
    private const string Formats = "aac,ac3,aiff,amr,asf,avi,caf,flac,flv,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpeg,mpegts,ogg,wav";

    /// <summary>Sound as networks take it: one channel of Opus in Ogg, or AAC in MP4.</summary>
    /// <returns>False: ffmpeg could not read the file.</returns>
    /// <exception cref="Problem">415 conversion_unavailable: ffmpeg is not installed.</exception>
    public async Task<bool> ConvertSoundAsync(string from, string to, string mimeType, CancellationToken cancel) => (await RunAsync(
        from,
        mimeType == "audio/ogg"
            ? ["-vn", "-ac", "1", "-ar", "48000", "-c:a", "libopus", "-b:a", "32k", "-application", "voip", "-f", "ogg", to]
            : ["-vn", "-ac", "1", "-c:a", "aac", "-b:a", "64k", "-movflags", "+faststart", "-f", "ipod", to],
        "error", Longest, cancel) ?? throw Unavailable()).Done;

    /// <summary>One picture of a film as PNG.</summary>
    /// <returns>Null: ffmpeg is not installed. Otherwise what it said of the film, and whether there is a picture.</returns>
    public Task<FfmpegRun?> TakeFrameAsync(string from, string to, TimeSpan at, TimeSpan patience, CancellationToken cancel) => RunAsync(
        from, ["-an", "-frames:v", "1", "-vf", "scale=960:960:force_original_aspect_ratio=decrease", "-c:v", "png", "-f", "image2", "-update", "1", to],
        "info", patience, cancel, "-threads", "1", "-ss", at.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));

    /// <summary>Goes through a recording without decoding it; what it says ends with the time it reached. Null: ffmpeg is not installed.</summary>
    public Task<FfmpegRun?> PlayAsync(string from, TimeSpan patience, CancellationToken cancel) =>
        RunAsync(from, ["-vn", "-c", "copy", "-stats", "-f", "null", "-"], "info", patience, cancel);

    /// <param name="level">How much it says.</param>
    /// <param name="reading">Options for the file that is read.</param>
    private async Task<FfmpegRun?> RunAsync(string from, string[] what, string level, TimeSpan patience, CancellationToken cancel, params string[] reading)
    {
        var start = new ProcessStartInfo(settings.Media.Ffmpeg) { RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        string[] arguments =
            ["-nostdin", "-hide_banner", "-loglevel", level, "-y", .. reading, "-protocol_whitelist", "file", "-format_whitelist", Formats, "-i", from, .. what];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Start(start);
        if (process is null) return null;
        using var end = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, end.Token);
        try
        {
            var said = process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            if (process.ExitCode != 0) log.LogInformation("ffmpeg could not read a file: {Said}", await said);
            return new FfmpegRun(process.ExitCode == 0, await said);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested) { return new FfmpegRun(false, ""); }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try { return Process.Start(start); }
        catch (Win32Exception) { return null; }
    }

    private static Problem Unavailable() => new(
        415, "conversion_unavailable", "This recording has to be converted for the network, and ffmpeg is not installed on the server.",
        "Send it in a form the network takes (MP3, M4A or Ogg with Opus), or ask whoever runs the server to install ffmpeg.");
}

/// <summary>What came of a run.</summary>
/// <param name="Said">Its log, which describes what it read.</param>
internal sealed record FfmpegRun(bool Done, string Said);
