namespace ChatOperator.Channels.Contract;

/// <summary>
/// What every network must be able to do. Everything else is an ability of its own
/// (<see cref="IReadReceipts"/>, <see cref="IConnectionTest"/>, …), found with <c>is</c>; nobody writes "not supported" stubs.
/// </summary>
/// <remarks>Implementations keep no state and are called from many threads at once.</remarks>
public interface IChannel
{
    /// <summary>Key, name, capabilities and settings schema, as data: the core and the console never ask which channel this is.</summary>
    ChannelInfo Info { get; }

    /// <summary>
    /// Checks that the network itself sent these bytes to this account, in constant time, over the raw body.
    /// Must not parse the body, block or throw.
    /// </summary>
    Verification Verify(WebhookRequest request, ChannelSettings settings);

    /// <summary>
    /// Reads a verified body into events: every entry, change, message and status of a batch, in the network's order.
    /// Pure: the same bytes give equal events. Never throws: what the network cannot have sent is <see cref="Anomalous"/>,
    /// what we do not show is <see cref="Unsupported"/>, and neither hides its siblings.
    /// </summary>
    IReadOnlyList<ChannelEvent> Read(ReadOnlyMemory<byte> body);

    /// <summary>
    /// Hands one message to the network, once: no retry of any kind may stand behind <see cref="Connection.Http"/>.
    /// A refusal is a value. Throws only <see cref="OperationCanceledException"/> when <paramref name="cancel"/> fires before
    /// the request is written; lost connections and timeouts are <see cref="Refused"/> with <see cref="SendFailure.Certain"/> false.
    /// </summary>
    Task<SendOutcome> SendAsync(OutboundMessage message, Connection connection, CancellationToken cancel);
}

/// <summary>A request to a network on behalf of one account.</summary>
/// <param name="Settings">The account's settings, secrets included.</param>
/// <param name="Http">
/// A client without base address, retries or redirects. Whatever address it is given, it reaches no private network but the hosts that
/// the account's own settings name; see <see cref="ForbiddenAddressException"/>.
/// </param>
public sealed record Connection(ChannelSettings Settings, HttpClient Http);

/// <summary>Inside the exception of a request: its address leads where this account may not go, today and tomorrow.</summary>
public sealed class ForbiddenAddressException(string message) : HttpRequestException(HttpRequestError.ConnectionError, message);
