namespace ChatOperator.Sandbox;

/// <summary>One customer's phone and everything on its screen, over all accounts it talks to.</summary>
internal sealed class Phone(string number)
{
    private readonly Lock _gate = new();
    private readonly List<PhoneMessage> _thread = [];
    private readonly Dictionary<string, DateTimeOffset> _typing = [];
    private int _revision;

    /// <summary>Digits, without the plus sign.</summary>
    public string Number { get; } = number;

    /// <summary>The name that the customer gave himself on the network.</summary>
    public string Name { get; set; } = DefaultName(number);

    /// <summary>Set for people who hide their number behind a username: webhooks then lack every phone field.</summary>
    public string? Username { get; set; }

    /// <summary>Counts the pictures that the customer has chosen for themselves.</summary>
    public int Portrait { get; set; }

    /// <summary>An error code: sends to this phone are accepted and then fail with it (131026: not on WhatsApp).</summary>
    public int? FailWith { get; set; }

    /// <summary>A phone without reception: messages are sent, and delivered only when it comes back.</summary>
    public bool Offline
    {
        get;
        set
        {
            field = value;
            Touch();
        }
    }

    /// <summary>Grows with every visible change, so that a watcher knows when to look again.</summary>
    public int Revision => Volatile.Read(ref _revision);

    public void Add(PhoneMessage message)
    {
        lock (_gate) _thread.Add(message);
        Touch();
    }

    /// <summary>The thread as it is now, oldest first.</summary>
    public PhoneMessage[] Thread(string? accountId = null)
    {
        lock (_gate) return accountId is null ? [.. _thread] : [.. _thread.Where(message => message.Account.Id == accountId)];
    }

    public void Touch() => Interlocked.Increment(ref _revision);

    /// <summary>The business is typing, until then or until it sends.</summary>
    public void SetTyping(string accountId, DateTimeOffset? until)
    {
        lock (_gate)
            if (until is { } end) _typing[accountId] = end;
            else if (!_typing.Remove(accountId)) return;
        Touch();
    }

    public bool IsTyping(string accountId, DateTimeOffset now)
    {
        lock (_gate) return _typing.TryGetValue(accountId, out var until) && until > now;
    }

    // Different phones should look like different people, and the same phone always like the same one.
    private static string DefaultName(string number)
    {
        string[] names = ["Ana", "Bruno", "Carla", "Diego", "Elena", "Felipe", "Gabriela", "Hugo", "Irene", "Joaquín"];
        return names[number.Length == 0 ? 0 : number[^1] - '0'];
    }
}
