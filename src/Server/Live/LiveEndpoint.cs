using System.Net.ServerSentEvents;
using ChatOperator.Changes;
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

    public static void MapLive(this WebApplication app) =>
        app.MapGet("/admin/live", Listen).WithTags("Live").RequireAuthorization(Access.Read).WithSummary("Changes as they happen (server-sent events)");

    /// <param name="lastEventId">What a browser sends when it comes back.</param>
    /// <param name="cursor">The same for the first connection: the X-Cursor of the snapshot shown.</param>
    private static ServerSentEventsResult<LiveChange> Listen(
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId, string? cursor, CurrentCaller caller, ChangeStream stream, ChangeLog log,
        HttpResponse response, CancellationToken cancel)
    {
        // Reverse proxies would otherwise hold events back until a buffer is full.
        response.Headers["X-Accel-Buffering"] = "no";
        var after = string.IsNullOrEmpty(lastEventId) ? cursor : lastEventId;
        return TypedResults.ServerSentEvents(EventsAsync(stream.FollowAsync(new(caller.Tenant, after, CatchUpLimit, PingInterval, IsFresh: true), cancel), log));
    }

    private static async IAsyncEnumerable<SseItem<LiveChange>> EventsAsync(IAsyncEnumerable<StreamStep> steps, ChangeLog log)
    {
        await foreach (var step in steps)
        {
            if (step is ChangesHappened happened)
                foreach (var change in happened.Changes)
                    yield return new(new LiveChange(change.Kind, change.EntityId, change.ConversationId), "change") { EventId = log.At(change).ToString() };
            else yield return new(Nothing, step is ResyncNeeded ? "resync" : "ping") { EventId = step.Place.ToString() };
        }
    }
}
