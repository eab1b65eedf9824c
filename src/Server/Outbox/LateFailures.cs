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
internal sealed class LateFailures(AccountDirectory accounts, Pace pace, Outgoing outgoing, TimeProvider time, ILogger<LateFailures> log)
{
    /// <summary>Whether it asks for more than to be shown.</summary>
    public static bool AsksForMore(SendFailure failure) => failure.Retriable || failure.Reaction == FailureReaction.PauseAccount;

    /// <summary>
    /// Does what the failure of a delivery asks for. In the transaction that stores the report of it, and has locked its conversation:
    /// a server that dies leaves both or neither.
    /// </summary>
    /// <param name="db">The system's, so tenants are named.</param>
    public async Task ApplyAsync(AppDb db, ConnectedAccount account, Guid conversation, Guid id, SendFailure failure)
    {
        var delivery = await db.Deliveries.SingleOrDefaultAsync(d => d.TenantId == account.TenantId && d.Id == id);
        if (delivery is not { Status: MessageStatus.Failed } || await MomentAsync(db, delivery, account, failure) is not { } moment) return;
        if (failure.Reaction == FailureReaction.PauseAccount) await PauseAsync(db, account, failure);
        var locked = await db.Conversations.SingleAsync(c => c.TenantId == account.TenantId && c.Id == conversation);
        await RequeueAsync(db, locked, delivery, failure, moment);
    }

    /// <summary>After that commit. Hints: losing one costs a moment.</summary>
    public void Tell(ConnectedAccount account, Guid conversation, SendFailure failure)
    {
        if (failure.Reaction == FailureReaction.PauseAccount) accounts.Invalidate();
        outgoing.Wake(account.TenantId, conversation, account.Id);
        if (failure.Reaction != FailureReaction.SlowAccount) return;
        pace.SlowDownAsync(account, failure.RetryAfter).ContinueWith(
            t => log.LogDebug(t.Exception, "An account could not be slowed down; its next refusal will."), CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>When it may be tried again; null: its tries or its time are used up.</summary>
    private async Task<DateTimeOffset?> MomentAsync(AppDb db, Delivery delivery, ConnectedAccount account, SendFailure failure)
    {
        var now = time.Now();
        if (failure.Reaction == FailureReaction.PauseAccount) return now;
        var policy = RetryPolicy.Of(failure.Reaction);
        var first = await db.DeliveryAttempts
            .Where(a => a.TenantId == delivery.TenantId && a.MessageId == delivery.MessageId && a.DeliveryId == delivery.Id).MinAsync(a => (DateTimeOffset?)a.StartedAt);
        var moment = now + policy.Wait(delivery.Attempts, account.Spacing, failure.RetryAfter);
        return delivery.Attempts < policy.Tries && moment - (first ?? now) <= policy.LongestTime ? moment : null;
    }

    private async Task PauseAsync(AppDb db, ConnectedAccount account, SendFailure failure)
    {
        var row = await db.ChannelAccounts.SingleAsync(a => a.TenantId == account.TenantId && a.Id == account.Id);
        // Only the account that sent it: it may have been connected anew since.
        if (row.State != AccountState.Connected || row.UpdatedAt != account.Row.UpdatedAt) return;
        (row.State, row.StateReason, row.UpdatedAt) = (AccountState.Paused, failure.Code, time.Now());
        db.Record(account.TenantId, ChangeKind.ChannelAccount, account.Id.ToString());
    }

    private async Task RequeueAsync(AppDb db, Conversation locked, Delivery delivery, SendFailure failure, DateTimeOffset moment)
    {
        if (await db.DeliveryAttempts.SingleOrDefaultAsync(a => a.TenantId == delivery.TenantId && a.Id == delivery.AttemptId) is { } attempt)
            (attempt.Outcome, attempt.NetworkCode) = (AttemptOutcome.Refused, failure.NetworkCode ?? failure.Code);
        var isPaused = failure.Reaction == FailureReaction.PauseAccount;
        (delivery.Status, delivery.NotBefore, delivery.ExternalId) = (MessageStatus.Queued, isPaused ? null : moment, null);
        delivery.Error = isPaused ? JsonSerializer.Serialize(failure, ContentJson.Default.SendFailure) : null;
        var message = await db.Messages.SingleAsync(m => m.TenantId == delivery.TenantId && m.Id == delivery.MessageId);
        var parts = await db.Deliveries.Where(d => d.TenantId == message.TenantId && d.MessageId == message.Id).ToListAsync();
        message.Status = MessageStatusRank.OfParts(parts.Select(p => p.Status));
        (message.NotBefore, message.Error) = (delivery.NotBefore, delivery.Error);
        if (delivery.Part == 0) message.ExternalId = null;
        locked.LaneDueAt = time.Now();
        db.Record(message.TenantId, ChangeKind.Message, message.Id.ToString(CultureInfo.InvariantCulture), locked.Id);
    }
}
