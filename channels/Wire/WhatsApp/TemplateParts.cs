using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>WhatsApp's description of a template, taken apart. The same whichever API carries it.</summary>
internal sealed partial class TemplateParts
{
    /// <summary>What a button needs before it can be sent; buttons that are not here need something nobody here can give.</summary>
    private static readonly Dictionary<string, string?> ButtonSlots = new(StringComparer.Ordinal)
    {
        ["QUICK_REPLY"] = "payload", ["URL"] = "url", ["COPY_CODE"] = "code", ["OTP"] = "url", ["PHONE_NUMBER"] = null, ["CATALOG"] = null,
        ["VOICE_CALL"] = null, ["CALL_PERMISSION_REQUEST"] = null, ["REQUEST_CONTACT_INFO"] = null,
    };

    private TemplateParts()
    {
    }

    /// <summary>text | image | video | gif | document | location; null: no header.</summary>
    public string? HeaderKind { get; private set; }

    public string HeaderText { get; private set; } = "";
    public string Body { get; private set; } = "";
    public string? Footer { get; private set; }
    public List<ButtonPart> Buttons { get; } = [];

    /// <summary>Kinds of components that we can neither show nor fill, in the network's words.</summary>
    public List<string> Unknown { get; } = [];

    /// <summary>Values that were shown for approval, by slot.</summary>
    public Dictionary<string, string> Examples { get; } = new(StringComparer.Ordinal);

    public bool Authentication { get; private init; }
    public bool Named { get; private init; }

    public static TemplateParts Of(NetworkTemplate template)
    {
        var parts = new TemplateParts { Authentication = template.Category == "AUTHENTICATION", Named = template.Named };
        using var json = JsonBody.Parse(Encoding.UTF8.GetBytes(template.Components));
        foreach (var component in json.Root.Items()) parts.Add(component);
        return parts;
    }

    /// <summary>The distinct variables of a text, in order: numbers by value, names by place.</summary>
    public static List<string> Variables(string text)
    {
        var found = Placeholder().Matches(text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).ToList();
        return found.TrueForAll(v => int.TryParse(v, out _)) ? [.. found.OrderBy(int.Parse)] : found;
    }

    /// <summary>The text with its variables replaced; one without a value stays as it is.</summary>
    public static string Filled(string text, Func<string, string?> value) =>
        Placeholder().Replace(text, m => value(m.Groups[1].Value) ?? m.Value);

    private void Add(JsonElement component)
    {
        switch (component.Text("type"u8)?.ToUpperInvariant())
        {
            case "HEADER": AddHeader(component); break;
            case "BODY": AddBody(component); break;
            case "FOOTER": Footer = FooterOf(component); break;
            case "BUTTONS":
                foreach (var button in component.Get("buttons"u8).Items()) AddButton(button);
                break;
            case var other: Unknown.Add(other ?? "?"); break;
        }
    }

    private void AddHeader(JsonElement header)
    {
        HeaderKind = (header.Text("format"u8) ?? "TEXT").ToLowerInvariant();
        HeaderText = header.Text("text"u8) ?? "";
        var example = header.Get("example"u8);
        Learn("header", Variables(HeaderText), example.Get("header_text"u8), example.Get("header_text_named_params"u8));
        if (HeaderKind is "image" or "video" or "gif" or "document" && example.Get("header_handle"u8).First().AsText() is { } handle)
            Examples["header"] = handle;
    }

    private void AddBody(JsonElement body)
    {
        // Some listings leave the words of a one-time code's template out: the network has one text for each language.
        Body = body.Text("text"u8) ?? (Authentication ? "{{1}}" : "");
        var example = body.Get("example"u8);
        Learn("body", Variables(Body), example.Get("body_text"u8).First(), example.Get("body_text_named_params"u8));
    }

    private static string? FooterOf(JsonElement footer) =>
        footer.Words("text"u8) ?? (footer.Whole("code_expiration_minutes"u8) is { } minutes ? $"This code expires in {minutes} minutes." : null);

    private void AddButton(JsonElement button)
    {
        var kind = button.Text("type"u8)?.ToUpperInvariant() ?? "?";
        var url = button.Text("url"u8);
        var slot = ButtonSlots.GetValueOrDefault(kind);
        if (kind == "URL" && Variables(url ?? "").Count == 0) slot = null;
        if (!ButtonSlots.ContainsKey(kind)) Unknown.Add($"BUTTON:{kind}");
        var example = button.Get("example"u8);
        if ((example.AsText() ?? example.First().AsText()) is { } shown) Examples[$"buttons.{Buttons.Count}"] = shown;
        Buttons.Add(new ButtonPart(
            Buttons.Count, kind, button.Text("text"u8) ?? (kind == "COPY_CODE" ? "Copy code" : ""), url, button.Text("phone_number"u8), slot));
    }

    private void Learn(string component, List<string> variables, JsonElement inOrder, JsonElement byName)
    {
        var place = 0;
        // A header's one example is sometimes a bare text.
        foreach (var example in inOrder.ValueKind == JsonValueKind.String ? [inOrder] : inOrder.Items().ToArray())
            if (place < variables.Count && example.AsText() is { } shown) Examples[$"{component}.{variables[place++]}"] = shown;
        foreach (var example in byName.Items())
            if (example.Text("param_name"u8) is { } name && example.Text("example"u8) is { } shown) Examples[$"{component}.{name}"] = shown;
    }

    [GeneratedRegex(@"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")]
    private static partial Regex Placeholder();
}

/// <summary>One button of a template.</summary>
/// <param name="Slot">payload | url | code: what it takes; null: nothing.</param>
internal sealed record ButtonPart(int Index, string Kind, string Text, string? Url, string? Phone, string? Slot);
