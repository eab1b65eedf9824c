using System.Collections.Frozen;

namespace ChatOperator.Channels.Contract;

/// <summary>The settings of one account, by the names of the channel's schema. Printing it shows names only, never values.</summary>
public sealed class ChannelSettings(IEnumerable<KeyValuePair<string, string>> values)
{
    private readonly FrozenDictionary<string, string> _values = values.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The value, or "" when the account does not have it.</summary>
    public string this[string name] => _values.TryGetValue(name, out var value) ? value : "";

    /// <summary>The value, or <paramref name="fallback"/> when missing or empty.</summary>
    public string Or(string name, string fallback) => this[name] is { Length: > 0 } value ? value : fallback;

    public override string ToString() => $"ChannelSettings({string.Join(", ", _values.Keys.Order(StringComparer.Ordinal))})";
}

/// <summary>One field of the form that connects an account. The console draws the form from these.</summary>
/// <param name="Name">snake_case, stable: the key in the API and in storage.</param>
/// <param name="Kind">How it is typed in and kept. <see cref="SettingKind.Secret"/> is encrypted at rest and never read back.</param>
/// <param name="Label">What the field is called.</param>
/// <param name="Help">Where to find the value.</param>
/// <param name="Required">Whether an account can be connected without it.</param>
/// <param name="Default">Used when left empty.</param>
/// <param name="Pattern">A regular expression the whole value must match, or null.</param>
public sealed record SettingField(
    string Name, SettingKind Kind, Words Label, Words Help, bool Required = false, string? Default = null, string? Pattern = null);

/// <summary>How a setting is typed in and kept.</summary>
public enum SettingKind { Text, Secret, Url, Number, Boolean }

/// <summary>A text for people in the console's languages.</summary>
public sealed record Words(string En, string Es)
{
    /// <summary>The text in the language of a tag such as <c>es-AR</c>; English when unknown.</summary>
    public string In(string? language) => language?.StartsWith("es", StringComparison.OrdinalIgnoreCase) == true ? Es : En;
}
