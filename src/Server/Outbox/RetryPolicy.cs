using ChatOperator.Channels.Contract;

namespace ChatOperator.Outbox;

/// <summary>How often and how long a refused send is tried again, by what the network's refusal asks for.</summary>
internal static class RetryPolicy
{
    /// <summary>Most tries of one part, and the longest wait between two.</summary>
    public static (int Tries, TimeSpan LongestWait) Of(FailureReaction reaction) => reaction switch
    {
        // 4 s + 16 s + 64 s + 256 s + 1,024 s: given up after 23 minutes.
        FailureReaction.Retry or FailureReaction.PauseRecipient => (6, TimeSpan.FromSeconds(1024)),
        // An account over its rate is nobody's fault: its queue is worked off for hours, but not for days.
        FailureReaction.SlowAccount => (60, TimeSpan.FromSeconds(256)),
        FailureReaction.PauseAccount => (int.MaxValue, TimeSpan.Zero),
        _ => (1, TimeSpan.Zero),
    };

    /// <summary>The wait after the n-th try: 4^n seconds, never under the spacing, never under the network's own wish.</summary>
    public static TimeSpan Wait(FailureReaction reaction, int tries, TimeSpan spacing, TimeSpan? wish)
    {
        var longest = Of(reaction).LongestWait;
        var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(4, Math.Min(tries, 10)), longest.TotalSeconds));
        if (wait < spacing) wait = spacing;
        return wish > wait ? wish.Value : wait;
    }
}
