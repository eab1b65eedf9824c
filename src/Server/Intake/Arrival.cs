using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Intake;

/// <summary>A verified webhook on its way into the next commit.</summary>
/// <param name="Id">The receipt's id and the correlation id of what it causes.</param>
/// <param name="At">When the last byte was here.</param>
/// <param name="Hook">The account whose address it came to.</param>
/// <param name="Body">The raw bytes; never copied on the way.</param>
/// <param name="Items">What it says, in the network's order.</param>
internal sealed record Arrival(Guid Id, DateTimeOffset At, ConnectedAccount Hook, byte[] Body, ArrivedItem[] Items)
{
    /// <summary>The receipt that is stored already and is applied once more: only its verdicts are written. Null on first arrival.</summary>
    public Receipt? Replays { get; init; }

    /// <summary>
    /// What the replayed receipt says of its items, read under the lock of its row: another replay may have ended meanwhile. Null: it is gone.
    /// </summary>
    public ReceiptItem[]? Before { get; private set; }

    /// <summary>Takes what the stored receipt says at this moment.</summary>
    public void Recall(ReceiptItem[] before)
    {
        Before = before;
        if (Replays!.TenantId == Tenancy.Tenant.Platform) return;
        var applied = before.Where(b => b.Verdict == Verdict.Applied).ToLookup(b => (b.Kind, b.ExternalId));
        foreach (var item in Items)
            item.AppliedBefore = applied[Receipts.NameOf(item.Event)].FirstOrDefault(b => b.Account is null || item.Account is null || b.Account == item.Account.Id);
    }

    /// <summary>What proves the signature of items that have no account yet, as a JSON object; null when every item has one.</summary>
    public string? Signature { get; init; }

    /// <summary>Made by whoever received it: compressing takes time that the one writer does not have.</summary>
    public PackedBody Packed { get; } = Receipts.Pack(Body);

    private readonly TaskCompletionSource _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends after the commit that holds it, or with what made the commit impossible.</summary>
    public Task Stored => _stored.Task;

    public void Succeed() => _stored.TrySetResult();

    public void Fail(Exception why) => _stored.TrySetException(why);
}

/// <summary>One event and what becomes of it. Written only by the intake's writer.</summary>
internal sealed class ArrivedItem(ChannelEvent @event, ConnectedAccount? account, string? reason = null)
{
    public ChannelEvent Event { get; } = @event;

    /// <summary>Whom it is for; null: nobody whose secret signed it.</summary>
    public ConnectedAccount? Account { get; } = account;

    /// <summary>Why it has no account, from routing.</summary>
    public string? RoutingReason { get; } = reason;

    public Verdict Verdict { get; private set; }
    public string? Reason { get; private set; }
    public long? MessageId { get; set; }
    public Guid? ConversationId { get; set; }

    /// <summary>On a replay, what had been applied of it already; null otherwise.</summary>
    public ReceiptItem? AppliedBefore { get; set; }

    public void Conclude(Verdict verdict, string? why = null)
    {
        (Verdict, Reason) = (verdict, why);
        // That a replay finds what it made the first time does not make it a repeated delivery.
        if (verdict == Verdict.Duplicate && AppliedBefore is { } before)
            (Verdict, Reason, MessageId, ConversationId) = (Verdict.Applied, before.Reason, before.Message, before.Conversation);
    }

    /// <summary>Before another try of the commit.</summary>
    public void Reset()
    {
        (Verdict, Reason) = (Verdict.Applied, null);
        (MessageId, ConversationId) = (null, null);
    }
}
