using System.Text.Json;

namespace ChatOperator.Sandbox;

/// <summary>A message on a customer's phone, whichever side it came from.</summary>
internal sealed class PhoneMessage
{
    private readonly Lock _gate = new();
    private List<StatusEvent>? _events;

    public required string Id { get; init; }

    public required Account Account { get; init; }

    public required Phone Phone { get; init; }

    public required string Type { get; init; }

    /// <summary>Written by the customer; otherwise it came from the business.</summary>
    public required bool FromCustomer { get; init; }

    /// <summary>
    /// JSON as the network carried it: the business's send request, or the message object of the customer's webhook. Kept as
    /// bytes and read only when somebody looks, because benchmarks send millions that nobody looks at.
    /// </summary>
    public required byte[] Raw { get; init; }

    /// <summary>Written in the business's own app rather than through the API.</summary>
    public bool FromApp { get; init; }

    /// <summary>Position over all phones, in order of arrival.</summary>
    public long Number { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The text that came back in every status, when the sender gave one.</summary>
    public string? CallbackData { get; init; }

    /// <summary>The error by which the network will report that it did not deliver it; null: it delivers.</summary>
    public int? DoomedBy { get; init; }

    /// <summary>The newest emoji put on it, by either side.</summary>
    public string? Reaction { get; set; }

    public bool Revoked { get; set; }

    /// <summary>It has arrived at the phone.</summary>
    public bool OnScreen { get; set; }

    /// <summary>The text after the customer edited it.</summary>
    public string? EditedText { get; set; }

    /// <summary>How far it has come: pending, sent, delivered, read or failed.</summary>
    public string Status { get; set; } = "pending";

    public JsonElement Json() => JsonDocument.Parse(Raw).RootElement;

    public void Note(StatusEvent status)
    {
        lock (_gate) (_events ??= new List<StatusEvent>(3)).Add(status);
        Status = status.Status;
    }

    /// <summary>The statuses that the network reported for it, oldest first.</summary>
    public StatusEvent[] Events()
    {
        lock (_gate) return _events is null ? [] : [.. _events];
    }
}

/// <summary>One step in the life of a message that the business sent.</summary>
internal sealed record StatusEvent(string Status, DateTimeOffset At, int? ErrorCode = null);
