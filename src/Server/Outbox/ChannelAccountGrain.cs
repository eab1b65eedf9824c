using ChatOperator.ChannelAccounts;
using Orleans.Placement;

namespace ChatOperator.Outbox;

/// <summary>Shares an account's sends per second among all nodes; a node shares what it gets among its lanes (<see cref="AccountLine"/>).</summary>
internal interface IChannelAccountGrain : IGrainWithStringKey
{
    /// <summary>Takes as many of the sends that are due as are wanted.</summary>
    /// <param name="rate">Sends per second.</param>
    /// <param name="wanted">At most so many.</param>
    Task<Lease> LeaseAsync(int rate, int wanted);

    /// <summary>The network said that the account is over its rate.</summary>
    /// <param name="wish">How long it wants nothing; null: it did not say.</param>
    Task SlowDownAsync(TimeSpan? wish);
}

/// <inheritdoc/>
[HashBasedPlacement]
internal sealed class ChannelAccountGrain(TimeProvider time) : Grain, IChannelAccountGrain
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Careful = TimeSpan.FromMinutes(1);

    /// <summary>What was not taken may be taken so much later; beyond that it is gone.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(50);

    private DateTimeOffset _next;
    private DateTimeOffset _carefulUntil;

    public static string Name(ConnectedAccount account) => $"{account.TenantId:N}/{account.Id:N}";

    /// <inheritdoc/>
    public Task<Lease> LeaseAsync(int rate, int wanted)
    {
        var now = time.GetUtcNow();
        if (_next < now - Slack) _next = now - Slack;
        // So much slower than the rate that no second, wherever it begins, holds more than the rate, slack included.
        var interval = (TimeSpan.FromSeconds(1) + Slack) / Math.Max(1, rate);
        if (now < _carefulUntil) interval *= 2;
        var sends = 0;
        for (; sends < wanted && _next <= now; sends++) _next += interval;
        return Task.FromResult(new Lease(sends, _next > now ? _next - now : TimeSpan.Zero));
    }

    /// <inheritdoc/>
    public Task SlowDownAsync(TimeSpan? wish)
    {
        var now = time.GetUtcNow();
        var pause = wish > LongestPause ? LongestPause : wish > Pause ? wish.Value : Pause;
        if (_next < now + pause) _next = now + pause;
        _carefulUntil = now + pause + Careful;
        return Task.CompletedTask;
    }
}
