using System.Text.Json.Serialization;

namespace ChatOperator.Channels.Contract;

/// <summary>
/// What a message says. Closed family; stored as JSON with its <c>type</c>, so names here are storage format.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextContent), "text")]
[JsonDerivedType(typeof(MediaContent), "media")]
[JsonDerivedType(typeof(AlbumContent), "album")]
[JsonDerivedType(typeof(LocationContent), "location")]
[JsonDerivedType(typeof(ContactsContent), "contacts")]
[JsonDerivedType(typeof(ChoiceContent), "choice")]
[JsonDerivedType(typeof(ChoicesContent), "choices")]
[JsonDerivedType(typeof(OrderContent), "order")]
[JsonDerivedType(typeof(TemplateContent), "template")]
[JsonDerivedType(typeof(ShareContent), "share")]
[JsonDerivedType(typeof(ReactionContent), "reaction")]
[JsonDerivedType(typeof(SystemContent), "system")]
[JsonDerivedType(typeof(UnsupportedContent), "unsupported")]
public abstract record Content
{
    /// <summary>The word in the API's <c>type</c>: text, image, audio, location, …</summary>
    [JsonIgnore] public abstract string Type { get; }

    /// <summary>What lists and plain clients show; never null: "[Image]" when there are no words.</summary>
    [JsonIgnore] public abstract string Text { get; }

    /// <summary>Whether the agent may be woken by it.</summary>
    [JsonIgnore] public virtual bool WakesAgent => true;

    /// <summary>The files it consists of, in order: kept as the message's attachments.</summary>
    [JsonIgnore] public virtual IReadOnlyList<MediaContent> Files => [];
}

/// <summary>Plain words.</summary>
public sealed record TextContent(string Body) : Content
{
    [JsonIgnore] public override string Type => "text";
    [JsonIgnore] public override string Text => Body;
}

/// <summary>A file. At least one of <paramref name="MediaId"/> and <paramref name="Url"/> leads to the bytes.</summary>
/// <param name="Kind">image | video | audio | document | sticker.</param>
/// <param name="Sha256">As the network says it, base64 or hex.</param>
/// <param name="Voice">A voice note.</param>
/// <param name="Bytes">Size, when known.</param>
/// <param name="AttachmentId">
/// A file of our own store. Before a send the core turns it into a <paramref name="MediaId"/> (see <see cref="IUploadsMedia"/>) or a
/// <paramref name="Url"/> that the network can fetch; adapters need not look at it.
/// </param>
public sealed record MediaContent(
    string Kind, string? MediaId, string? Url, string? MimeType, string? Caption = null, string? FileName = null,
    string? Sha256 = null, bool Voice = false, bool Animated = false, long? Bytes = null, Guid? AttachmentId = null) : Content
{
    [JsonIgnore] public override string Type => Kind;

    [JsonIgnore] public override IReadOnlyList<MediaContent> Files => [this];

    [JsonIgnore] public override string Text => Caption is { Length: > 0 } ? Caption : Kind switch
    {
        "image" => "[Image]",
        "video" => "[Video]",
        "audio" => Voice ? "[Voice note]" : "[Audio]",
        "sticker" => "[Sticker]",
        _ => FileName is { Length: > 0 } ? $"[Document: {FileName}]" : "[Document]",
    };
}

/// <summary>Several files that came as one message, in order.</summary>
/// <param name="Items">At least one.</param>
/// <param name="Caption">Words for all of them, or null.</param>
public sealed record AlbumContent(IReadOnlyList<MediaContent> Items, string? Caption = null) : Content
{
    [JsonIgnore] public override string Type => Items.Count > 0 ? Items[0].Kind : "document";
    [JsonIgnore] public override string Text =>
        Caption is { Length: > 0 } ? Caption : string.Join(' ', Items.Select(i => i.Text).Distinct()) is { Length: > 0 } words ? words : "[Document]";
    [JsonIgnore] public override IReadOnlyList<MediaContent> Files => Items;
    public bool Equals(AlbumContent? other) => other is not null && Caption == other.Caption && Items.SequenceEqual(other.Items);
    public override int GetHashCode() => HashCode.Combine(Caption, Items.Count);
}

/// <summary>A place. Degrees, WGS 84.</summary>
public sealed record LocationContent(double Latitude, double Longitude, string? Name = null, string? Place = null, string? Url = null) : Content
{
    [JsonIgnore] public override string Type => "location";
    [JsonIgnore] public override string Text => Name is { Length: > 0 } ? $"[Location: {Name}]" : "[Location]";
}

/// <summary>Address-book cards.</summary>
/// <param name="Requested">The contact gave them because they were asked to.</param>
public sealed record ContactsContent(IReadOnlyList<ContactCard> Cards, bool Requested = false) : Content
{
    [JsonIgnore] public override string Type => "contacts";
    [JsonIgnore] public override string Text => $"[Contact: {string.Join(", ", Cards.Select(c => c.Name))}]";
    public bool Equals(ContactsContent? other) => other is not null && Requested == other.Requested && Cards.SequenceEqual(other.Cards);
    public override int GetHashCode() => Cards.Count;
}

