using ChatOperator.Channels.MetaMessaging;
using static ChatOperator.Channels.Contract.FailureReaction;

namespace ChatOperator.Channels.Messenger;

/// <summary>The error codes that only a page's Messenger has, as code or code/sub-code.</summary>
internal static class Errors
{
    public static readonly ErrorTable Table = new(
        ("window_expired", Stop, ["10/2018278", "10/2018065"]),
        ("recipient_not_registered", Stop, ["100/2018001"]),
        ("recipient_unavailable", Stop, ["100/2018218"]));
}
