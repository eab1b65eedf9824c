namespace ChatOperator.Harness;

/// <summary>
/// A clock that stands until a test moves it. A move is a jump: a timer whose time has come rings once, however often it would have rung
/// on the way, as it does on a machine that slept. (The library's fake clock rings each of a day's 86,400 seconds.)
/// </summary>
public sealed class FrozenClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _door = new();
    private readonly HashSet<FrozenTimer> _timers = [];
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_door) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Jumps ahead and rings what is due, on this thread.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_door) _now += by;
        RingDue();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FrozenTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private void RingDue()
    {
        while (true)
        {
            List<FrozenTimer> due;
            lock (_door)
            {
                due = [.. _timers.Where(t => t.Due <= _now)];
                foreach (var timer in due) Schedule(timer, timer.Period);
            }
            if (due.Count == 0) return;
            foreach (var timer in due) timer.Ring();
        }
    }

    private void Schedule(FrozenTimer timer, TimeSpan wait)
    {
        if (wait < TimeSpan.Zero) _timers.Remove(timer);
        else (timer.Due, _) = (_now + wait, _timers.Add(timer));
    }

    private sealed class FrozenTimer(FrozenClock clock, Action ring) : ITimer
    {
        public DateTimeOffset Due { get; set; }
        public TimeSpan Period { get; private set; }
        public Action Ring { get; } = ring;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._door)
            {
                // A period of zero is none, as for the system's timers.
                Period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
                clock.Schedule(this, dueTime);
            }
            if (dueTime == TimeSpan.Zero) ThreadPool.QueueUserWorkItem(_ => clock.RingDue());
            return true;
        }

        public void Dispose()
        {
            lock (clock._door) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
