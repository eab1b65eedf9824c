namespace ChatOperator.Conversations;

/// <summary>
/// Signs that wait to be shown, a line for each account: one whose network is slow or gone delays nobody else's. Within a line they go one
/// after the other, as they were offered.
/// </summary>
/// <param name="stopping">What waits is forgotten then.</param>
internal sealed class SignQueue(CancellationToken stopping)
{
    /// <summary>Signs of one account beyond this are old news: the oldest go.</summary>
    private const int Longest = 200;

    private readonly Dictionary<Guid, Queue<Func<CancellationToken, Task>>> _lines = [];

    /// <param name="account">Whose line.</param>
    /// <param name="sign">Shows it; does not throw.</param>
    public void Offer(Guid account, Func<CancellationToken, Task> sign)
    {
        lock (_lines)
        {
            if (_lines.TryGetValue(account, out var line))
            {
                if (line.Count >= Longest) line.Dequeue();
                line.Enqueue(sign);
                return;
            }
            _lines[account] = new([sign]);
        }
        _ = Task.Run(() => ServeAsync(account), CancellationToken.None);
    }

    /// <summary>A line is there as long as somebody serves it.</summary>
    private async Task ServeAsync(Guid account)
    {
        while (Next(account) is { } sign) await sign(stopping);
    }

    private Func<CancellationToken, Task>? Next(Guid account)
    {
        lock (_lines)
        {
            if (!stopping.IsCancellationRequested && _lines[account].TryDequeue(out var sign)) return sign;
            _lines.Remove(account);
            return null;
        }
    }
}
