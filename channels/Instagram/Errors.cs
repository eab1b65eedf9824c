using ChatOperator.Channels.MetaMessaging;
using static ChatOperator.Channels.Contract.FailureReaction;

namespace ChatOperator.Channels.Instagram;

/// <summary>The error codes that only Instagram has, as code or code/sub-code.</summary>
internal static class Errors
{
    public static readonly ErrorTable Table = new(
        ("window_expired", Stop, ["10/2534022", "10/2018278"]),
        ("recipient_not_registered", Stop, ["100/2534014"]),
        ("recipient_unavailable", Stop, ["100/2534029", "230/2534029"]),
        ("message_access_off", PauseAccount, ["200/2534041"]),
        ("rate_limited_account", SlowAccount, ["613/2534040"]));
}
