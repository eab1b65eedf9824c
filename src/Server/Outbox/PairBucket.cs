using ChatOperator.Channels.Contract;

namespace ChatOperator.Outbox;

/// <summary>The token bucket between an account and one person; its level is kept on the conversation's row, so that a restart forgets nothing.</summary>
internal static class PairBucket
{
    /// <summary>Tokens at this moment. A lane that never sent has a full bucket.</summary>
    public static double Level(LaneRow row, PairLimit limit, DateTimeOffset now) =>
        row.BucketAt is not { } at ? limit.Burst
        : Math.Min(limit.Burst, row.BucketTokens + (Math.Max(0, (now - at).TotalMilliseconds) / limit.Refill.TotalMilliseconds));

    /// <summary>When the next token is there; <paramref name="now"/> when one is.</summary>
    public static DateTimeOffset ReadyAt(LaneRow row, PairLimit? limit, DateTimeOffset now)
    {
        if (limit is null) return now;
        var missing = 1 - Level(row, limit, now);
        return missing <= 0 ? now : now.AddMilliseconds(Math.Ceiling(missing * limit.Refill.TotalMilliseconds));
    }

    /// <summary>Takes one token.</summary>
    public static void Take(LaneRow row, PairLimit? limit, DateTimeOffset now)
    {
        if (limit is null) return;
        (row.BucketTokens, row.BucketAt) = (Level(row, limit, now) - 1, now);
    }
}
