using System.Text;

namespace ChatOperator.Agents.Turns;

/// <summary>A turn while it thinks: what it has written so far, and the way to stop it.</summary>
internal sealed class Thought(int restarts, CancellationToken stopping) : IDisposable
{
    /// <summary>Turns given up because more arrived; then the next one answers whatever comes.</summary>
    public const int MostRestarts = 3;

    private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    /// <summary>How many turns before it were given up.</summary>
    public int Restarts { get; } = restarts;

    /// <summary>The last message it knows of; 0 before it has begun.</summary>
    public long UpToId { get; private set; }

    /// <summary>The receipt that brought the last message it knows of.</summary>
    public Guid? Receipt { get; set; }

    /// <summary>The last message that was heard of while it had not begun.</summary>
    public long Heard { get; set; }

    /// <summary>Ends when it shall stop.</summary>
    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>The tool with effects that it used last; null: none. What was done must not be done again, nor forgotten.</summary>
    public string? Deed { get; set; }

    private bool HasEffects => Deed is not null;

    /// <summary>Whether it may be given up for what arrived meanwhile.</summary>
    public bool MayRestart => Restarts < MostRestarts && !HasEffects;

    /// <summary>The words written so far.</summary>
    public string Text
    {
        get { lock (_gate) return _text.ToString(); }
    }

    /// <summary>Takes the next words; "": it begins anew.</summary>
    public void Write(string words)
    {
        lock (_gate)
        {
            if (words.Length == 0) _text.Clear();
            else _text.Append(words);
        }
    }

    /// <summary>From here on it thinks about what was said up to a message; what came between reading and now is too late for it.</summary>
    public void Begin(long upToId)
    {
        UpToId = upToId;
        if (Heard > upToId && MayRestart) Cancel();
    }

    public void Cancel() => _cancel.Cancel();

    public void Dispose() => _cancel.Dispose();
}
