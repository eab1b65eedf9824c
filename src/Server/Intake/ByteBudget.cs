namespace ChatOperator.Intake;

/// <summary>
/// Bytes that may be held at once. Shared by the bodies that are being read, whose senders may be slow and are not known yet, and those
/// that wait for their commit, so that neither alone nor together they outgrow it.
/// </summary>
internal sealed class ByteBudget(long limit)
{
    private readonly long _limit = limit;
    private long _held;

    public bool HasRoom => Volatile.Read(ref _held) < _limit;

    public long Held => Volatile.Read(ref _held);

    /// <summary>A holder of nothing yet.</summary>
    public Lease Open() => new(this);

    /// <summary>What one body holds; disposal gives it back.</summary>
    public sealed class Lease(ByteBudget budget) : IDisposable
    {
        private long _bytes;

        /// <summary>Holds <paramref name="bytes"/> in all from now on. False when there is no room for them; then it holds what it held.</summary>
        public bool GrowTo(long bytes)
        {
            var more = bytes - _bytes;
            if (more <= 0) return true;
            if (Interlocked.Add(ref budget._held, more) - more >= budget._limit)
            {
                Interlocked.Add(ref budget._held, -more);
                return false;
            }
            _bytes = bytes;
            return true;
        }

        public void Dispose()
        {
            Interlocked.Add(ref budget._held, -_bytes);
            _bytes = 0;
        }
    }
}
