namespace ChatOperator.Channels.Contract;

/// <summary>One part on its way out.</summary>
/// <param name="DeliveryId">Ours, ≤ 64 characters; travels with the message wherever the network hands it back.</param>
/// <param name="To">The conversation's address, as the adapter minted it.</param>
/// <param name="Content">What to send: text, media (with a URL the network can fetch or an uploaded id), location or template.</param>
/// <param name="ReplyTo">The network's id of the quoted message, or null.</param>
/// <param name="ByPerson">An operator wrote it; some networks give people a longer window.</param>
/// <param name="WindowOpen">Whether the ordinary reply window is open at this moment.</param>
public sealed record OutboundMessage(
    string DeliveryId, string To, Content Content, string? ReplyTo = null, bool ByPerson = true, bool WindowOpen = true);

/// <summary>What the network said to one send.</summary>
public abstract record SendOutcome(string? Raw);

/// <summary>The network has it now. Not yet delivered.</summary>
/// <param name="ExternalId">The network's message id.</param>
/// <param name="Raw">The answer, for the attempt's record; never contains a secret.</param>
public sealed record Accepted(string ExternalId, string? Raw) : SendOutcome(Raw);

/// <summary>Not accepted, or not known to be.</summary>
public sealed record Refused(SendFailure Failure, string? Raw) : SendOutcome(Raw);

/// <summary>Why a send failed, as a value.</summary>
/// <param name="Code">Stable word of ours: window_expired, token_expired, recipient_not_registered, rate_limited_pair, timeout, …</param>
/// <param name="Reaction">What the outbox does about it.</param>
/// <param name="Certain">False: it may have gone out all the same (timeout, cut connection, a 5xx without the network's own error).</param>
/// <param name="NetworkCode">The network's code, as text.</param>
/// <param name="NetworkMessage">The network's own words.</param>
/// <param name="RetryAfter">The network's wish, when it has one.</param>
public sealed record SendFailure(
    string Code, FailureReaction Reaction, bool Certain = true, string? NetworkCode = null, string? NetworkMessage = null,
    TimeSpan? RetryAfter = null)
{
    /// <summary>Whether the same message may succeed later without anybody's doing.</summary>
    public bool Retriable => Reaction is FailureReaction.Retry or FailureReaction.RetryOnce or FailureReaction.PauseRecipient or FailureReaction.SlowAccount;
}

/// <summary>What the outbox does about a failure.</summary>
public enum FailureReaction
{
    /// <summary>Final for this message.</summary>
    Stop,

    /// <summary>Try again, waiting 4^n seconds; a few times.</summary>
    Retry,

    /// <summary>Try again once; what fails twice will go on failing.</summary>
    RetryOnce,

    /// <summary>This person gets nothing for a while (pair limit); try again after 4^n seconds.</summary>
    PauseRecipient,

    /// <summary>The account is over its rate; all its lanes slow down and try again.</summary>
    SlowAccount,

    /// <summary>The account cannot send (token, permission, policy): keep its queue, tell people to reconnect.</summary>
    PauseAccount,
}
