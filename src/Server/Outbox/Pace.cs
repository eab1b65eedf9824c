using System.Collections.Concurrent;
using ChatOperator.ChannelAccounts;
using ChatOperator.Hosting;

namespace ChatOperator.Outbox;

/// <summary>The lines of all accounts on this node.</summary>
internal sealed class Pace(IGrainFactory grains, Settings settings, TimeProvider time, ILogger<Pace> log)
{
    /// <summary>From here on a rate is no limit.</summary>
    private const int Unlimited = 100_000;

    private readonly ConcurrentDictionary<Guid, AccountLine> _lines = [];

    public AccountLine Line(ConnectedAccount account) => _lines.GetOrAdd(
        account.Id,
        _ => new AccountLine(
            settings.Outbox.SendsPerAccount, (rate, wanted) => Grain(account).LeaseAsync(rate, wanted), time,
            trouble => log.LogWarning(trouble, "The rate of account {Account} could not be asked for; it is asked again.", account.Id)));

    /// <summary>Sends per second; null: as many as there are.</summary>
    public static int? RateOf(ConnectedAccount account) => account.Rate < Unlimited ? account.Rate : null;

    /// <summary>The network said that the account is over its rate.</summary>
    public Task SlowDownAsync(ConnectedAccount account, TimeSpan? wish) => Grain(account).SlowDownAsync(wish);

    private IChannelAccountGrain Grain(ConnectedAccount account) => grains.GetGrain<IChannelAccountGrain>(ChannelAccountGrain.Name(account));
}
