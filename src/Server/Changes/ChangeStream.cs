using System.Runtime.CompilerServices;
using ChatOperator.Db;

namespace ChatOperator.Changes;

/// <summary>What a stream tells next. Each ends at a place that the client may come back with.</summary>
/// <param name="Place">Everything at or before it is told.</param>
internal abstract record StreamStep(ChangeCursor Place);

/// <summary>What was committed since the step before, in order; never empty.</summary>
internal sealed record ChangesHappened(IReadOnlyList<Change> Changes, ChangeCursor Place) : StreamStep(Place);

/// <summary>Too much was missed, or nobody knows any more: read everything anew.</summary>
internal sealed record ResyncNeeded(ChangeCursor Place) : StreamStep(Place);

/// <summary>Nothing happened for a while; or at the beginning: all that was missed is told.</summary>
internal sealed record NothingHappened(ChangeCursor Place) : StreamStep(Place);

/// <summary>Whose changes, and how a client comes back.</summary>
/// <param name="After">The cursor that the client came with.</param>
/// <param name="CatchUpLimit">So many missed changes are told one by one; with more, reading everything anew is cheaper.</param>
/// <param name="Ping">How long may pass without a word.</param>
/// <param name="Conversation">Only this one's; null: all of the tenant.</param>
/// <param name="IsFresh">A client without a cursor has just read everything; otherwise it is told to.</param>
internal sealed record StreamWish(Guid Tenant, string? After, int CatchUpLimit, TimeSpan Ping, Guid? Conversation = null, bool IsFresh = false);

/// <summary>
/// Changes as they are committed, from whichever node wrote them: exactly what came after the client's cursor, or the advice to read
/// everything anew. Ends after a while, so that the client comes back where it was and who it is is checked again.
/// </summary>
internal sealed class ChangeStream(ChangeFeeds feeds, ChangeLog log, Databases databases, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public async IAsyncEnumerable<StreamStep> FollowAsync(StreamWish wish, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        var listener = new ChangeListener(wish.Conversation is { } only ? c => c.ConversationId == only : null);
        var feed = feeds.Of(wish.Tenant);
        var place = await feed.JoinAsync(listener, cancel);
        try
        {
            if (await MissedAsync(wish, cancel) is { } missed)
            {
                // The client may be further than this look at the log: what was settled once stays so.
                if (ChangeCursor.TryParse(wish.After, out var known) && place.IsBefore(known.Xid, known.Seq)) place = known;
                if (missed.Count > 0)
                {
                    if (place.IsBefore(missed[^1].Xid, missed[^1].Seq)) place = log.At(missed[^1]);
                    yield return new ChangesHappened(missed, log.At(missed[^1]));
                }
                yield return new NothingHappened(place);
            }
            else yield return new ResyncNeeded(place);
            var ends = time.GetUtcNow() + Longest;
            while (time.GetUtcNow() < ends && await IsAliveAsync(listener, wish.Ping, end.Token) is { } news)
            {
                if (!news) yield return new NothingHappened(place);
                var changes = new List<Change>();
                while (listener.Reader.TryRead(out var change))
                    // Told already with what was missed: the order of commits is final, so a place says it all.
                    if (place.IsBefore(change.Xid, change.Seq)) changes.Add(change);
                if (changes.Count > 0) yield return new ChangesHappened(changes, place = log.At(changes[^1]));
                if (!listener.HasOverflowed) continue;
                listener.StartAnew();
                await using var db = databases.For(wish.Tenant);
                yield return new ResyncNeeded(place = await log.HeadAsync(db, cancel));
            }
        }
        finally { feed.Leave(listener); }
    }

    /// <summary>What happened after the client's cursor; null: too much, or nobody knows any more.</summary>
    private async Task<List<Change>?> MissedAsync(StreamWish wish, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(wish.After) && wish.IsFresh) return [];
        await using var db = databases.For(wish.Tenant);
        if (!ChangeCursor.TryParse(wish.After, out var known) || !await log.HoldsAsync(db, wish.Tenant, known, cancel)) return null;
        var missed = await log.ReadAsync(db, wish.Tenant, known, wish.CatchUpLimit, wish.Conversation, cancel);
        return missed.Count == wish.CatchUpLimit ? null : missed;
    }

    /// <summary>True: something is there; false: nothing for a ping's time; null: the stream ends.</summary>
    private async Task<bool?> IsAliveAsync(ChangeListener listener, TimeSpan wait, CancellationToken end)
    {
        using var ping = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ping.Token, end);
        try { return await listener.Reader.WaitToReadAsync(either.Token); }
        catch (OperationCanceledException) { return end.IsCancellationRequested ? null : false; }
    }
}
