namespace ChatOperator.Sandbox;

/// <summary>
/// The ledger of every send that reached a network, in order: what crash tests hold against the promise of exactly once, of
/// order and of spacing.
/// </summary>
internal sealed class Sends(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<Send> _all = [];
    private long _accepted;
    private long _refused;

    public long Accepted => Interlocked.Read(ref _accepted);

    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Writes down a send that the network took responsibility for.</summary>
    public Send Accept(DateTimeOffset arrived, PhoneMessage message)
    {
        Interlocked.Increment(ref _accepted);
        return Add(new Send(message.Account.Id, message.Phone.Number, message.CallbackData, arrived, time.GetUtcNow()) { Message = message });
    }

    /// <summary>Writes down a send that was answered with an error, or cut off before it counted.</summary>
    public Send Refuse(DateTimeOffset arrived, string accountId, string? phone, string? callbackData, int? code)
    {
        Interlocked.Increment(ref _refused);
        return Add(new Send(accountId, phone, callbackData, arrived, time.GetUtcNow()) { Code = code });
    }

    /// <summary>The sends after position <paramref name="after"/>, oldest first.</summary>
    public Send[] List(Func<Send, bool> wanted, int after, int limit)
    {
        lock (_gate) return [.. _all.Skip(after).Where(wanted).Take(limit)];
    }

    public void Clear()
    {
        lock (_gate) _all.Clear();
        Interlocked.Exchange(ref _accepted, 0);
        Interlocked.Exchange(ref _refused, 0);
    }

    private Send Add(Send send)
    {
        lock (_gate)
        {
            _all.Add(send);
            send.N = _all.Count;
        }
        return send;
    }
}

/// <summary>One request to send, as the network saw it.</summary>
internal sealed class Send(string accountId, string? phone, string? callbackData, DateTimeOffset arrived, DateTimeOffset decided)
{
    /// <summary>Position in the ledger, from 1.</summary>
    public int N { get; set; }

    public string AccountId { get; } = accountId;

    public string? Phone { get; } = phone;

    public string? CallbackData { get; } = callbackData;

    public DateTimeOffset Arrived { get; } = arrived;

    public DateTimeOffset Decided { get; } = decided;

    /// <summary>Null when the network refused it.</summary>
    public PhoneMessage? Message { get; init; }

    /// <summary>The error code it was refused with; null also for a cut connection.</summary>
    public int? Code { get; init; }
}
