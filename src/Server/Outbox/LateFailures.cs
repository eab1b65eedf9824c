using System.Globalization;
using System.Text.Json;
using ChatOperator.ChannelAccounts;
using ChatOperator.Changes;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>
/// Refusals that a network reports only after it accepted a send. What may succeed later is tried again under the same message, and an account
/// that cannot send pauses, as if the answer had said so at once; but what was said to the person meanwhile stays where it is.
/// </summary>
internal sealed class LateFailures(Databases databases, AccountDirectory accounts, Pace pace, Outgoing outgoing, TimeProvider time, ILogger<LateFailures> log)
{
    /// <summary>Does what the failure asks for, in its own time. Should that be lost, the message stays failed and a person may try it again.</summary>
    public void Consider(ConnectedAccount account, Guid conversation, Guid delivery, SendFailure failure)
    {
        if (!failure.Retriable && failure.Reaction != FailureReaction.PauseAccount) return;
        _ = Task.Run(async () =>
        {
            try { await ConsiderAsync(account, conversation, delivery, failure); }
            catch (Exception trouble) // A hint's work: whoever asked has gone on.
            {
                log.LogWarning(trouble, "What the network reported about delivery {Delivery} could not be acted on.", delivery);
            }
        });
    }

    private async Task ConsiderAsync(ConnectedAccount account, Guid conversation, Guid id, SendFailure failure)
    {
        if (failure.Reaction == FailureReaction.SlowAccount) await pace.SlowDownAsync(account, failure.RetryAfter);
        await using var db = databases.For(account.TenantId);
        var isAgain = await db.WriteAsync(async () =>
        {
            if (await db.LockConversationAsync(account.TenantId, conversation) is not { } locked) return false;
            var delivery = await db.Deliveries.SingleOrDefaultAsync(d => d.Id == id);
            if (delivery is not { Status: MessageStatus.Failed } || await MomentAsync(db, delivery, account, failure) is not { } moment) return false;
            if (failure.Reaction == FailureReaction.PauseAccount) await PauseAsync(db, account, failure);
            await RequeueAsync(db, locked, delivery, failure, moment);
            return true;
        });
        if (!isAgain) return;
        if (failure.Reaction == FailureReaction.PauseAccount) accounts.Invalidate();
        outgoing.Wake(account.TenantId, conversation, account.Id);
    }

    /// <summary>When it may be tried again; null: its tries or its time are used up.</summary>
    private async Task<DateTimeOffset?> MomentAsync(AppDb db, Delivery delivery, ConnectedAccount account, SendFailure failure)
    {
        var now = time.Now();
        if (failure.Reaction == FailureReaction.PauseAccount) return now;
        var policy = RetryPolicy.Of(failure.Reaction);
        var first = await db.DeliveryAttempts.Where(a => a.DeliveryId == delivery.Id && a.MessageId == delivery.MessageId).MinAsync(a => (DateTimeOffset?)a.StartedAt);
        var moment = now + policy.Wait(delivery.Attempts, account.Spacing, failure.RetryAfter);
        return delivery.Attempts < policy.Tries && moment - (first ?? now) <= policy.LongestTime ? moment : null;
    }

    private async Task PauseAsync(AppDb db, ConnectedAccount account, SendFailure failure)
    {
        var row = await db.ChannelAccounts.SingleAsync(a => a.Id == account.Id);
        // Only the account that sent it: it may have been connected anew since.
        if (row.State != AccountState.Connected || row.UpdatedAt != account.Row.UpdatedAt) return;
        (row.State, row.StateReason, row.UpdatedAt) = (AccountState.Paused, failure.Code, time.Now());
        db.Record(account.TenantId, ChangeKind.ChannelAccount, account.Id.ToString());
    }

    private async Task RequeueAsync(AppDb db, Conversation locked, Delivery delivery, SendFailure failure, DateTimeOffset moment)
    {
        if (await db.DeliveryAttempts.SingleOrDefaultAsync(a => a.Id == delivery.AttemptId) is { } attempt)
            (attempt.Outcome, attempt.NetworkCode) = (AttemptOutcome.Refused, failure.NetworkCode ?? failure.Code);
        var isPaused = failure.Reaction == FailureReaction.PauseAccount;
        (delivery.Status, delivery.NotBefore, delivery.ExternalId) = (MessageStatus.Queued, isPaused ? null : moment, null);
        delivery.Error = isPaused ? JsonSerializer.Serialize(failure, ContentJson.Default.SendFailure) : null;
        var message = await db.Messages.SingleAsync(m => m.Id == delivery.MessageId);
        var parts = await db.Deliveries.Where(d => d.MessageId == message.Id).ToListAsync();
        message.Status = MessageStatusRank.OfParts(parts.Select(p => p.Status));
        (message.NotBefore, message.Error) = (delivery.NotBefore, delivery.Error);
        if (delivery.Part == 0) message.ExternalId = null;
        locked.LaneDueAt = time.Now();
        db.Record(message.TenantId, ChangeKind.Message, message.Id.ToString(CultureInfo.InvariantCulture), locked.Id);
    }
}