/// <summary>One card: a name and the ways to reach it, as received.</summary>
/// <param name="MorePhones">Those after the first; null when there is no second. So with <paramref name="MoreEmails"/>.</param>
public sealed record ContactCard(
    string Name, string? Phone = null, string? Email = null, string? Organization = null,
    IReadOnlyList<string>? MorePhones = null, IReadOnlyList<string>? MoreEmails = null)
{
    public bool Equals(ContactCard? other) =>
        other is not null && Name == other.Name && Phone == other.Phone && Email == other.Email && Organization == other.Organization
        && (MorePhones ?? []).SequenceEqual(other.MorePhones ?? []) && (MoreEmails ?? []).SequenceEqual(other.MoreEmails ?? []);

    public override int GetHashCode() => HashCode.Combine(Name, Phone, Email);
}

/// <summary>A tap on a button, a list row, a quick reply, or a filled form.</summary>
/// <param name="Kind">button | list | quick_reply | postback | form.</param>
/// <param name="Title">What the contact saw and chose.</param>
/// <param name="Payload">What whoever built the button wants back, or the form's JSON.</param>
public sealed record ChoiceContent(string Kind, string Title, string? Payload = null, string? Description = null) : Content
{
    [JsonIgnore] public override string Type => "interactive";
    [JsonIgnore] public override string Text => Title;
}

/// <summary>Words with something to tap below them. What the contact taps comes back as a <see cref="ChoiceContent"/>.</summary>
/// <param name="Button">Where the network hides the choices behind a button: what stands on it.</param>
public sealed record ChoicesContent(string Body, IReadOnlyList<Choice> Choices, string? Button = null) : Content
{
    [JsonIgnore] public override string Type => "text";
    [JsonIgnore] public override string Text => Body;
    public bool Equals(ChoicesContent? other) =>
        other is not null && Body == other.Body && Button == other.Button && Choices.SequenceEqual(other.Choices);
    public override int GetHashCode() => HashCode.Combine(Body, Choices.Count);
}

/// <summary>One thing to tap.</summary>
/// <param name="Id">Comes back with the answer, as its payload.</param>
/// <param name="Title">What the contact sees.</param>
/// <param name="Description">A smaller line below, where the network has room for one.</param>
public sealed record Choice(string Id, string Title, string? Description = null);

/// <summary>A basket.</summary>
public sealed record OrderContent(string? CatalogId, string? Note, IReadOnlyList<OrderItem> Items) : Content
{
    [JsonIgnore] public override string Type => "order";
    [JsonIgnore] public override string Text => Note is { Length: > 0 } ? Note : $"[Order: {Items.Count}]";
    public bool Equals(OrderContent? other) =>
        other is not null && CatalogId == other.CatalogId && Note == other.Note && Items.SequenceEqual(other.Items);
    public override int GetHashCode() => HashCode.Combine(CatalogId, Note, Items.Count);
}

/// <summary>One line of a basket; the price is per piece, in <paramref name="Currency"/> (ISO 4217).</summary>
public sealed record OrderItem(string ProductId, decimal Quantity, decimal Price, string Currency);

/// <summary>A template as it was sent: filled words, plus what it was made from.</summary>
/// <param name="PayloadJson">
/// What fills the placeholders, in the network's own form. WhatsApp: the <c>components</c> list of a send, or an object that has it;
/// null for a template without placeholders.
/// </param>
/// <param name="Look">What the contact sees of it; null when only the words are known.</param>
/// <param name="Category">The network's word for what it is for, e.g. MARKETING; null when not known.</param>
public sealed record TemplateContent(
    string Name, string Language, string Body, string? PayloadJson = null, TemplateLook? Look = null, string? Category = null) : Content
{
    [JsonIgnore] public override string Type => "template";
    [JsonIgnore] public override string Text => Body.Length > 0 ? Body : $"[Template: {Name}]";
}

/// <summary>A shared post, a story reply or mention.</summary>
/// <param name="Kind">story_reply | story_mention | post | reel | link.</param>
public sealed record ShareContent(string Kind, string? Url, string? Title = null, string? Words = null) : Content
{
    [JsonIgnore] public override string Type => "share";
    [JsonIgnore] public override string Text => Words is { Length: > 0 } ? Words : Title is { Length: > 0 } ? Title : $"[{Kind.Replace('_', ' ')}]";
}

/// <summary>An emoji that we put on a message, instead of words. What a contact puts on one comes as <see cref="ReactionChanged"/>.</summary>
/// <param name="Target">The network's id of that message.</param>
/// <param name="Emoji">"" takes back what was there.</param>
public sealed record ReactionContent(string Target, string Emoji) : Content
{
    [JsonIgnore] public override string Type => "reaction";
    [JsonIgnore] public override string Text => Emoji.Length > 0 ? Emoji : "[Reaction removed]";
    [JsonIgnore] public override bool WakesAgent => false;
}

/// <summary>Something the network says about the conversation; never wakes the agent.</summary>
public sealed record SystemContent(string Kind, string Body) : Content
{
    [JsonIgnore] public override string Type => "system";
    [JsonIgnore] public override string Text => Body;
    [JsonIgnore] public override bool WakesAgent => false;
}

/// <summary>A message we cannot show. It is still a message: counted unread, never answered by the agent.</summary>
/// <param name="Kind">The network's word for it.</param>
/// <param name="Reason">The network's reason, or null.</param>
public sealed record UnsupportedContent(string Kind, string? Reason = null) : Content
{
    [JsonIgnore] public override string Type => "unsupported";
    [JsonIgnore] public override string Text => $"[Unsupported: {Kind}]";
    [JsonIgnore] public override bool WakesAgent => false;
}
