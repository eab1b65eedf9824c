using System.Collections.Concurrent;
using ChatOperator.Conversations;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>
/// Group commit for what people and services say: requests of one tenant that wait while a transaction runs share the next, with its locks,
/// its numbers and its one flush to disk. Alone, a request is written at once.
/// </summary>
internal sealed class SharedWrites(Databases databases)
{
    /// <summary>Long enough to matter, short enough that nobody's row stays locked for long.</summary>
    private const int BatchLimit = 64;

    private readonly ConcurrentDictionary<Guid, Line> _lines = [];

    /// <summary>Runs <paramref name="work"/> in a transaction that has locked the conversation, or fails as if it had run alone.</summary>
    /// <param name="work">May run again on another context, after a transaction that failed; gets the context to write to.</param>
    public async Task<T> RunAsync<T>(Guid tenant, Guid conversation, Func<AppDb, Task<T>> work)
    {
        var request = new Request<T>(conversation, work);
        var line = _lines.GetOrAdd(tenant, _ => new Line());
        if (line.Join(request)) _ = Task.Run(() => DrainAsync(tenant, line));
        return await request.Done;
    }

    /// <summary>Writes for whoever waits, and for all who come meanwhile; none of them waits for more than their own transaction.</summary>
    private async Task DrainAsync(Guid tenant, Line line)
    {
        while (line.Take(BatchLimit) is { Count: > 0 } batch)
        {
            if (batch.Count > 1 && await TryTogetherAsync(tenant, batch)) continue;
            foreach (var request in batch) await AloneAsync(tenant, request);
        }
    }

    /// <summary>False: somebody's request failed, and nothing of anybody's was written.</summary>
    private async Task<bool> TryTogetherAsync(Guid tenant, List<Request> batch)
    {
        try
        {
            await WriteAsync(tenant, batch);
        }
        catch (Exception) // Whose fault it was shows when each runs alone.
        {
            return false;
        }
        foreach (var request in batch) request.Complete();
        return true;
    }

    private async Task AloneAsync(Guid tenant, Request request)
    {
        for (var again = true; ; again = false)
            try
            {
                await WriteAsync(tenant, [request]);
                request.Complete();
                return;
            }
            catch (DbUpdateException failure) when (again && failure.IsDuplicate())
            {
                // The same request was committed by another node meanwhile: now it is known, and answered as a repetition.
            }
            catch (Exception failure) // Told to whoever asked.
            {
                request.Fail(failure);
                return;
            }
    }

    private async Task WriteAsync(Guid tenant, List<Request> batch)
    {
        await using var db = databases.For(tenant);
        // Looked for once, not with every read of a transaction of many.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await db.WriteAsync(async () =>
        {
            await db.LockConversationsAsync(tenant, [.. batch.Select(r => r.Conversation).Distinct()]);
            await db.ReserveMessagesAsync(batch.Count);
            foreach (var request in batch) await request.RunAsync(db);
            db.ChangeTracker.DetectChanges();
        });
    }

    /// <summary>Those who wait, in order.</summary>
    private sealed class Line
    {
        private readonly Queue<Request> _waiting = [];
        private bool _isServed;

        /// <summary>True: nobody is writing, so the one who joined has to.</summary>
        public bool Join(Request request)
        {
            lock (_waiting)
            {
                _waiting.Enqueue(request);
                if (_isServed) return false;
                return _isServed = true;
            }
        }

        /// <summary>The next ones; none: the writer may go, and whoever joins next writes.</summary>
        public List<Request> Take(int limit)
        {
            lock (_waiting)
            {
                var next = new List<Request>(Math.Min(limit, _waiting.Count));
                while (next.Count < limit && _waiting.TryDequeue(out var request)) next.Add(request);
                if (next.Count == 0) _isServed = false;
                return next;
            }
        }
    }

    private abstract class Request(Guid conversation)
    {
        public Guid Conversation { get; } = conversation;

        public abstract Task RunAsync(AppDb db);
        public abstract void Complete();
        public abstract void Fail(Exception failure);
    }

    private sealed class Request<T>(Guid conversation, Func<AppDb, Task<T>> work) : Request(conversation)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Done => _done.Task;

        public override async Task RunAsync(AppDb db) => _result = await work(db);
        public override void Complete() => _done.TrySetResult(_result!);
        public override void Fail(Exception failure) => _done.TrySetException(failure);
    }
}
