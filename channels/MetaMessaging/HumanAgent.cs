using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>Whether people may answer for seven days: Meta gives that to apps it has reviewed for it.</summary>
internal static class HumanAgent
{
    /// <remarks>
    /// On unless switched off. An app that lacks the approval loses nothing but the one late message, which says why; off by default would
    /// hide the window from those who have it.
    /// </remarks>
    public static SettingField Setting { get; } = new(
        "human_agent", SettingKind.Boolean, new("7 days for people to answer", "7 días para que respondan las personas"),
        new("Whether Meta approved your app for Human Agent. Without it, people too may answer for 24 hours only.",
            "Si Meta aprobó Human Agent para tu app. Sin eso, también las personas pueden responder solo durante 24 horas."),
        Default: "true");
}
