using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOperator.Attachments;

namespace ChatOperator.Conversations;

/// <summary>A message as the API shows it.</summary>
public sealed record MessageView
{
    public required long Id { get; init; }
    public required Guid ConversationId { get; init; }

    /// <summary>user: the contact; agent: our side, whoever of it spoke.</summary>
    [AllowedValues("user", "agent")]
    public required string Sender { get; init; }
    public required AuthorView Author { get; init; }
    public required string Type { get; init; }

    /// <summary>What plain clients show; never null.</summary>
    public required string Content { get; init; }
    public required DateTimeOffset Timestamp { get; init; }
    public required IReadOnlyList<AttachmentView> Attachments { get; init; }
    public required Guid CorrelationId { get; init; }
    public required MessageStatus Status { get; init; }

    /// <summary>Earliest time of its next send, while queued.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? NotBefore { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ErrorView? Error { get; init; }

    /// <summary>True: it waits until the contact writes again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public bool? Held { get; init; }

    /// <summary>The id of the quoted message, when it is one of this chat's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? ReplyTo { get; init; }

    /// <summary>Enough of the quoted message to show it without reading it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public QuotedView? Quoted { get; init; }
    public required bool IsEcho { get; init; }

    /// <summary>The typed content: coordinates, cards, choices, baskets…</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonElement? Data { get; init; }

    /// <summary>What happened to it later or brought it: <c>referral</c>, <c>reactions</c>, <c>forwarded</c>, edits; <c>unsaid</c>: the end of
    /// an agent's words that a person who took over kept from leaving.</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement>? More { get; init; }

    /// <summary>The stored <see cref="Message.Extra"/> of a message that waits until the contact writes.</summary>
    internal const string HeldMark = """{"held":true}""";

    /// <summary>Whether its content is nothing but files.</summary>
    internal static bool HasFiles(Message message) => message.Type is "image" or "video" or "audio" or "document" or "sticker";

    internal static MessageView Of(
        Message message, Conversation conversation, IReadOnlyDictionary<string, QuotedView> quotes, ILookup<long, AttachmentView> files, FailureText failures)
    {
        var quoted = message.ReplyTo is { } id ? quotes.GetValueOrDefault(id) : null;
        return new MessageView
        {
            Id = message.Id, ConversationId = message.ConversationId,
            Sender = message.Author == MessageAuthor.Contact ? "user" : "agent",
            Author = new AuthorView(message.Author, message.AuthorName ?? (message.Author == MessageAuthor.Contact ? conversation.DisplayName : "")),
            Type = message.Type, Content = message.Text, Timestamp = message.At,
            Attachments = [.. files[message.Id]],
            CorrelationId = message.CorrelationId, Status = message.Status,
            NotBefore = message.Status == MessageStatus.Queued ? message.NotBefore : null,
            Error = message.Error is { } error ? failures.Of(error) : null,
            ReplyTo = quoted?.Id, Quoted = quoted, IsEcho = message.Author == MessageAuthor.Echo,
            // Of a file everything worth showing is among the attachments; the rest is how the network leads to it.
            Data = message.Content is { } content && !HasFiles(message) ? JsonSerializer.Deserialize<JsonElement>(content) : null,
            More = message.Extra is { } extra ? WithoutMark(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(extra)!) : null,
            Held = message.Status == MessageStatus.Queued && message.Extra?.Contains("\"held\"", StringComparison.Ordinal) == true ? true : null,
        };
    }

    private static Dictionary<string, JsonElement> WithoutMark(Dictionary<string, JsonElement> more)
    {
        more.Remove("held");
        return more;
    }
}

/// <summary>Who said it.</summary>
/// <param name="Name">"" when unknown.</param>
public sealed record AuthorView(MessageAuthor Kind, string Name);

/// <summary>Why a message failed, in words for an operator.</summary>
/// <param name="Code">Stable word that clients branch on.</param>
/// <param name="NetworkCode">The network's own, or null.</param>
public sealed record ErrorView(string Code, string? NetworkCode, string Message, string NextStep);

/// <summary>The start of a quoted message.</summary>
public sealed record QuotedView(long Id, [property: AllowedValues("user", "agent")] string Sender, string Content);
