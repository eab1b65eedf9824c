using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;

namespace ChatOperator.ChannelAccounts;

/// <summary>
/// The filled-in form of an account, checked against its channel's schema. Collects everything that is wrong, so that a person
/// corrects a form once.
/// </summary>
internal sealed class AccountForm(IChannel channel, string name)
{
    private const int LongestValue = 8192;
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(200);

    private readonly SettingField[] _fields = [.. channel.Info.Settings, .. CommonSettings.For(channel.Info)];
    private readonly List<FieldError> _errors = [];
    private readonly Dictionary<string, string> _kept = [];

    /// <summary>Every setting that has a value, secrets included.</summary>
    public Dictionary<string, string> Values { get; } = [];

    /// <summary>Names of the settings the person sent.</summary>
    public HashSet<string> Sent { get; } = [];

    public string Name { get; } = name.Trim();

    /// <summary>The address settings as sent this time.</summary>
    public IEnumerable<(string Name, Uri Url)> SentUrls =>
        from setting in _fields
        where setting.Kind == SettingKind.Url && Sent.Contains(setting.Name) && Values.ContainsKey(setting.Name)
        where IsOfKind(SettingKind.Url, Values[setting.Name])
        select (setting.Name, new Uri(Values[setting.Name]));

    /// <summary>Starts from what the account has already.</summary>
    public void Keep(IEnumerable<KeyValuePair<string, string>> values)
    {
        foreach (var (key, value) in values) _kept[key] = Values[key] = value;
    }

    /// <summary>Takes what a person sent: null or "" empties a setting.</summary>
    public void Fill(IReadOnlyDictionary<string, JsonElement> sent)
    {
        foreach (var (key, value) in sent)
        {
            if (!Array.Exists(_fields, f => f.Name == key)) Wrong(key, "This channel has no such setting.");
            else if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array) Wrong(key, "A plain value is needed.");
            else Put(key, value.ValueKind == JsonValueKind.Null ? "" : value.ToString().Trim());
        }
    }

    public void Wrong(string setting, string detail) => _errors.Add(new($"settings.{setting}", detail));

    /// <exception cref="Problem">400 with every wrong field.</exception>
    public void Check()
    {
        if (Name.Length is 0 or > 200) _errors.Add(new("name", "1 to 200 characters."));
        foreach (var field in _fields)
            if (Values.TryGetValue(field.Name, out var value)) CheckValue(field, value);
            else if (field.Required) Wrong(field.Name, "This is needed.");
        if (_kept.Count > 0 && Array.Exists(_fields, LeadsElsewhere)) AskForSecretsAgain();
        if (_errors.Count > 0) throw Problem.Invalid(_errors);
    }

    /// <summary>An address of another server than before.</summary>
    private bool LeadsElsewhere(SettingField field) =>
        field.Kind == SettingKind.Url && Authority(Values, field) != Authority(_kept, field);

    private static string Authority(Dictionary<string, string> values, SettingField field) =>
        Uri.TryCreate(values.GetValueOrDefault(field.Name, field.Default ?? ""), UriKind.Absolute, out var url) ? url.GetLeftPart(UriPartial.Authority) : "";

    /// <summary>
    /// Secrets go along to a new server only when whoever names it knows them: otherwise somebody who may edit an account, but never read
    /// its secrets, could have them sent to a server of their own.
    /// </summary>
    private void AskForSecretsAgain()
    {
        foreach (var field in _fields)
            if (field.Kind == SettingKind.Secret && _kept.ContainsKey(field.Name) && !Sent.Contains(field.Name))
                Wrong(field.Name, "Enter this again: the address that it is used with has changed.");
    }

    /// <summary>The channel's own settings that may be read back, as stored.</summary>
    public string SettingsJson() => Write(f => f.Kind != SettingKind.Secret);

    /// <summary>The channel's secret settings, to be sealed.</summary>
    public string SecretsJson() => Write(f => f.Kind == SettingKind.Secret);

    private void Put(string key, string value)
    {
        Sent.Add(key);
        // JSON writes true as True when read as text; settings know one spelling.
        if (value is "True" or "False") value = value.ToLowerInvariant();
        if (value.Length == 0) Values.Remove(key);
        else Values[key] = value;
    }

    private void CheckValue(SettingField field, string value)
    {
        if (!Sent.Contains(field.Name)) return;
        if (value.Length > LongestValue) Wrong(field.Name, $"At most {LongestValue} characters.");
        else if (value.Any(char.IsControl)) Wrong(field.Name, "Line breaks and control characters are not possible here.");
        else if (!IsOfKind(field.Kind, value)) Wrong(field.Name, KindWords(field.Kind));
        else if (field.Pattern is { } pattern && !Regex.IsMatch(value, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, PatternTime))
            Wrong(field.Name, $"This does not look right. {field.Help.En}");
    }

    private static bool IsOfKind(SettingKind kind, string value) => kind switch
    {
        SettingKind.Number => decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _),
        SettingKind.Boolean => value is "true" or "false",
        SettingKind.Url => Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0,
        _ => true,
    };

    private static string KindWords(SettingKind kind) => kind switch
    {
        SettingKind.Number => "A number is needed.",
        SettingKind.Boolean => "true or false is needed.",
        _ => "An address such as https://graph.example.com is needed.",
    };

    private string Write(Func<SettingField, bool> which) => JsonSerializer.Serialize(
        channel.Info.Settings.Where(f => which(f) && Values.ContainsKey(f.Name)).ToDictionary(f => f.Name, f => Values[f.Name]));
}
