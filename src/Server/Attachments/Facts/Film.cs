using System.Globalization;
using System.Text.RegularExpressions;
using ChatOperator.Attachments.Store;

namespace ChatOperator.Attachments.Facts;

/// <summary>
/// What is to be known of a film or a recording before it plays: a picture of it, and its size and duration where its own head does not tell. By ffmpeg;
/// without it films are shown all the same, only blank until they play.
/// </summary>
internal sealed partial class Film(Ffmpeg ffmpeg, MediaStore store)
{
    /// <summary>A picture is worth no more than this: the film is shown without.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The first picture of films is often black.</summary>
    private static readonly TimeSpan Into = TimeSpan.FromSeconds(0.5);

    /// <summary>Decoding takes a core: only so many at once, whatever comes in.</summary>
    private static readonly SemaphoreSlim Turn = new(1);

    /// <param name="known">What its head told.</param>
    public async Task<FileFacts> LookAsync(string path, FileFacts known, CancellationToken cancel)
    {
        using var frame = store.Create();
        await Turn.WaitAsync(cancel);
        try
        {
            var at = known.Duration > Into * 2 ? Into : TimeSpan.Zero;
            if (await ffmpeg.TakeFrameAsync(path, frame.Path, at, Patience, cancel) is not { } run) return known;
            var told = Read(run.Said, known);
            return run.Done && File.Exists(frame.Path) ? told with { Thumbnail = await Picture.PosterAsync(frame.Path, cancel) } : told;
        }
        finally { Turn.Release(); }
    }

    /// <summary>How long a recording plays, where its head does not tell: browsers write theirs as they go.</summary>
    public async Task<FileFacts> ListenAsync(string path, FileFacts known, CancellationToken cancel)
    {
        if (known.Duration is not null) return known;
        await Turn.WaitAsync(cancel);
        try
        {
            return await ffmpeg.PlayAsync(path, Patience, cancel) is { Done: true } run
                && Played().Matches(run.Said).LastOrDefault() is { } last
                && TimeSpan.TryParse(last.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var played) && played > TimeSpan.Zero
                ? known with { Duration = played } : known;
        }
        finally { Turn.Release(); }
    }

    private static FileFacts Read(string said, FileFacts known)
    {
        if (known.Duration is null && Lasts().Match(said) is { Success: true } time
            && TimeSpan.TryParse(time.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var duration) && duration > TimeSpan.Zero)
            known = known with { Duration = duration };
        if (known.Width is null && Measures().Match(said) is { Success: true } size)
            known = known with { Width = int.Parse(size.Groups[1].ValueSpan, CultureInfo.InvariantCulture), Height = int.Parse(size.Groups[2].ValueSpan, CultureInfo.InvariantCulture) };
        return known;
    }

    [GeneratedRegex(@"time=(\d{2}:\d{2}:\d{2}\.\d{2})")]
    private static partial Regex Played();

    [GeneratedRegex(@"Duration: (\d{2}:\d{2}:\d{2}\.\d{2})")]
    private static partial Regex Lasts();

    [GeneratedRegex(@"Video: .*?\b([1-9]\d{1,4})x([1-9]\d{1,4})\b")]
    private static partial Regex Measures();
}
