using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using ChatOperator.Attachments;
using ChatOperator.Changes;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Widget;

/// <summary>
/// One thing that happened: <c>message</c> (new or changed), <c>typing</c>, <c>seen</c>; or <c>resync</c>: read the newest page anew;
/// <c>ping</c>: nothing happened. The event's id is the cursor to come back with.
/// </summary>
public sealed record VisitorEvent
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public VisitorMessage? Message { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? SeenUpTo { get; init; }
}

/// <summary>
/// What happens in a visitor's conversation, as it is committed: exactly what came after the cursor, from whichever node wrote it.
/// Read from the same log as the console's stream, once per node and tenant for all who listen.
/// </summary>
internal sealed class VisitorStream(
    WidgetGate gate, ChangeStream stream, MediaLinks links, Databases databases, ChangeLog log, TimeProvider time)
{
    private const int CatchUpLimit = 200;
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(20);

    /// <summary>Whoever typed longer ago than this has stopped.</summary>
    private static readonly TimeSpan TypingFresh = TimeSpan.FromSeconds(6);

    private static readonly VisitorEvent Nothing = new();

    /// <exception cref="Problem">401; 403; 404, also while the visitor has written nothing; 429.</exception>
    public async Task<ServerSentEventsResult<VisitorEvent>> OpenAsync(HttpContext http, string key, string? cursor, CancellationToken cancel)
    {
        var visitor = await gate.VisitorAsync(http, key, (limits, by, v) => limits.Stream(by, v));
        await using var db = databases.For(visitor.Account.TenantId);
        var conversation = await db.ConversationOfAsync(visitor, cancel) ?? throw Problem.NotFound();
        var tells = await db.Set<Tenant>().AnyAsync(t => t.Id == conversation.TenantId && t.SendReadReceipts, cancel);
        // Reverse proxies would otherwise hold events back until a buffer is full.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(StreamAsync(visitor, conversation, cursor, tells, cancel));
    }

    private async IAsyncEnumerable<SseItem<VisitorEvent>> StreamAsync(
        Visitor visitor, Conversation conversation, string? cursor, bool tells, [EnumeratorCancellation] CancellationToken cancel)
    {
        var wish = new StreamWish(conversation.TenantId, cursor, CatchUpLimit, PingInterval, conversation.Id);
        await foreach (var step in stream.FollowAsync(wish, cancel))
        {
            if (step is ChangesHappened happened)
                await foreach (var item in TellAsync(happened.Changes, visitor, conversation, tells, cancel)) yield return item;
            else yield return new SseItem<VisitorEvent>(Nothing, step is ResyncNeeded ? "resync" : "ping") { EventId = step.Place.ToString() };
        }
    }

    /// <summary>Changes as events, read once for all of them; a message changed twice is told once, at its last place.</summary>
    private async IAsyncEnumerable<SseItem<VisitorEvent>> TellAsync(
        IReadOnlyList<Change> changes, Visitor visitor, Conversation conversation, bool tells, [EnumeratorCancellation] CancellationToken cancel)
    {
        var ids = changes.Where(c => c.Kind == ChangeKind.Message).Select(IdOf).Distinct().ToList();
        await using var db = databases.For(conversation.TenantId);
        var visible = ids.Count == 0 ? [] : await db.VisibleTo(conversation).Where(m => ids.Contains(m.Id)).ToListAsync(cancel);
        var messages = (await db.ViewAsync(visible, visitor, links, cancel)).ToDictionary(m => m.Id);
        var lastOf = changes.Where(c => c.Kind == ChangeKind.Message).GroupBy(IdOf).ToDictionary(g => g.Key, g => g.Last());
        foreach (var change in changes)
        {
            var place = log.At(change).ToString();
            if (change.Kind == ChangeKind.Message && lastOf[IdOf(change)] == change && messages.TryGetValue(IdOf(change), out var message))
                yield return new SseItem<VisitorEvent>(new VisitorEvent { Message = message }, "message") { EventId = place };
            else if (change.Kind == ChangeKind.Typing && Typing.IsOurs(change.EntityId) && time.GetUtcNow() - change.At < TypingFresh)
                yield return new SseItem<VisitorEvent>(Nothing, "typing") { EventId = place };
        }
        if (!tells || changes.All(c => c.Kind != ChangeKind.Conversation)) yield break;
        var seen = await db.Conversations.Where(c => c.Id == conversation.Id).Select(c => c.ReadUpTo).SingleAsync(cancel);
        yield return new SseItem<VisitorEvent>(new VisitorEvent { SeenUpTo = seen }, "seen") { EventId = log.At(changes[^1]).ToString() };
    }

    private static long IdOf(Change change) => long.Parse(change.EntityId, CultureInfo.InvariantCulture);
}
