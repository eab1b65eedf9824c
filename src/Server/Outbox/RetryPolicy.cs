using ChatOperator.Channels.Contract;

namespace ChatOperator.Outbox;

/// <summary>How often and how long a refused send is tried again, by what the network's refusal asks for.</summary>
/// <param name="Tries">Most tries that end this way.</param>
/// <param name="LongestWait">The longest wait between two tries, whatever the network wishes.</param>
/// <param name="LongestTime">The longest time from the first try to the last.</param>
internal sealed record RetryPolicy(int Tries, TimeSpan LongestWait, TimeSpan LongestTime)
{
    // 4 s + 16 s + 64 s + 256 s + 1,024 s: given up after 23 minutes.
    private static readonly RetryPolicy Patient = new(6, TimeSpan.FromMinutes(20), TimeSpan.FromHours(2));

    // An account over its rate is nobody's fault: its queue is worked off for hours, but not for days.
    private static readonly RetryPolicy Slow = new(200, TimeSpan.FromMinutes(20), TimeSpan.FromHours(12));
    private static readonly RetryPolicy Once = new(2, TimeSpan.FromMinutes(20), TimeSpan.FromHours(2));
    private static readonly RetryPolicy None = new(1, TimeSpan.Zero, TimeSpan.Zero);

    // A server that is killed again and again must not make a message fail; but what has waited for half a day is for a person to decide.
    private static readonly RetryPolicy OwnFault = new(200, TimeSpan.Zero, TimeSpan.FromHours(12));

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(256);

    /// <summary>The server stopped while it sent, and nobody knows whether the network got it. Not the network's fault, nor the message's.</summary>
    public static readonly SendFailure Stopped = new("server_stopped", FailureReaction.Retry, Certain: false);

    public static RetryPolicy Of(SendFailure failure) => failure.Code == Stopped.Code ? OwnFault : Of(failure.Reaction);

    public static RetryPolicy Of(FailureReaction reaction) => reaction switch
    {
        FailureReaction.Retry or FailureReaction.PauseRecipient => Patient,
        FailureReaction.RetryOnce => Once,
        FailureReaction.SlowAccount => Slow,
        _ => None,
    };

    /// <summary>The wait after the n-th try: 4^n seconds, never under the spacing, never under the network's own wish, as far as it is heeded.</summary>
    public TimeSpan Wait(int tries, TimeSpan spacing, TimeSpan? wish)
    {
        var longest = this == Slow ? LongestBackoff : LongestWait;
        var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(4, Math.Min(tries, 10)), longest.TotalSeconds));
        if (wish > wait) wait = wish < LongestWait ? wish.Value : LongestWait;
        return wait < spacing ? spacing : wait;
    }
}
