namespace ChatOperator.Channels.Contract;

/// <summary>A contact as the network knows them: several identities, any of which may be missing next time.</summary>
/// <param name="Identities">At least one. The strongest first.</param>
/// <param name="Address">What to send to, opaque outside the adapter (WhatsApp: "+" and the exact digits received, or a user id).</param>
/// <param name="Name">Profile name, or null.</param>
/// <param name="Phone">"+" and digits as received, or null: a phone is an attribute, never the key.</param>
/// <param name="Username">The network's public handle without "@", or null.</param>
/// <param name="Source">Behind a bridge: the kind of network that the person writes from, like <see cref="ChannelInfo.ChannelSource"/>; null: the channel's own.</param>
/// <param name="Picture">Address of their picture, where webhooks name one; null: they do not.</param>
public sealed record Person(
    IReadOnlyList<Identity> Identities, string Address, string? Name = null, string? Phone = null, string? Username = null,
    string? Source = null, string? Picture = null)
{
    /// <remarks>Lists compare by reference; events are compared by value in tests, so identities are compared one by one.</remarks>
    public bool Equals(Person? other) =>
        other is not null && Address == other.Address && Name == other.Name && Phone == other.Phone && Username == other.Username
        && Source == other.Source && Picture == other.Picture
        && Identities.SequenceEqual(other.Identities);

    public override int GetHashCode() => HashCode.Combine(Address, Name, Phone, Identities.Count);
}

/// <summary>One way a network names a person. <paramref name="Key"/> is what is matched, <paramref name="Value"/> what was received.</summary>
/// <param name="Key">
/// "kind:" and a canonical value, unique per person within the scope it names: <c>phone:5491155550101</c> (spelling variants of one number
/// give one key), <c>bsuid:AR.246</c>, <c>psid:PAGE:123</c>. At most 200 characters.
/// </param>
/// <param name="Value">The spelling received, kept for people.</param>
public readonly record struct Identity(string Key, string Value);

/// <summary>The ad, post or product that brought a contact.</summary>
/// <param name="SourceType">The network's word: ad, post…; product for a question about one.</param>
/// <param name="MediaType">image or video, of what <paramref name="MediaUrl"/> leads to.</param>
/// <param name="Welcome">The greeting that stood in the ad.</param>
/// <param name="CatalogId">Of a product: the catalogue it is in.</param>
public sealed record Referral(
    string? SourceType, string? SourceId, string? SourceUrl, string? Headline, string? Body, string? MediaUrl = null, string? ClickId = null,
    string? MediaType = null, string? ThumbnailUrl = null, string? Welcome = null, string? CatalogId = null);
