using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatOperator.Sandbox;

/// <summary>What goes wrong on purpose until told otherwise.</summary>
internal sealed class Faults
{
    private readonly Lock _gate = new();
    private volatile FaultPlan _plan = new();

    public FaultPlan Plan => _plan;

    public void Set(FaultPlan plan) => _plan = plan;

    public void Clear() => _plan = new FaultPlan();

    /// <summary>The fault that befalls this send, if any; it is used up by one.</summary>
    public SendFault? ForSend(string accountId, string? phone) =>
        _plan.Send is { } fault
        && (fault.Account is null || fault.Account == accountId)
        && (fault.Phone is null || (phone is not null && Phones.Digits(fault.Phone) == Phones.Digits(phone)))
        && Strikes(fault) ? fault : null;

    /// <summary>The fault that befalls this webhook, if any; it is used up by one.</summary>
    public WebhookFault? ForWebhook(string accountId, string kind) =>
        _plan.Webhook is { } fault
        && (fault.Account is null || fault.Account == accountId)
        && (fault.Only is null || fault.Only == kind)
        && Strikes(fault) ? fault : null;

    /// <summary>The fault that befalls a look at a file, if any; it is used up by one.</summary>
    public MediaFault? ForMedia() => _plan.Media is { } fault && Strikes(fault) ? fault : null;

    private bool Strikes(Fault fault)
    {
        if (fault.Rate is { } rate && Random.Shared.NextDouble() >= rate) return false;
        lock (_gate)
        {
            if (fault.Times is not { } left) return true;
            if (left <= 0) return false;
            fault.Times = left - 1;
            return true;
        }
    }
}

/// <summary>The body of <c>PUT /control/faults</c>; <c>times</c> counts down as faults strike.</summary>
/// <remarks>A word that is none of these is refused: whoever mistypes a fault would believe to have tested it.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record FaultPlan(SendFault? Send = null, WebhookFault? Webhook = null, MediaFault? Media = null);

internal abstract record Fault
{
    /// <summary>How often it strikes before it is spent; absent: until faults are cleared.</summary>
    public int? Times { get; set; }

    /// <summary>Chance to strike, 0 to 1; absent: always.</summary>
    public double? Rate { get; init; }

    /// <summary>Only this account.</summary>
    public string? Account { get; init; }

    /// <summary>Milliseconds to wait before anything else happens.</summary>
    public int DelayMs { get; init; }
}

/// <summary>A fault of the send API.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SendFault : Fault
{
    /// <summary>Only sends to this phone.</summary>
    public string? Phone { get; init; }

    /// <summary>Answer with this HTTP status. Without <see cref="Code"/> the body is a proxy's page, not the network's own error.</summary>
    public int? Http { get; init; }

    /// <summary>Answer with this error code of the network, and its usual HTTP status unless <see cref="Http"/> says another.</summary>
    public int? Code { get; init; }

    /// <summary>Close the connection, at this moment.</summary>
    public DropMoment? Drop { get; init; }

    /// <summary>Accept the message although the answer is the error: the sender is told a lie.</summary>
    public bool Accept { get; init; }

    /// <summary>Deliver the first status webhook before the send is answered.</summary>
    public bool StatusBeforeResponse { get; init; }
}

/// <summary>When the connection of a send is closed without an answer: before the message was accepted, or after.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DropMoment>))]
internal enum DropMoment
{
    [JsonStringEnumMemberName("before")] Before,
    [JsonStringEnumMemberName("after")] After,
}

/// <summary>A fault on the way of webhooks.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WebhookFault : Fault
{
    /// <summary>Only this kind: <c>messages</c>, <c>statuses</c>, <c>echoes</c> or another webhook field's name.</summary>
    public string? Only { get; init; }

    /// <summary>Extra copies of each; <c>true</c> is one.</summary>
    [JsonConverter(typeof(CountConverter))]
    public int Duplicate { get; init; }

    /// <summary>Hold every other webhook back until the one after it was answered.</summary>
    public bool Reorder { get; init; }

    /// <summary>Lose it for good.</summary>
    public bool Drop { get; init; }
}

/// <summary>A fault of the hosts that customers' files are fetched from.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record MediaFault : Fault
{
    /// <summary>Answer with this HTTP status.</summary>
    public int? Http { get; init; }

    /// <summary>
    /// Lead on to another address: <c>store</c> is one of our own that, like object storage, refuses whoever brings a credential along;
    /// anything else is an address of choice.
    /// </summary>
    public string? Redirect { get; init; }
}

/// <summary>Reads a count that people also like to write as a boolean.</summary>
internal sealed class CountConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => 1,
        JsonTokenType.False => 0,
        _ => reader.GetInt32(),
    };

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
