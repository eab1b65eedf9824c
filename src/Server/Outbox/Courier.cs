using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;
using ChatOperator.Outbox.Files;

namespace ChatOperator.Outbox;

/// <summary>Carries one claimed part to its network, once, and brings back what became of it.</summary>
/// <remarks>The claim's deadline ends a send, so the clients have no timeout of their own; nothing behind them ever repeats a request.</remarks>
internal sealed partial class Courier(OutboundHttp outbound, NetworkFiles files, TimeProvider time, ILogger<Courier> log) : IDisposable
{
    private readonly HttpClient _public = Client(outbound, time, []);

    /// <summary>Sends within the claim's deadline. Never throws: what nobody foresaw is an uncertain outcome.</summary>
    public async Task<Ending> SendAsync(Claim claim, ConnectedAccount account)
    {
        var left = claim.Deadline - time.GetUtcNow();
        if (left <= TimeSpan.Zero) return End(claim, NotSent);
        using var deadline = new CancellationTokenSource(left, time);
        using var scope = Correlation.Begin(log, "outbox.send", claim.CorrelationId);
        SendDeadline.Set(claim.Deadline);
        try
        {
            var connection = new Connection(account.Settings, account.PrivateHomes is { Count: > 0 } homes ? Client(outbound, time, homes) : _public);
            var outcome = await SendAsync(claim, account, connection, deadline.Token);
            LogSent(log, claim.DeliveryId, account.Channel.Info.Key, outcome.GetType().Name);
            if (outcome is Refused { Failure: { Certain: true } failure }) SendRefused?.Invoke(account, claim, failure);
            return End(claim, outcome);
        }
        catch (OperationCanceledException)
        {
            return End(claim, NotSent); // By the contract of channels: thrown only before the request was written.
        }
        catch (Exception bug) // A channel's bug must not stop the lane, nor be taken for a certain no.
        {
            log.LogError(bug, "Sending delivery {Delivery} by {Channel} failed for a reason nobody foresaw.", claim.DeliveryId, account.Channel.Info.Key);
            return End(claim, new Refused(new SendFailure("unknown_failure", FailureReaction.Retry, Certain: false, NetworkMessage: bug.Message), null));
        }
    }

    private async Task<SendOutcome> SendAsync(Claim claim, ConnectedAccount account, Connection connection, CancellationToken cancel)
    {
        if (claim.Message.Content is not MediaContent { AttachmentId: { } file } media) return await account.Channel.SendAsync(claim.Message, connection, cancel);
        if (account.Channel is ISendsFiles posts) return await files.SendAsync(file, claim.Message with { Content = media }, account, posts, connection, cancel);
        var ready = await files.ReadyAsync(file, media, account, connection, cancel);
        if (ready.Refusal is { } refusal) return refusal;
        var outcome = await account.Channel.SendAsync(claim.Message with { Content = ready.Content! }, connection, cancel);
        return await files.WasStaleAsync(file, account, ready, outcome)
            ? new Refused(((Refused)outcome).Failure with { Reaction = FailureReaction.Retry }, outcome.Raw)
            : outcome;
    }

    public void Dispose() => _public.Dispose();

    [LoggerMessage(LogLevel.Information, "Delivery {Delivery} by {Channel}: {Outcome}.")]
    private static partial void LogSent(ILogger log, Guid delivery, string channel, string outcome);

    private static HttpClient Client(OutboundHttp outbound, TimeProvider time, IReadOnlyCollection<Uri> homes) =>
        new(new SendDeadline(time) { InnerHandler = outbound.HandlerFor(homes) }, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    private static readonly Refused NotSent = new(
        new SendFailure("network_unreachable", FailureReaction.Retry, NetworkMessage: "The time for sending ran out before the request was written."), null);

    private Ending End(Claim claim, SendOutcome outcome) => new(claim, time.Now(), outcome);

    /// <summary>Told of each certain refusal, for whoever learns from it. Handlers only take note.</summary>
    public event Action<ConnectedAccount, Claim, SendFailure>? SendRefused;
}
