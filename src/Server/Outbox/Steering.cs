using System.Globalization;
using ChatOperator.ChannelAccounts;
using ChatOperator.Changes;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox.Files;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>New words or a new time for a waiting message. What is left out stays.</summary>
public sealed record MessageChange(string? Message = null, DateTimeOffset? NotBefore = null);

/// <summary>How a message stands after it was steered.</summary>
public sealed record Steered(long MessageId, MessageStatus Status, DateTimeOffset? NotBefore);

/// <summary>Changing the mind about a message: possible until its first part is claimed for sending.</summary>
internal sealed class Steering(AppDb db, AccountDirectory accounts, Outgoing outgoing, TimeProvider time)
{
    /// <summary>It never leaves. Cancelling twice is the same as once.</summary>
    public Task<Steered> CancelAsync(long id, CancellationToken cancel) =>
        ChangeAsync(id, MessageStatus.Queued, (_, message, deliveries) =>
        {
            foreach (var delivery in deliveries) delivery.Status = MessageStatus.Cancelled;
            (message.Status, message.NotBefore, message.Error) = (MessageStatus.Cancelled, null, null);
            return Task.CompletedTask;
        }, cancel, already: MessageStatus.Cancelled);

    /// <summary>No schedule and no backoff any more; the spacing to this person still holds.</summary>
    public Task<Steered> SendNowAsync(long id, CancellationToken cancel) =>
        ChangeAsync(id, MessageStatus.Queued, async (conversation, message, deliveries) =>
        {
            if (deliveries.Exists(d => d.Held) && await accounts.ByIdAsync(message.TenantId, conversation.AccountId, cancel) is { } account)
                Outgoing.CheckWindow(account, conversation, time.Now(), byPerson: true, isTemplate: false);
            Schedule(conversation, message, deliveries, null);
        }, cancel);

    /// <summary>The failed parts once more, under the same message.</summary>
    public Task<Steered> RetryAsync(long id, CancellationToken cancel) =>
        ChangeAsync(id, MessageStatus.Failed, async (conversation, message, deliveries) =>
        {
            var failed = deliveries.Where(d => d.Status == MessageStatus.Failed).ToList();
            var account = await accounts.ByIdAsync(message.TenantId, conversation.AccountId, cancel) ?? throw Problem.NotFound();
            var isTemplate = failed.TrueForAll(d => ContentJson.Read(d.Content) is TemplateContent);
            Outgoing.CheckWindow(account, conversation, time.Now(), message.Author != MessageAuthor.Agent, isTemplate);
            // With the error goes what the tries have cost, and with the network's id what it says of the send that failed.
            foreach (var delivery in failed) (delivery.Status, delivery.Error, delivery.ExternalId) = (MessageStatus.Queued, null, null);
            if (failed.Exists(d => d.Part == 0)) message.ExternalId = null;
            await db.ForgetUploadsAsync(message, cancel);
            (message.Status, message.Error) = (MessageStatus.Queued, null);
            Schedule(conversation, message, failed, null);
        }, cancel);

    /// <summary>Other words, another time.</summary>
    public Task<Steered> EditAsync(long id, MessageChange change, CancellationToken cancel)
    {
        if (change is { Message: null, NotBefore: null }) throw Problem.Invalid("`message` or `not_before` is needed.");
        return ChangeAsync(id, MessageStatus.Queued, async (conversation, message, deliveries) =>
        {
            if (change.Message is { } words) deliveries = await RewordAsync(conversation, message, deliveries, words, cancel);
            if (change.NotBefore is not { } moment) return;
            if (!deliveries.Exists(d => d.Held)) await CheckWindowAsync(conversation, message, deliveries, moment, cancel);
            Schedule(conversation, message, deliveries, moment > time.Now() ? moment : null);
        }, cancel);
    }

    private async Task CheckWindowAsync(
        Conversation conversation, Message message, List<Delivery> deliveries, DateTimeOffset moment, CancellationToken cancel)
    {
        var account = await accounts.ByIdAsync(message.TenantId, conversation.AccountId, cancel) ?? throw Problem.NotFound();
        var isTemplate = deliveries.TrueForAll(d => ContentJson.Read(d.Content) is TemplateContent);
        var at = moment > time.Now() ? moment : time.Now();
        Outgoing.CheckWindow(account, conversation, at, message.Author != MessageAuthor.Agent, isTemplate);
    }

