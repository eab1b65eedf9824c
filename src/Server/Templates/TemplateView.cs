using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Templates;

/// <summary>A template as the API shows it: the network's words, and what sending it takes.</summary>
/// <param name="ExternalId">The network's id.</param>
/// <param name="Status">As the network says: APPROVED, PENDING, REJECTED, PAUSED…</param>
/// <param name="Category">As the network says: MARKETING, UTILITY, AUTHENTICATION.</param>
/// <param name="Quality">GREEN, YELLOW, RED or null.</param>
/// <param name="Reason">Why it was rejected, or null.</param>
/// <param name="ParameterFormat">POSITIONAL or NAMED.</param>
/// <param name="Components">The network's own description.</param>
/// <param name="Sendable">Approved, and nothing in it that cannot be filled here.</param>
/// <param name="NeedsPhone">Only people whose number is known can get it.</param>
/// <param name="Slots">What to give to send it, in reading order.</param>
/// <param name="Unsendable">Kinds of parts that cannot be filled here.</param>
/// <param name="Look">What the contact sees, variables still open.</param>
/// <param name="Owner">The network's id of what owns it, e.g. a WhatsApp Business Account.</param>
/// <param name="AccountIds">The accounts that can send it.</param>
/// <param name="LastChange">What became different last, and since when.</param>
public sealed record TemplateView(
    Guid Id, string ExternalId, string Name, string Language, string Status, string Category, string? Quality, string? Reason,
    string ParameterFormat, JsonElement Components, bool Sendable, bool NeedsPhone, IReadOnlyList<TemplateSlot> Slots,
    IReadOnlyList<string> Unsendable, TemplateLook Look, string Channel, string Owner, IReadOnlyList<Guid> AccountIds,
    DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, TemplateChangeView? LastChange)
{
    internal static TemplateView Of(Template t, IReadOnlyList<Guid> accounts, TemplateChange? last)
    {
        // A channel that this build no longer has: its templates are shown as far as they can be.
        var form = CatalogueKey.NetworkOf(t.Channel)?.FormOf(t.ToNetwork())
            ?? new TemplateForm(false, false, [], [t.Channel], new TemplateLook(null, "", null, [], [t.Channel]));
        return new TemplateView(
            t.Id, t.ExternalId, t.Name, t.Language, t.Status, t.Category, t.Quality, t.Reason, t.Named ? "NAMED" : "POSITIONAL",
            JsonSerializer.Deserialize<JsonElement>(t.Components), form.Approved && form.Unsendable.Count == 0, form.NeedsPhone, form.Slots,
            form.Unsendable, form.Look, t.Channel, t.OwnerKey, accounts, t.CreatedAt, t.ChangedAt, last is null ? null : TemplateChangeView.Of(last));
    }
}

/// <summary>What became different about a template.</summary>
/// <param name="Source">sync: found by reading the catalogue; webhook: told by the network.</param>
public sealed record TemplateChangeView(DateTimeOffset At, TemplateChangeSource Source, IReadOnlyList<FieldChange> Fields)
{
    internal static TemplateChangeView Of(TemplateChange change) => new(change.At, change.Source, Comparison.Read(change.Fields));
}

/// <summary>One template with everything that ever became different.</summary>
public sealed record TemplateStory(TemplateView Template, IReadOnlyList<TemplateChangeView> Changes);

/// <summary>When the templates of one owner were read, and what stood in the way.</summary>
/// <param name="AccountNames">The accounts that share them.</param>
/// <param name="SyncedAt">When they were last read whole; null: never.</param>
/// <param name="Failure">Why the last reading failed, in words; null: it did not.</param>
public sealed record CatalogueView(
    string Channel, string ChannelName, string Owner, IReadOnlyList<string> AccountNames, DateTimeOffset? SyncedAt, DateTimeOffset? DueAt, int Templates, CatalogueFailure? Failure);

/// <summary>Why templates could not be read.</summary>
public sealed record CatalogueFailure(string Code, string Message, string NextStep);

/// <summary>Exactly what will be sent.</summary>
/// <param name="Content">What the chat will show.</param>
/// <param name="Look">What the contact will see.</param>
/// <param name="Components">The network's <c>components</c> of the send, or null when nothing is filled in.</param>
public sealed record TemplatePreviewAnswer(string Content, TemplateLook Look, JsonElement? Components);

/// <summary>What a reading of all catalogues came to.</summary>
/// <param name="Synced">Templates that the networks have.</param>
/// <param name="Failures">Catalogues that could not be read.</param>
public sealed record SyncAnswer(int Synced, IReadOnlyList<CatalogueFailure> Failures);
