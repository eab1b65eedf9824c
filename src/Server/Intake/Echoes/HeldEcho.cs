using System.Text.Json.Nodes;
using ChatOperator.Tenancy;

namespace ChatOperator.Intake.Echoes;

/// <summary>
/// A message of our account that came back, of which nobody can say yet whether a person wrote it or we did. A row, so that a restart
/// forgets none; while a conversation has one, the agent sends nothing there.
/// </summary>
public sealed class HeldEcho : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid AccountId { get; init; }

    /// <summary>The network's id.</summary>
    public required string ExternalId { get; init; }
    public Guid ConversationId { get; init; }

    /// <summary>When it is taken for a person's.</summary>
    public DateTimeOffset DueAt { get; init; }

    // What the message will be, if it is a person's.
    public required string Type { get; init; }
    public required string Text { get; init; }
    public string? Content { get; init; }
    public string? Extra { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset ArrivedAt { get; init; }
    public string? ReplyTo { get; init; }

    /// <summary>The receipt it came with.</summary>
    public Guid CorrelationId { get; init; }

    /// <summary>In <see cref="Extra"/>: the network says that an app sent it, so it is no person's word.</summary>
    internal const string ByApp = "by_app";

    /// <summary>In <see cref="Extra"/>: it bears our mark with a delivery that is none of ours, so another installation sent it.</summary>
    internal const string SentElsewhere = "sent_elsewhere";

    /// <summary>Its delivery is named, and not ours: that it says what a send of ours said explains nothing.</summary>
    internal bool WasSentElsewhere => Extra is not null && JsonNode.Parse(Extra)!.AsObject().ContainsKey(SentElsewhere);

    /// <summary>Whether it is a person's, once none of our sends explains it.</summary>
    internal bool IsPersons => Extra is null || !JsonNode.Parse(Extra)!.AsObject().ContainsKey(ByApp);

    internal static HeldEcho Of(NewMessage echo, DateTimeOffset dueAt) => new()
    {
        TenantId = echo.Account.TenantId, AccountId = echo.Account.Id, ExternalId = echo.ExternalId, ConversationId = echo.Place.ConversationId,
        DueAt = dueAt, Type = echo.Type, Text = echo.Words, Content = echo.Content, Extra = echo.Extra, At = echo.At,
        ArrivedAt = echo.Arrival.At, ReplyTo = echo.ReplyTo, CorrelationId = echo.Arrival.Id,
    };
}
