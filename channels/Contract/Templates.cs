namespace ChatOperator.Channels.Contract;

/// <summary>The network keeps texts that it approved beforehand: they may be sent outside the reply window too.</summary>
public interface ITemplateCatalogue
{
    /// <summary>
    /// Every template that the account's owner has: all pages, statuses, categories and languages. Never throws for what the network
    /// answers: half a list is no list.
    /// </summary>
    Task<TemplateListing> ListTemplatesAsync(Connection connection, CancellationToken cancel);

    /// <summary>What a template looks like and what must be given to send it. Pure.</summary>
    TemplateForm FormOf(NetworkTemplate template);

    /// <summary>
    /// Fills a template, or says what does not fit. The one code that validates and builds: what passes here is what leaves. Pure.
    /// </summary>
    /// <param name="to">The conversation's address; null when only the look is wanted.</param>
    TemplateFilling Fill(NetworkTemplate template, TemplateValues values, string? to);
}

/// <summary>A person can be written to first, by a number or id that somebody typed in.</summary>
public interface IStartsConversations
{
    /// <summary>Who that is, with the identities and the address that the network's own webhooks would give; null when it is nobody. Pure.</summary>
    Person? PersonOf(string written);
}

/// <summary>What came of asking for the templates.</summary>
public abstract record TemplateListing;

/// <summary>All of them.</summary>
public sealed record ListedTemplates(IReadOnlyList<NetworkTemplate> Templates) : TemplateListing;

/// <summary>The network did not give them.</summary>
public sealed record UnlistedTemplates(SendFailure Failure) : TemplateListing;

/// <summary>A template as the network describes it, in one language.</summary>
/// <param name="ExternalId">The network's id, as text.</param>
/// <param name="Status">The network's word, e.g. APPROVED.</param>
/// <param name="Category">The network's word, e.g. MARKETING.</param>
/// <param name="Components">The network's own description as a JSON array, kinds that nobody here knows included.</param>
/// <param name="Named">Whether variables go by name rather than by position.</param>
/// <param name="Quality">The network's word, or null when it has not judged.</param>
/// <param name="Reason">Why it was rejected, or null.</param>
public sealed record NetworkTemplate(
    string ExternalId, string Name, string Language, string Status, string Category, string Components, bool Named = false,
    string? Quality = null, string? Reason = null);

/// <summary>What must be known to send a template.</summary>
/// <param name="Approved">Whether its status allows sending.</param>
/// <param name="NeedsPhone">Only people whose phone number is known can get it.</param>
/// <param name="Slots">What to give, in reading order.</param>
/// <param name="Unsendable">Kinds of parts that cannot be filled here; such a template is shown but not sent.</param>
/// <param name="Look">With its variables still open.</param>
public sealed record TemplateForm(
    bool Approved, bool NeedsPhone, IReadOnlyList<TemplateSlot> Slots, IReadOnlyList<string> Unsendable, TemplateLook Look);

/// <summary>One thing to give.</summary>
/// <param name="Name">What errors and named values call it: <c>header</c>, <c>body.1</c>, <c>body.customer</c>, <c>buttons.0</c>.</param>
/// <param name="Kind">text | url | code | payload | image | video | document | location.</param>
/// <param name="Required">Without it the template cannot be sent.</param>
/// <param name="Example">The value that the network was shown for approval.</param>
/// <param name="MaxLength">Longest value in characters, where the network has a limit for it.</param>
/// <param name="Label">What people see near it: the title of the button.</param>
public sealed record TemplateSlot(
    string Name, string Kind, bool Required = true, string? Example = null, int? MaxLength = null, string? Label = null);

/// <summary>What somebody gave to fill a template.</summary>
/// <param name="InOrder">Fills the slots that need words, in reading order, as far as they are not given otherwise.</param>
/// <param name="ByName">By the variable's name or the slot's.</param>
/// <param name="Buttons">By the button's place, from 0: the end of its address, its code, or what it gives back.</param>
public sealed record TemplateValues(
    IReadOnlyList<string>? InOrder = null, IReadOnlyDictionary<string, string>? ByName = null, TemplateHeader? Header = null,
    IReadOnlyDictionary<int, string>? Buttons = null);

/// <summary>What came of filling a template.</summary>
public abstract record TemplateFilling;

/// <summary>It fits.</summary>
public sealed record FilledTemplate(TemplateContent Content) : TemplateFilling;

/// <summary>It does not.</summary>
/// <param name="Code">template_parameter_invalid | recipient_phone_required.</param>
/// <param name="Parameter">The slot that is wrong, or what was given too much.</param>
/// <param name="Why">What is wrong with it.</param>
public sealed record UnfitTemplate(string Code, string Parameter, Words Why) : TemplateFilling;

/// <summary>What the contact sees.</summary>
/// <param name="Unknown">Kinds of parts that cannot be shown.</param>
public sealed record TemplateLook(
    TemplateHeader? Header, string Body, string? Footer, IReadOnlyList<TemplateButton> Buttons, IReadOnlyList<string> Unknown)
{
    public bool Equals(TemplateLook? other) =>
        other is not null && Header == other.Header && Body == other.Body && Footer == other.Footer && Buttons.SequenceEqual(other.Buttons)
        && Unknown.SequenceEqual(other.Unknown);

    public override int GetHashCode() => HashCode.Combine(Header, Body, Footer, Buttons.Count, Unknown.Count);
}

/// <summary>What stands above a template's words.</summary>
/// <param name="Kind">text | image | video | gif | document | location; as a value it may be left out.</param>
/// <param name="Link">Of a file: where the network fetches it.</param>
/// <param name="MediaId">Of a file: the network's id of an upload, instead of a link.</param>
public sealed record TemplateHeader(
    string? Kind = null, string? Text = null, string? Link = null, string? MediaId = null, string? FileName = null,
    double? Latitude = null, double? Longitude = null, string? Name = null, string? Address = null);

/// <summary>A button under a template's words.</summary>
/// <param name="Kind">The network's word in lower case: quick_reply, url, phone_number, copy_code, otp, …</param>
/// <param name="Value">Its address, number, code or what it gives back; null when it has none.</param>
public sealed record TemplateButton(string Kind, string Text, string? Value = null);
