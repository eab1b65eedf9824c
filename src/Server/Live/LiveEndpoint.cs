using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ChatOperator.Live;

/// <summary>One change: ids only, the client reads what it shows of them.</summary>
/// <param name="Kind">message | conversation | contact | channel_account | template | receipt | operator | …; empty in pings and resyncs.</param>
public sealed record LiveChange(string Kind, string Id, Guid? ConversationId);

/// <summary>
/// Changes as they are committed. <c>change</c>: one of them, its id the cursor to resume from; <c>resync</c>: too much was missed, read
/// everything anew; <c>ping</c>: nothing happened, this is the cursor.
/// </summary>
internal static class LiveEndpoint
{
    private const int CatchUpLimit = 5000;
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);
    private static readonly LiveChange Nothing = new("", "", null);

    /// <summary>A stream ends after this time: the client comes back where it was, and who it is is checked again.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public static void MapLive(this WebApplication app) =>
        app.MapGet("/admin/live", Listen).WithTags("Live").RequireAuthorization(Access.Read).WithSummary("Changes as they happen (server-sent events)");

    /// <param name="lastEventId">What a browser sends when it comes back.</param>
    /// <param name="cursor">The same for the first connection: the X-Cursor of the snapshot shown.</param>
    private static ServerSentEventsResult<LiveChange> Listen(
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId, string? cursor, CurrentCaller caller, ChangeFeeds feeds, Databases databases,
        ChangeLog log, TimeProvider time, IHostApplicationLifetime lifetime, HttpResponse response, CancellationToken cancel)
    {
        // Reverse proxies would otherwise hold events back until a buffer is full.
        response.Headers["X-Accel-Buffering"] = "no";
        var after = string.IsNullOrEmpty(lastEventId) ? cursor : lastEventId;
        return TypedResults.ServerSentEvents(StreamAsync(caller.Tenant, after, feeds.Of(caller.Tenant), databases, log, time, lifetime, cancel));
    }

    private static async IAsyncEnumerable<SseItem<LiveChange>> StreamAsync(
        Guid tenant, string? after, ChangeFeed feed, Databases databases, ChangeLog log, TimeProvider time, IHostApplicationLifetime lifetime,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        var listener = new ChangeListener();
        var place = await feed.JoinAsync(listener, cancel);
        try
        {
            foreach (var missed in await MissedAsync(tenant, after, place, databases, log, cancel))
            {
                if (ChangeCursor.TryParse(missed.EventId, out var at) && place.IsBefore(at.Xid, at.Seq)) place = at;
                yield return missed;
            }
            yield return new SseItem<LiveChange>(Nothing, "ping") { EventId = place.ToString() };
            var ends = time.GetUtcNow() + Lifetime;
            while (time.GetUtcNow() < ends && await IsAliveAsync(listener, time, end.Token) is { } news)
            {
                if (!news) yield return new SseItem<LiveChange>(Nothing, "ping") { EventId = place.ToString() };
                while (listener.Reader.TryRead(out var change))
                {
                    // Told already with what was missed: the order of commits is final, so a place says it all.
                    if (!place.IsBefore(change.Xid, change.Seq)) continue;
                    place = log.At(change);
                    yield return Of(change, place);
                }
                if (!listener.HasOverflowed) continue;
                listener.StartAnew();
                place = await HeadAsync(tenant, databases, log, cancel);
                yield return new SseItem<LiveChange>(Nothing, "resync") { EventId = place.ToString() };
            }
        }
        finally { feed.Leave(listener); }
    }

    /// <summary>What happened between the client's place and the feed's, or the advice to read everything anew.</summary>
    private static async Task<List<SseItem<LiveChange>>> MissedAsync(
        Guid tenant, string? after, ChangeCursor place, Databases databases, ChangeLog log, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(after)) return [];
        await using var db = databases.For(tenant);
        var resync = new SseItem<LiveChange>(Nothing, "resync") { EventId = place.ToString() };
        if (!ChangeCursor.TryParse(after, out var known) || !await log.HoldsAsync(db, tenant, known, cancel)) return [resync];
        var missed = await log.ReadAsync(db, tenant, known, CatchUpLimit, cancel: cancel);
        return missed.Count == CatchUpLimit ? [resync] : missed.ConvertAll(c => Of(c, log.At(c)));
    }

    /// <summary>True: something is there; false: nothing for a ping's time; null: the stream ends.</summary>
    private static async Task<bool?> IsAliveAsync(ChangeListener listener, TimeProvider time, CancellationToken end)
    {
        using var ping = new CancellationTokenSource(PingInterval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ping.Token, end);
        try { return await listener.Reader.WaitToReadAsync(either.Token); }
        catch (OperationCanceledException) { return end.IsCancellationRequested ? null : false; }
    }

    private static async Task<ChangeCursor> HeadAsync(Guid tenant, Databases databases, ChangeLog log, CancellationToken cancel)
    {
        await using var db = databases.For(tenant);
        return await log.HeadAsync(db, cancel);
    }

    private static SseItem<LiveChange> Of(Change change, ChangeCursor place) =>
        new(new LiveChange(change.Kind, change.EntityId, change.ConversationId), "change") { EventId = place.ToString() };
}
