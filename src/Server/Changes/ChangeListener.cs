using System.Threading.Channels;

namespace ChatOperator.Changes;

/// <summary>One connection's bounded queue. When it overflows, what is in it is worthless: the client is told to read everything anew.</summary>
/// <param name="wants">Which changes it is told; null: all of its tenant.</param>
internal sealed class ChangeListener(Func<Change, bool>? wants = null)
{
    private const int Capacity = 512;

    private readonly Channel<Change> _queue = Channel.CreateBounded<Change>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private volatile bool _overflowed;

    /// <summary>Whether changes were lost since the last <see cref="StartAnew"/>.</summary>
    public bool HasOverflowed => _overflowed;

    public ChannelReader<Change> Reader => _queue.Reader;

    public void Tell(Change change)
    {
        if (wants?.Invoke(change) == false) return;
        if (!_overflowed && !_queue.Writer.TryWrite(change)) _overflowed = true;
    }

    /// <summary>Empties the queue; from here on it is complete again.</summary>
    public void StartAnew()
    {
        while (_queue.Reader.TryRead(out _)) { }
        _overflowed = false;
    }
}
