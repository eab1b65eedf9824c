using ChatOperator.ChannelAccounts;
using Orleans.Placement;

namespace ChatOperator.Outbox;

/// <summary>
/// Shares an account's sends per second among its lanes on all nodes. Each lane asks for one send at a time, so a lane with a long queue
/// gets no more turns than one with a single reply.
/// </summary>
internal interface IChannelAccountGrain : IGrainWithStringKey
{
    /// <summary>Reserves the next send and says how long to wait for it.</summary>
    /// <param name="rate">Sends per second.</param>
    Task<TimeSpan> ReserveAsync(int rate);

    /// <summary>The network said that the account is over its rate.</summary>
    /// <param name="wish">How long it wants nothing; null: it did not say.</param>
    Task SlowDownAsync(TimeSpan? wish);
}

/// <inheritdoc/>
[HashBasedPlacement]
internal sealed class ChannelAccountGrain(TimeProvider time) : Grain, IChannelAccountGrain
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Careful = TimeSpan.FromMinutes(1);

    private DateTimeOffset _next;
    private DateTimeOffset _carefulUntil;

    public static string Name(ConnectedAccount account) => $"{account.TenantId:N}/{account.Id:N}";

    /// <inheritdoc/>
    public Task<TimeSpan> ReserveAsync(int rate)
    {
        var now = time.GetUtcNow();
        // Up to a tenth of a second's worth may leave together: networks count by the second.
        var earliest = now - TimeSpan.FromMilliseconds(100);
        if (_next < earliest) _next = earliest;
        var slot = _next;
        var interval = TimeSpan.FromSeconds(1.0 / Math.Max(1, rate));
        _next += now < _carefulUntil ? interval * 2 : interval;
        return Task.FromResult(slot > now ? slot - now : TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public Task SlowDownAsync(TimeSpan? wish)
    {
        var now = time.GetUtcNow();
        var pause = wish > Pause ? wish.Value : Pause;
        if (_next < now + pause) _next = now + pause;
        _carefulUntil = now + pause + Careful;
        return Task.CompletedTask;
    }
}
