using ChatOperator.ChannelAccounts;

namespace ChatOperator.Outbox;

/// <summary>
/// Those of this node that wait to send for one account: each needs room on this node, and one of the account's sends per second, which all
/// nodes share. Three of four go to whoever's contact wrote last, the fourth to whoever waits longest: an answer passes a campaign, and a
/// campaign still ends.
/// </summary>
internal sealed class AccountLine(int room, Func<int, int, Task<Lease>> lease, TimeProvider time, Action<Exception> trouble)
{
    /// <summary>What was leased and given back is good for so long; the network counts by the second.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<Place> _oldest = new();
    private readonly PriorityQueue<Place, long> _answers = new();
    private int _room = room;
    private int _waiting;
    private int _granted;
    private int? _rate;
    private int _tokens;
    private DateTimeOffset _tokensUntil;
    private bool _leasing;

    /// <summary>About how long somebody who joins now waits for the account's rate.</summary>
    public TimeSpan Wait
    {
        get { lock (_lock) return _rate is { } rate ? TimeSpan.FromSeconds(_waiting / (double)rate) : TimeSpan.Zero; }
    }

    /// <summary>The right to send once, if it is there now; false: join the line.</summary>
    /// <param name="rate">Sends per second; null: unlimited.</param>
    public bool TryTake(int? rate)
    {
        lock (_lock)
        {
            _rate = rate;
            if (_waiting > 0 || _room == 0 || !HasToken()) return false;
            Spend();
            return true;
        }
    }

    /// <summary>Waits for the right to send once. False: whoever waited gave up.</summary>
    /// <param name="heard">When the contact last wrote; null: not known.</param>
    public async Task<bool> TakeAsync(int? rate, DateTimeOffset? heard, CancellationToken cancel)
    {
        var place = new Place();
        lock (_lock)
        {
            _rate = rate;
            _waiting++;
            _oldest.Enqueue(place);
            _answers.Enqueue(place, -(heard ?? DateTimeOffset.MinValue).UtcTicks);
            Grant();
        }
        Lease();
        using var leaving = cancel.Register(() => Leave(place));
        return await place.Granted;
    }

    /// <summary>A send is over, or was not made.</summary>
    /// <param name="used">False: the account's send per second is still there for somebody.</param>
    public void Return(bool used)
    {
        lock (_lock)
        {
            _room++;
            if (!used && _rate is not null) (_tokens, _tokensUntil) = (_tokens + 1, time.GetUtcNow() + Kept);
            Grant();
        }
        Lease();
    }

    private void Leave(Place place)
    {
        lock (_lock)
            if (place.End(false)) _waiting--;
    }

    private void Grant()
    {
        while (_waiting > 0 && _room > 0 && HasToken())
        {
            var place = Next();
            _waiting--;
            Spend();
            if (!place.End(true)) throw new InvalidOperationException("A place was given twice.");
        }
        if (_waiting > 0) return;
        _oldest.Clear();
        _answers.Clear();
    }

    /// <summary>The next who still waits; each stands in both orders.</summary>
    private Place Next()
    {
        var oldest = _granted++ % 4 == 3;
        Place place;
        do place = oldest ? _oldest.Dequeue() : _answers.Dequeue();
        while (place.IsOver);
        return place;
    }

    private bool HasToken()
    {
        if (_rate is null) return true;
        if (_tokens > 0 && _tokensUntil < time.GetUtcNow()) _tokens = 0;
        return _tokens > 0;
    }

    private void Spend()
    {
        _room--;
        if (_rate is not null) _tokens--;
    }

    /// <summary>Fetches sends per second while somebody waits for them; at most one such errand at a time.</summary>
    private void Lease()
    {
        lock (_lock)
        {
            if (_leasing || Wanted() == 0) return;
            _leasing = true;
        }
        _ = LeaseAsync();
    }

    private int Wanted() => _rate is { } rate && _waiting > 0 ? Math.Min(Math.Min(_waiting, _room), Math.Max(1, rate / 20)) : 0;

    private async Task LeaseAsync()
    {
        while (true)
        {
            int wanted, rate;
            lock (_lock)
            {
                (wanted, rate) = (Wanted(), _rate ?? 0);
                if (wanted == 0)
                {
                    _leasing = false;
                    return;
                }
            }
            var pause = AfterTrouble;
            try
            {
                var leased = await lease(rate, wanted);
                lock (_lock)
                {
                    if (leased.Sends > 0) (_tokens, _tokensUntil) = (_tokens + leased.Sends, time.GetUtcNow() + Kept);
                    Grant();
                }
                pause = leased.Next;
            }
            catch (Exception failure) // The cluster is in trouble: those who wait go on waiting.
            {
                trouble(failure);
            }
            if (pause > TimeSpan.Zero) await Task.Delay(pause < LeastPause ? LeastPause : pause > LongestPause ? LongestPause : pause, time);
        }
    }

    private sealed class Place
    {
        private readonly TaskCompletionSource<bool> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Granted => _granted.Task;
        public bool IsOver => _granted.Task.IsCompleted;
        public bool End(bool granted) => _granted.TrySetResult(granted);
    }
}

/// <summary>Some of an account's sends per second.</summary>
/// <param name="Sends">How many may leave now.</param>
/// <param name="Next">How long until the next may.</param>
[GenerateSerializer, Immutable]
internal sealed record Lease(int Sends, TimeSpan Next);
