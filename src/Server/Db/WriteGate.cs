namespace ChatOperator.Db;

/// <summary>
/// SQLite has one writer. Beside a saturated group commit another connection would starve on the file's lock for seconds, so the writes
/// of the process queue here instead, first come first served.
/// </summary>
public sealed class WriteGate : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Waits for the turn; dispose gives it on.</summary>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel);
        return new Turn(_turn);
    }

    /// <summary>For a dedicated writer thread.</summary>
    public Turn Enter()
    {
#pragma warning disable RS0030 // Nobody else runs on that thread.
        _turn.Wait();
#pragma warning restore RS0030
        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>The right to write.</summary>
    public readonly struct Turn(SemaphoreSlim? turn) : IDisposable
    {
        public void Dispose() => turn?.Release();
    }
}
