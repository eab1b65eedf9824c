using System.Text.Json;
using ChatOperator.Agents.Turns;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Intake;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Traces;

/// <summary>Puts the rows of a story into the order in which things happened.</summary>
internal static class TellStory
{
    public static async Task<Trace> TellAsync(this AppDb db, Story story, CancellationToken cancel)
    {
        var ids = story.Messages;
        var messages = await db.Messages.AsNoTracking().Where(m => ids.Contains(m.Id)).OrderBy(m => m.Id).ToListAsync(cancel);
        var deliveries = await db.Deliveries.AsNoTracking().Where(d => ids.Contains(d.MessageId)).OrderBy(d => d.Id).ToListAsync(cancel);
        var attempts = await db.DeliveryAttempts.AsNoTracking().Where(a => ids.Contains(a.MessageId)).OrderBy(a => a.StartedAt).ToListAsync(cancel);
        var conversation = messages is [var first, ..] ? await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == first.ConversationId, cancel) : null;
        List<TraceStep> steps =
        [
            .. Received(story), .. messages.Where(m => m.Author == MessageAuthor.Contact).Select(m => Belongs(m, conversation)), .. messages.Select(Said),
            .. story.Turns.SelectMany(TellTurn.Of), .. deliveries.SelectMany(d => Tried(d, attempts)), .. deliveries.SelectMany(Ticks),
            .. messages.Where(m => m.Author != MessageAuthor.Contact).Select(m => Now(m, deliveries, attempts)),
        ];
        if (conversation is not null) steps.AddRange(await db.HoldersAsync(conversation, messages, steps, cancel));
        var external = messages.Select(m => m.ExternalId).Concat(deliveries.Select(d => d.ExternalId)).OfType<string>().Distinct();
        return new Trace(
            new TraceIds(
                story.Correlation, messages.FirstOrDefault()?.ConversationId, story.Receipt?.Id, ids, [.. external], [.. story.Turns.Select(t => t.Id)]),
            [.. steps.OrderBy(s => s.At)]);
    }

    /// <summary>Whose message it was taken for.</summary>
    private static TraceStep Belongs(Message message, Conversation? conversation) => new(
        message.ArrivedAt, "identity", conversation?.CreatedAt == message.ArrivedAt
            ? new("conversation_began", "A new conversation began") : new("conversation_known", "It belongs to a known conversation"), Detail(
            ("contact_id", conversation?.ContactId), ("contact", conversation?.DisplayName), ("conversation_id", message.ConversationId),
            ("account_id", conversation?.AccountId), ("address", conversation?.Address)));

    private static IEnumerable<TraceStep> Received(Story story)
    {
        if (story.Receipt is not { } receipt) yield break;
        yield return new TraceStep(receipt.ReceivedAt, "receipt", new("webhook_arrived", "A webhook arrived"), Detail(
            ("receipt_id", receipt.Id), ("channel", receipt.Channel), ("account_id", receipt.AccountId), ("verdict", receipt.Verdict),
            ("reason", receipt.Reason), ("lag_ms", receipt.LagMs)));
        foreach (var item in story.Items)
            yield return new TraceStep(receipt.ReceivedAt, "item", new("item", $"It held: {item.Kind}", ("item", item.Kind)), Detail(
                ("verdict", item.Verdict), ("account_id", item.Account), ("external_id", item.ExternalId), ("message_id", item.Message),
                ("conversation_id", item.Conversation), ("reason", item.Reason)));
    }

    private static TraceStep Said(Message message) => new(
        message.ArrivedAt, "message",
        message.Author == MessageAuthor.Contact ? new("stored", "Stored as a message of the contact")
            : new("written", $"Written by {Word.Of(message.Author)}", ("by", Word.Of(message.Author))),
        Detail(("message_id", message.Id), ("author", message.AuthorName), ("type", message.Type), ("sent_at", message.At), ("reply_to", message.ReplyTo)));

    private static IEnumerable<TraceStep> Tried(Delivery delivery, List<DeliveryAttempt> attempts)
    {
        foreach (var attempt in attempts.Where(a => a.DeliveryId == delivery.Id))
        {
            yield return new TraceStep(attempt.StartedAt, "attempt", new(
                "attempt_began", $"Try {attempt.N} of part {delivery.Part + 1} began", ("n", attempt.N), ("part", delivery.Part + 1)), Detail(
                ("delivery_id", delivery.Id), ("attempt_id", attempt.Id), ("send_deadline", attempt.SendDeadline)));
            if (attempt is not { EndedAt: { } ended, Outcome: { } outcome }) continue;
            yield return new TraceStep(ended, "attempt", new("attempt_ended", $"Try {attempt.N} ended: {Word.Of(outcome)}", ("n", attempt.N), ("outcome", Word.Of(outcome))), Detail(
                ("delivery_id", delivery.Id), ("attempt_id", attempt.Id), ("network_code", attempt.NetworkCode),
                ("external_id", attempt.ExternalId), ("raw", attempt.Raw)));
        }
    }

    /// <summary>What the network told of it, when we heard it.</summary>
    private static IEnumerable<TraceStep> Ticks(Delivery delivery) =>
        new (MessageStatus Status, DateTimeOffset? At)[]
        {
            (MessageStatus.Sent, delivery.SentAt), (MessageStatus.Delivered, delivery.DeliveredAt), (MessageStatus.Read, delivery.ReadAt),
            (MessageStatus.Failed, delivery.FailedAt),
        }.Where(t => t.At is not null).Select(t => new TraceStep(
            t.At!.Value, "status", new("told", $"The network told of part {delivery.Part + 1}: {Word.Of(t.Status)}", ("part", delivery.Part + 1), ("status", Word.Of(t.Status))), Detail(
            ("delivery_id", delivery.Id), ("external_id", delivery.ExternalId), ("status", Word.Of(t.Status)),
            ("error", t.Status == MessageStatus.Failed && delivery.Error is { } error ? JsonSerializer.Deserialize<JsonElement>(error) : null))));

    /// <summary>How far it came by the last moment known.</summary>
    private static TraceStep Now(Message message, List<Delivery> deliveries, List<DeliveryAttempt> attempts) => new(
        attempts.Where(a => a.MessageId == message.Id).Select(a => a.EndedAt ?? a.StartedAt)
            .Concat(deliveries.Where(d => d.MessageId == message.Id).SelectMany(d => new[] { d.SentAt, d.DeliveredAt, d.ReadAt, d.FailedAt }).OfType<DateTimeOffset>())
            .DefaultIfEmpty(message.ArrivedAt).Max(),
        "status", new("now", $"Now: {Word.Of(message.Status)}", ("status", Word.Of(message.Status))), Detail(
            ("message_id", message.Id), ("not_before", message.NotBefore),
            ("parts", deliveries.Where(d => d.MessageId == message.Id).Select(d => Word.Of(d.Status)).ToArray()),
            ("error", message.Error is { } error ? JsonSerializer.Deserialize<JsonElement>(error) : null)));

    internal static Dictionary<string, object?> Detail(params (string Name, object? Value)[] facts) =>
        facts.Where(f => f.Value is not null).ToDictionary(f => f.Name, f => f.Value);
}
