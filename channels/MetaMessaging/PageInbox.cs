namespace ChatOperator.Channels.MetaMessaging;

/// <summary>The app behind Meta's own inboxes: people write there. Meta's documents spell its id in two ways.</summary>
internal static class PageInbox
{
    private static readonly string[] Apps = ["263902037430900", "26390203743090"];

    public static bool Is(string app) => Apps.Contains(app);
}
