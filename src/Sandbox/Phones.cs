using System.Collections.Concurrent;

namespace ChatOperator.Sandbox;

/// <summary>All customers' phones, by number. A phone exists from the first time anyone mentions it.</summary>
internal sealed class Phones(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Phone> _byNumber = new();
    private readonly ConcurrentDictionary<string, PhoneMessage> _byMessageId = new();
    private long _lastNumber;

    public IEnumerable<Phone> All => _byNumber.Values.OrderBy(phone => phone.Number, StringComparer.Ordinal);

    /// <summary>Digits only: phones are spoken of with plus signs, spaces and dashes.</summary>
    public static string Digits(string number) => string.Concat(number.Where(char.IsAsciiDigit));

    public Phone Get(string number) => _byNumber.GetOrAdd(Digits(number), digits => new Phone(digits));

    public Phone? Find(string number) => _byNumber.GetValueOrDefault(Digits(number));

    public PhoneMessage? Message(string id) => _byMessageId.GetValueOrDefault(id);

    /// <summary>Makes a message known by its id; <paramref name="arrives"/> puts it on the phone's screen as well.</summary>
    public PhoneMessage Add(PhoneMessage message, bool arrives = true)
    {
        message.Number = Interlocked.Increment(ref _lastNumber);
        message.At = time.GetUtcNow();
        // A harness may send one id twice on purpose: the network repeats itself, the thread does not.
        if (_byMessageId.TryAdd(message.Id, message) && arrives) Arrive(message);
        return message;
    }

    /// <summary>Puts a known message on the screen, once; a phone without reception gets its messages late.</summary>
    public void Arrive(PhoneMessage message)
    {
        if (message.OnScreen) return;
        message.OnScreen = true;
        message.At = time.GetUtcNow();
        message.Phone.Add(message);
    }

    public void Clear()
    {
        _byNumber.Clear();
        _byMessageId.Clear();
    }
}
