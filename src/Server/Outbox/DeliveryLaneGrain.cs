using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using Orleans.Concurrency;
using Orleans.Placement;

namespace ChatOperator.Outbox;

/// <summary>A conversation's lane. The grain keeps time and turn; what it may do is decided by the database.</summary>
internal interface IDeliveryLaneGrain : IGrainWithStringKey
{
    /// <summary>Look for work now. A hint: returns before anything is done.</summary>
    /// <param name="account">The conversation's channel account.</param>
    [OneWay]
    Task WakeAsync(Guid account);
}

/// <inheritdoc/>
[HashBasedPlacement]
internal sealed class DeliveryLaneGrain(
    LaneWriter writer, Courier courier, AccountDirectory accounts, TimeProvider time, IHostApplicationLifetime node, ILogger<DeliveryLaneGrain> log)
    : Grain, IDeliveryLaneGrain
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    /// <summary>A lane that has to wait longer than this goes to rest; the sweep wakes it.</summary>
    private static readonly TimeSpan LongestNap = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan TokenLife = TimeSpan.FromSeconds(2);

    private LaneKey _key;
    private Guid _account;
    private Task _running = Task.CompletedTask;
    private Action? _endNap;
    private SemaphoreSlim? _slot;
    private DateTimeOffset? _tokenAt;
    private Ending? _ending;
    private bool _woken;
    private bool _expecting;
    private bool _leaving;

    private bool Stopping => _leaving || node.ApplicationStopping.IsCancellationRequested;

    /// <inheritdoc/>
    public Task WakeAsync(Guid account)
    {
        (_key, _account, _woken, _expecting) = (LaneKey.Parse(this.GetPrimaryKeyString()), account, true, true);
        _endNap?.Invoke();
        if (_running.IsCompleted && !Stopping) _running = RunAsync();
        return Task.CompletedTask;
    }

    /// <summary>A send under way is waited for, so that a stopping node leaves nothing uncertain.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _leaving = true;
        _endNap?.Invoke();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private async Task RunAsync()
    {
        try
        {
            while (await StepAsync())
            {
            }
        }
        finally { ReleaseSlot(); }
    }

    /// <summary>One turn and what follows from it. False: the lane rests.</summary>
    private async Task<bool> StepAsync()
    {
        _woken = false;
        try
        {
            var account = await accounts.ByIdAsync(_key.Tenant, _account);
            if (account?.Rate is { } rate && _expecting && !Stopping) await ReserveAsync(account, rate);
            var result = await writer.TurnAsync(new LaneTurn(_key, account, _ending, MayClaim(account)));
            var ended = _ending;
            _ending = null;
            if (result.Claim is { } claim)
            {
                (_tokenAt, _expecting) = (null, result.More);
                _ending = await courier.SendAsync(claim, account!);
                ReleaseSlot();
                return true;
            }
            if (ended is not null) await SlowDownAsync(ended, account);
            if (Stopping) return false;
            if (result.Ready) await AwaitTurnAsync(account!);
            else
            {
                ReleaseSlot();
                return await RestAsync(result.WakeAt);
            }
        }
        catch (Exception failure) // The database or the cluster is in trouble: what ended is kept and recorded later.
        {
            if (Stopping) return false;
            log.LogWarning(failure, "Lane {Lane} could not go on; it tries again.", _key);
            await NapAsync(AfterTrouble);
        }
        return true;
    }

    /// <summary>Whether the turn may claim: the account's rate allows a send, and this node has room for one.</summary>
    private bool MayClaim(ConnectedAccount? account)
    {
        if (account is null || Stopping || (account.Rate is not null && !(_tokenAt <= time.GetUtcNow() && _tokenAt + TokenLife > time.GetUtcNow()))) return false;
        if (_slot is null && courier.Slots(account.Id) is var slots && slots.Wait(0)) _slot = slots;
        return _slot is not null;
    }

    /// <summary>Something is ready to leave: waits for one of the account's sends per second, then for room on this node.</summary>
    private async Task AwaitTurnAsync(ConnectedAccount account)
    {
        if (account.Rate is { } rate) await ReserveAsync(account, rate);
        if (_tokenAt - time.GetUtcNow() is { Ticks: > 0 } wait)
        {
            ReleaseSlot();
            await NapAsync(wait);
        }
        else if (_slot is null)
        {
            var slots = courier.Slots(account.Id);
            await slots.WaitAsync();
            _slot = slots;
        }
    }

    /// <summary>One of the account's sends per second, for what is expected to leave; one that was not used in time is worth nothing.</summary>
    private async Task ReserveAsync(ConnectedAccount account, int rate)
    {
        if (_tokenAt + TokenLife > time.GetUtcNow()) return;
        _tokenAt = time.GetUtcNow() + await GrainFactory.GetGrain<IChannelAccountGrain>(ChannelAccountGrain.Name(account)).ReserveAsync(rate);
    }

    /// <summary>Waits until the moment or a wake. False: nothing to wait for.</summary>
    private async Task<bool> RestAsync(DateTimeOffset? moment)
    {
        if (_woken) return true;
        var wait = moment - time.GetUtcNow();
        if (wait is null || wait > LongestNap) return false;
        if (wait > TimeSpan.Zero) await NapAsync(wait.Value);
        _expecting = true;
        return !Stopping;
    }

    private async Task NapAsync(TimeSpan wait)
    {
        using var nap = new CancellationTokenSource();
        _endNap = nap.Cancel;
        // Times are kept in whole milliseconds: one more, and the turn finds its time come.
        await Task.Delay(wait + TimeSpan.FromMilliseconds(1), time, nap.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _endNap = null;
    }

    private void ReleaseSlot()
    {
        _slot?.Release();
        _slot = null;
    }

    private async Task SlowDownAsync(Ending ended, ConnectedAccount? account)
    {
        if (account is not null && ended.Outcome is Refused { Failure: { Reaction: FailureReaction.SlowAccount } failure })
            await GrainFactory.GetGrain<IChannelAccountGrain>(ChannelAccountGrain.Name(account)).SlowDownAsync(failure.RetryAfter);
    }
}
