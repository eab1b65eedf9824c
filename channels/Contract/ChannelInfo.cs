namespace ChatOperator.Channels.Contract;

/// <summary>What a channel is and can do, as data.</summary>
public sealed record ChannelInfo
{
    /// <summary>Stable key, snake_case: <c>whatsapp_cloud</c>. Part of webhook addresses.</summary>
    public required string Key { get; init; }

    /// <summary>The network's name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The specification's word for the kind of network: whatsapp | instagram | facebook | web.</summary>
    public required string ChannelSource { get; init; }

    /// <summary>The fields that connect an account.</summary>
    public required IReadOnlyList<SettingField> Settings { get; init; }

    /// <summary>The setting whose value the network names in each item to say which account it is for, e.g. phone_number_id.</summary>
    public required string RouteSetting { get; init; }

    /// <summary>The setting of the entity above the account (e.g. waba_id), for items that name no account; null if the network has none.</summary>
    public string? OwnerSetting { get; init; }

    /// <summary>
    /// Settings within which the route's value is unique, e.g. the installation and the account above a numbered inbox; empty: everywhere.
    /// </summary>
    public IReadOnlyList<string> RouteScope { get; init; } = [];

    public required Capabilities Capabilities { get; init; }

    /// <summary>What each failure means to an operator and what to do next, by <see cref="SendFailure.Code"/>.</summary>
    public required IReadOnlyDictionary<string, FailureWords> Failures { get; init; }
}

/// <summary>A failure in plain words.</summary>
/// <param name="Message">What happened.</param>
/// <param name="NextStep">What the operator can do about it.</param>
public sealed record FailureWords(Words Message, Words NextStep);

/// <summary>Limits and abilities of a channel. The core enforces them, the console reads them.</summary>
public sealed record Capabilities
{
    /// <summary>Longest text of one message, in <see cref="TextUnit"/>.</summary>
    public required int MaxText { get; init; }

    public TextUnit TextUnit { get; init; } = TextUnit.CodePoints;

    /// <summary>How long after the customer's last message free text is allowed; null: always.</summary>
    public TimeSpan? ReplyWindow { get; init; }

    /// <summary>How long a person (never the agent) may answer beyond <see cref="ReplyWindow"/>; null: no longer.</summary>
    public TimeSpan? HumanReplyWindow { get; init; }

    /// <summary>The yes-or-no setting by which an account does without <see cref="HumanReplyWindow"/>: the network gives it to approved apps alone.</summary>
    public string? HumanReplyWindowSetting { get; init; }

    /// <summary>Whether approved templates may be sent outside the window.</summary>
    public bool Templates { get; init; }

    /// <summary>Whether a message can quote another.</summary>
    public bool Replies { get; init; }

    /// <summary>Whether the network hands our delivery id back (in a status or an echo), which settles uncertain sends.</summary>
    public bool ReturnsDeliveryId { get; init; }

    /// <summary>Whether our own sends come back as echoes.</summary>
    public bool EchoesOwnSends { get; init; }

    /// <summary>Least time between the end of one send and the start of the next to one person; an account may set its own.</summary>
    public TimeSpan Spacing { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Token bucket per person, on top of the spacing; null: the network has none.</summary>
    public PairLimit? PairLimit { get; init; }

    /// <summary>Sends per second of one account; null: unlimited.</summary>
    public int? AccountRate { get; init; }

    /// <summary>Sends per second of an account that people also use by the network's own app; null: the same.</summary>
    public int? SharedRate { get; init; }

    /// <summary>Whether this product is the network: its own pages show reading and typing, and no request is needed for it.</summary>
    public bool ShowsSigns { get; init; }

    /// <summary>Whether showing that somebody types also tells the contact that their message was read.</summary>
    public bool TypingMarksRead { get; init; }

    /// <summary>Choices to tap below words; null: the network has none.</summary>
    public ChoiceLimit? Choices { get; init; }

    /// <summary>Which reactions can be put on a message, and taken back; null: none.</summary>
    public ReactionLimit? Reactions { get; init; }

    /// <summary>Whether a place can be sent.</summary>
    public bool Locations { get; init; }

    /// <summary>Whether address-book cards can be sent.</summary>
    public bool ContactCards { get; init; }

    /// <summary>Files that can be sent, by kind.</summary>
    public IReadOnlyList<MediaLimit> Media { get; init; } = [];
}

/// <summary>How a network counts the length of a text.</summary>
public enum TextUnit { CodePoints, Utf8Bytes }

/// <summary>A token bucket: <paramref name="Burst"/> sends at once, one more each <paramref name="Refill"/>.</summary>
public sealed record PairLimit(TimeSpan Refill, int Burst);

/// <summary>How many choices a message may offer, and how long their parts may be, in characters.</summary>
/// <param name="MaxDescription">0: the network shows none.</param>
public sealed record ChoiceLimit(int Most, int MaxTitle, int MaxBody, int MaxId, int MaxDescription = 0);

/// <summary>What a message may be reacted with.</summary>
/// <param name="Emojis">Empty: any emoji.</param>
public sealed record ReactionLimit(IReadOnlyList<string> Emojis);

/// <summary>One kind of file a network takes.</summary>
/// <param name="Kind">image | video | audio | document | sticker.</param>
/// <param name="MimeTypes">Accepted types, lower case, without parameters; <c>*/*</c> takes every type.</param>
/// <param name="MaxBytes">Largest file.</param>
/// <param name="MaxCaption">Longest caption; 0: none.</param>
public sealed record MediaLimit(string Kind, IReadOnlyList<string> MimeTypes, long MaxBytes, int MaxCaption = 0);
