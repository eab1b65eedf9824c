namespace ChatOperator.Conversations;

/// <summary>One row of the chat list, in the specification's words.</summary>
/// <param name="Id">The conversation's.</param>
/// <param name="CustomerPhone">"+" and digits, or "" when unknown.</param>
/// <param name="LastMessage">The newest by time, cut to a line.</param>
/// <param name="Timestamp">Of the last message.</param>
/// <param name="ChannelSource">whatsapp | instagram | facebook | web.</param>
/// <param name="IsLocked">Whether a human has it.</param>
/// <param name="PlatformOrigin">The channel account's id.</param>
/// <param name="LastInteractionAt">Of the last inbound message; the online dot is computed from it.</param>
/// <param name="WindowExpiresAt">End of the time in which free text is allowed; null where the network has none.</param>
/// <param name="HeldBy">Name of the human who has it, "" for one outside this product, null when nobody has.</param>
/// <param name="Why">Why they have it.</param>
/// <param name="HeldUntil">When it goes back to the agent by itself; null: when somebody hands it back.</param>
/// <param name="LastMessageAuthor">What kind of author said the last message.</param>
/// <param name="LastMessageBy">The operator's name; null when it was none.</param>
/// <param name="LastMessageById">The operator; null also for one who spoke through an API token.</param>
/// <param name="PictureUrl">The contact's picture, a small WebP; null: the network gave none. Holds for a day at least and is the same all day.</param>
public sealed record ChatSummary(
    Guid Id, string CustomerPhone, string DisplayName, string LastMessage, DateTimeOffset Timestamp, string ChannelSource,
    int UnreadCount, bool IsLocked, Guid PlatformOrigin, DateTimeOffset? LastInteractionAt, DateTimeOffset? WindowExpiresAt,
    string? HeldBy, OverrideReason? Why, DateTimeOffset? HeldUntil, MessageAuthor LastMessageAuthor, string? LastMessageBy,
    Guid? LastMessageById, string? PictureUrl);
