namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>Lets a burst of <paramref name="capacity"/> through and then as many a second as it is refilled with.</summary>
internal sealed class TokenBucket(int capacity, double refillPerSecond)
{
    private readonly Lock _gate = new();
    private double _level = capacity;
    private DateTimeOffset _filledAt;

    public bool TryTake(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_filledAt != default) _level = Math.Min(capacity, _level + (now - _filledAt).TotalSeconds * refillPerSecond);
            _filledAt = now;
            if (_level < 1) return false;
            _level--;
            return true;
        }
    }
}
