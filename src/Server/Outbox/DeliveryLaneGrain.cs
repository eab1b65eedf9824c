using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
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
    LaneWriter writer, Courier courier, Pace pace, AccountDirectory accounts, TimeProvider time, IHostApplicationLifetime node,
    ILogger<DeliveryLaneGrain> log) : Grain, IDeliveryLaneGrain
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    /// <summary>A lane that has to wait longer than this goes to rest; the sweep wakes it.</summary>
    private static readonly TimeSpan LongestNap = TimeSpan.FromMinutes(5);

    /// <summary>A lane that would wait longer in line than this first lets the database know until when.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(1);

    /// <summary>Somebody who wrote so lately waits for an answer: their lane stays in line, however long the line.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    private static readonly TimeSpan Unseen = TimeSpan.FromMilliseconds(300);

    private ConversationKey _key;
    private Guid _account;
    private Task _running = Task.CompletedTask;
    private Action? _endNap;
    private Action? _leaveLine;

    /// <summary>The line whose right to send this lane has.</summary>
    private AccountLine? _right;
    private Ending? _ending;
    private DateTimeOffset? _heard;
    private bool _woken;
    private bool _expecting;
    private bool _ready;
    private bool _leaving;

    private bool Stopping => _leaving || node.ApplicationStopping.IsCancellationRequested;

    /// <inheritdoc/>
    public Task WakeAsync(Guid account)
    {
        (_key, _account, _woken, _expecting) = (ConversationKey.Parse(this.GetPrimaryKeyString()), account, true, true);
        _endNap?.Invoke();
        if (_running.IsCompleted && !Stopping) _running = RunAsync();
        return Task.CompletedTask;
    }

    /// <summary>A send under way is waited for, so that a stopping node leaves nothing uncertain.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _leaving = true;
        _endNap?.Invoke();
        _leaveLine?.Invoke();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private async Task RunAsync()
    {
        _ready = false;
        try
        {
            while (true)
            {
                if (await StepAsync() is not { } nap)
                {
                    // Whoever woke it after its last look saw it run, and leaves it to this.
                    if (_woken && !Stopping) continue;
                    return;
                }
                // It naps here, not in its step: of a lane that waits nothing is held but this.
                if (nap > TimeSpan.Zero && !_woken && !Stopping)
                {
                    using var ending = new CancellationTokenSource();
                    _endNap = ending.Cancel;
                    // Times are kept in whole milliseconds: one more, and the turn finds its time come.
                    await Task.Delay(nap + TimeSpan.FromMilliseconds(1), time, ending.Token)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                    _endNap = null;
                }
                // What ended and could not be recorded is still tried once.
                if (Stopping && _ending is null) return;
            }
        }
        finally { GiveBack(used: false); }
    }

    /// <summary>One turn and what follows from it.</summary>
    /// <returns>How long until the next one; null: the lane rests.</returns>
    private async Task<TimeSpan?> StepAsync()
    {
        _woken = false;
        try
        {
            var account = await accounts.ByIdAsync(_key.Tenant, _account);
            var line = account is null ? null : pace.Line(account);
            if (line is not null && _right is null && !Stopping) await AskAsync(line, account!);
            var waits = line?.Wait ?? default;
            var result = await writer.TurnAsync(new LaneTurn(_key, account, _ending, _right is not null && !Stopping, waits));
            var ended = _ending;
            (_ending, _ready, _heard) = (null, result.Ready, result.Heard ?? _heard);
            if (result.Claim is { } claim)
            {
                _expecting = result.More && account!.Spacing == TimeSpan.Zero;
                _ending = await SendAsync(claim, account!);
                // Where nothing but this node's room is short, what follows at once goes on in the same place.
                if (!_expecting || Pace.RateOf(account!) is not null) GiveBack(used: true);
                return TimeSpan.Zero;
            }
            GiveBack(used: false);
            if (ended is { Outcome: Refused { Failure: { Reaction: FailureReaction.SlowAccount } slow } } && account is not null)
                await pace.SlowDownAsync(account, slow.RetryAfter);
            if (Stopping) return null;
            if (!_ready) return Rest(result.WakeAt);
            return _woken || waits < LongestNap || _heard > time.GetUtcNow() - Lately ? TimeSpan.Zero : null;
        }
        catch (Exception failure) // The database or the cluster is in trouble: what ended is kept and recorded later.
        {
            GiveBack(used: false);
            if (Stopping) return null;
            log.LogWarning(failure, "Lane {Lane} could not go on; it tries again.", _key);
            return AfterTrouble;
        }
    }

    /// <summary>Asks for the right to send when something may leave. What ended is not kept waiting for it.</summary>
    private async Task AskAsync(AccountLine line, ConnectedAccount account)
    {
        if (!_ready && !_expecting) return;
        var rate = Pace.RateOf(account);
        if (!line.TryTake(rate))
        {
            if (_ending is not null || (!_ready && line.Wait > ShortWait)) return;
            using var leaving = new CancellationTokenSource();
            _leaveLine = leaving.Cancel;
            var granted = await line.TakeAsync(rate, _heard, leaving.Token);
            _leaveLine = null;
            if (!granted) return;
        }
        _right = line;
    }

    /// <summary>Most sends are over in no time; of one that is not people are told that it is under way.</summary>
    private async Task<Ending> SendAsync(Claim claim, ConnectedAccount account)
    {
        var sending = courier.SendAsync(claim, account);
        try { return await sending.WaitAsync(Unseen, time); }
        catch (TimeoutException)
        {
            try { await writer.TurnAsync(new LaneTurn(_key, account, null, mayClaim: false) { ShowsSending = true }); }
            catch (Exception failure) { log.LogDebug(failure, "A send under way could not be shown."); } // Its end will be.
            return await sending;
        }
    }

    /// <summary>How long until the moment; null: nothing to wait for, or for so long that the sweep wakes it.</summary>
    private TimeSpan? Rest(DateTimeOffset? moment)
    {
        _expecting = true;
        if (_woken) return TimeSpan.Zero;
        var wait = moment - time.GetUtcNow();
        if (wait <= LongestNap) return wait;
        _expecting = false;
        return null;
    }

    private void GiveBack(bool used)
    {
        _right?.Return(used);
        _right = null;
    }
}