    /// <summary>Parts that were tried and refused keep their rows, and with them the record of their tries.</summary>
    private async Task<List<Delivery>> RewordAsync(
        Conversation conversation, Message message, List<Delivery> deliveries, string words, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(words)) throw Problem.Invalid("`message` is empty.", "Cancel the message instead.");
        Outgoing.CheckLength("message", words);
        var account = await accounts.ByIdAsync(message.TenantId, conversation.AccountId, cancel) ?? throw Problem.NotFound();
        var contents = OutgoingFiles.WithWords(account, words, FilesOf(message, deliveries));
        var parts = Outgoing.Parts(contents, account);
        for (var part = 0; part < parts.Count; part++)
        {
            if (part < deliveries.Count) deliveries[part].Content = ContentJson.Write(parts[part]);
            else db.Deliveries.Add(PartAfter(deliveries[0], part, parts[part]));
        }
        db.Deliveries.RemoveRange(deliveries.Skip(parts.Count));
        await db.RecaptionAsync(message, contents, cancel);
        (message.Type, message.Text) = new Speech(contents, message.Author).Summary;
        message.Content = contents is [not TextContent and var only] ? ContentJson.Write(only) : null;
        if (conversation.LastMessageId == message.Id) conversation.LastMessage = ListPreview.Of(message.Text);
        return [.. deliveries.Take(parts.Count), .. db.Deliveries.Local.Where(d => d.MessageId == message.Id && d.Part >= deliveries.Count)];
    }

    /// <summary>The files of a message without the words that go with the first.</summary>
    private static List<Content> FilesOf(Message message, List<Delivery> deliveries)
    {
        var contents = deliveries.ConvertAll(d => ContentJson.Read(d.Content));
        if (contents.Exists(c => c is not (TextContent or MediaContent)))
            throw Problem.Invalid("Only the words of a text or of a file can be changed.", "Cancel this message and send another one.");
        // Words that stand alone before the files leave the files' own captions alone; otherwise they are the first file's caption.
        return contents[0] is MediaContent first
            ? [first with { Caption = null }, .. contents.Skip(1)]
            : [.. contents.Where(c => c is MediaContent)];
    }

    private Delivery PartAfter(Delivery first, int part, Content content) => new()
    {
        TenantId = first.TenantId, Id = time.NewId(), ConversationId = first.ConversationId, AccountId = first.AccountId, MessageId = first.MessageId,
        Part = part, Content = ContentJson.Write(content), ByAgent = first.ByAgent, LockVersion = first.LockVersion, Status = MessageStatus.Queued,
        NotBefore = first.NotBefore, Held = first.Held, AwaitsMarks = first.AwaitsMarks,
    };

    private void Schedule(Conversation conversation, Message message, List<Delivery> deliveries, DateTimeOffset? moment)
    {
        foreach (var delivery in deliveries) delivery.NotBefore = moment;
        message.NotBefore = moment ?? (conversation.NextSendAt > time.Now() ? conversation.NextSendAt : null);
    }

    /// <param name="already">A message that stands so is answered as it is.</param>
    private async Task<Steered> ChangeAsync(
        long id, MessageStatus from, Func<Conversation, Message, List<Delivery>, Task> change, CancellationToken cancel, MessageStatus? already = null)
    {
        var place = await db.Messages.Where(m => m.Id == id).Select(m => new { m.TenantId, m.ConversationId }).SingleOrDefaultAsync(cancel)
            ?? throw Problem.NotFound();
        var (conversation, steered) = await db.WriteAsync(
            async () =>
            {
                var conversation = await db.LockConversationAsync(place.TenantId, place.ConversationId, cancel) ?? throw Problem.NotFound();
                var message = await db.Messages.SingleAsync(m => m.Id == id, cancel);
                var deliveries = await db.Deliveries.Where(d => d.MessageId == id).OrderBy(d => d.Part).ToListAsync(cancel);
                if (deliveries.Count == 0) throw Problem.NotFound();
                if (message.Status == already) return (conversation, new Steered(message.Id, message.Status, message.NotBefore));
                if (message.Status != from || (from == MessageStatus.Queued && deliveries.Exists(d => d.Status != MessageStatus.Queued)))
                    throw from == MessageStatus.Failed ? NotFailed() : message.Status == MessageStatus.Cancelled ? Cancelled() : AlreadyClaimed();
                await change(conversation, message, deliveries);
                conversation.LaneDueAt = time.Now();
                Tell(message.Id);
                if (await ReactedToAsync(conversation, message, cancel) is { } target) Tell(target);
                return (conversation, new Steered(message.Id, message.Status, message.NotBefore));
            },
            cancel);
        outgoing.Wake(conversation);
        return steered;

        void Tell(long changed) => db.Record(place.TenantId, ChangeKind.Message, changed.ToString(CultureInfo.InvariantCulture), place.ConversationId);
    }

    /// <summary>An emoji is shown on the message that it is for, and comes or goes there with what becomes of its carrier.</summary>
    private async Task<long?> ReactedToAsync(Conversation conversation, Message message, CancellationToken cancel) =>
        message is { Type: Message.Reaction, ReplyTo: { } target }
            ? await db.ExternalIds.Where(e => e.TenantId == message.TenantId && e.AccountId == conversation.AccountId && e.Id == target)
                .Select(e => e.MessageId).SingleOrDefaultAsync(cancel)
            : null;

    private static Problem AlreadyClaimed() =>
        new(409, "already_claimed", "This message is already being sent, or was.", "It can no longer be changed; write another one.");

    private static Problem Cancelled() =>
        new(409, "message_cancelled", "This message was cancelled.", "Write another one.");

    private static Problem NotFailed() => new(409, "not_failed", "Only a failed message can be tried again.", "Wait for its outcome.");
}
