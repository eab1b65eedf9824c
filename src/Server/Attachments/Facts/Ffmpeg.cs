using System.ComponentModel;
using System.Diagnostics;
using ChatOperator.Hosting;

namespace ChatOperator.Outbox.Files;

/// <summary>Runs the installation's ffmpeg on one file. It sees that file and nothing else: no network, no other input.</summary>
internal sealed class Ffmpeg(Settings settings, TimeProvider time, ILogger<Ffmpeg> log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Sound as networks take it: one channel of Opus in Ogg, or AAC in MP4.</summary>
    /// <returns>False: ffmpeg could not read the file.</returns>
    /// <exception cref="Problem">415 conversion_unavailable: ffmpeg is not installed.</exception>
    public Task<bool> ConvertSoundAsync(string from, string to, string mimeType, CancellationToken cancel) => RunAsync(
        mimeType == "audio/ogg"
            ? ["-i", from, "-vn", "-ac", "1", "-ar", "48000", "-c:a", "libopus", "-b:a", "32k", "-application", "voip", "-f", "ogg", to]
            : ["-i", from, "-vn", "-ac", "1", "-c:a", "aac", "-b:a", "64k", "-movflags", "+faststart", "-f", "ipod", to],
        cancel);

    private async Task<bool> RunAsync(string[] arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(settings.Media.Ffmpeg) { RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])["-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-protocol_whitelist", "file", .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Start(start);
        using var end = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, end.Token);
        try
        {
            var said = process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            if (process.ExitCode == 0) return true;
            log.LogInformation("ffmpeg could not convert a file: {Said}", await said);
            return false;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested) { return false; }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new Win32Exception();
        }
        catch (Win32Exception)
        {
            throw new Problem(
                415, "conversion_unavailable", "This recording has to be converted for the network, and ffmpeg is not installed on the server.",
                "Send it in a form the network takes (MP3, M4A or Ogg with Opus), or ask whoever runs the server to install ffmpeg.");
        }
    }
}
