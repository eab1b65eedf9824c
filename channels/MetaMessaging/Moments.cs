using System.Text.Json;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>Times as Meta's messaging networks write them.</summary>
internal static class Moments
{
    private const long Earliest = 1_230_768_000, Latest = 4_102_444_800;

    /// <summary>
    /// A moment in Unix milliseconds, as a number; in Meta's own tests also in seconds, and as a text. Null when missing or outside the
    /// years in which it can be true.
    /// </summary>
    public static DateTimeOffset? Moment(this JsonElement element, ReadOnlySpan<byte> name) => element.Whole(name) switch
    {
        >= Earliest * 1000 and < Latest * 1000 and var milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
        >= Earliest and < Latest and var seconds => DateTimeOffset.FromUnixTimeSeconds(seconds),
        _ => null,
    };
}
