using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>Puts values into a template: gives each its slot, checks it as the network would, and builds what is sent.</summary>
internal sealed class TemplateFiller
{
    private readonly NetworkTemplate _template;
    private readonly TemplateParts _parts;
    private readonly List<TemplateSlot> _slots;
    private readonly TemplateValues _values;
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private TemplateHeader? _header;

    public TemplateFiller(NetworkTemplate template, TemplateValues values)
    {
        (_template, _values, _parts) = (template, values, TemplateParts.Of(template));
        _slots = [.. WhatsAppTemplate.SlotsOf(_parts)];
    }

    public TemplateFilling Fill(string? to)
    {
        var wrong = NeedsPhone(to) ?? TakeHeader() ?? TakeButtons() ?? TakeNamed() ?? TakeInOrder() ?? CheckAll() ?? CheckLengths();
        return wrong is null ? Done() : wrong;
    }

    /// <summary>How a template looks while nothing is filled in.</summary>
    public static TemplateLook OpenLook(TemplateParts parts) => Look(parts, _ => null, parts.HeaderKind switch
    {
        null => null,
        "text" => new TemplateHeader("text", parts.HeaderText),
        var kind => new TemplateHeader(kind, Link: parts.Examples.GetValueOrDefault("header")),
    });

    private UnfitTemplate? NeedsPhone(string? to) =>
        _parts.Authentication && to is not null && !to.StartsWith('+')
            ? new UnfitTemplate("recipient_phone_required", "to", new(
                "One-time codes go to phone numbers only, and this person's is not known.",
                "Los códigos de un solo uso van solo a teléfonos, y no se conoce el de esta persona."))
            : null;

    private UnfitTemplate? TakeHeader()
    {
        if (_values.Header is not { } header) return null;
        var kind = _parts.HeaderKind;
        if (kind is null) return Unfit("header", "The template has no header.", "La plantilla no tiene encabezado.");
        if (header.Kind is { Length: > 0 } said && said != kind)
            return Unfit("header", $"The header is of kind {kind}, not {said}.", $"El encabezado es de tipo {kind}, no {said}.");
        if (kind != "text")
        {
            _header = header with { Kind = kind };
            return null;
        }
        var variables = TemplateParts.Variables(_parts.HeaderText);
        if (variables.Count == 0) return Unfit("header", "The header takes no value.", "El encabezado no lleva ningún valor.");
        if (header.Text is { } text) _given[$"header.{variables[0]}"] = text;
        return null;
    }

    private UnfitTemplate? TakeButtons()
    {
        foreach (var (index, value) in _values.Buttons ?? new Dictionary<int, string>())
        {
            var name = $"buttons.{index}";
            if (_slots.Exists(s => s.Name == name)) _given[name] = value;
            else if (!IsCodeButton(index)) return Unfit(name, $"Button {index} takes no value.", $"El botón {index} no lleva ningún valor.");
        }
        return null;
    }

    private UnfitTemplate? TakeNamed()
    {
        foreach (var (name, value) in _values.ByName ?? new Dictionary<string, string>())
        {
            var slot = _slots.Find(s => s.Name == name && IsWords(s)) ?? _slots.Find(s => s.Name == $"body.{name}") ?? _slots.Find(s => s.Name == $"header.{name}");
            if (slot is null) return Unfit(name, $"The template has no parameter {name}.", $"La plantilla no tiene el parámetro {name}.");
            _given[slot.Name] = value;
        }
        return null;
    }

    private UnfitTemplate? TakeInOrder()
    {
        if (_values.InOrder is not { Count: > 0 } values) return null;
        var open = _slots.Where(s => s.Required && IsWords(s) && !_given.ContainsKey(s.Name)).ToList();
        for (var i = 0; i < values.Count; i++)
        {
            if (i >= open.Count)
                return Unfit($"parameters.{i}",
                    $"The template takes {open.Count} values, {values.Count} were given.", $"La plantilla lleva {open.Count} valores y se dieron {values.Count}.");
            _given[open[i].Name] = values[i];
        }
        return null;
    }

    private UnfitTemplate? CheckAll()
    {
        foreach (var slot in _slots)
        {
            var wrong = !IsWords(slot) ? HeaderRules.Check(slot, _header) : _given.TryGetValue(slot.Name, out var value) ? ValueRules.Check(slot, value)
                : slot.Required ? Unfit(slot.Name, "It is missing.", "Falta.") : null;
            if (wrong is not null) return wrong;
        }
        return null;
    }

    /// <summary>Limits of what stands there once it is filled.</summary>
    private UnfitTemplate? CheckLengths()
    {
        if (Filled("body", _parts.Body).Length > WhatsAppTemplate.LongestBody)
            return Unfit("body", $"Filled, the text is longer than {WhatsAppTemplate.LongestBody} characters.",
                $"Completo, el texto supera los {WhatsAppTemplate.LongestBody} caracteres.");
        if (Filled("header", _parts.HeaderText).Length > WhatsAppTemplate.LongestHeader)
            return Unfit("header", $"Filled, the header is longer than {WhatsAppTemplate.LongestHeader} characters.",
                $"Completo, el encabezado supera los {WhatsAppTemplate.LongestHeader} caracteres.");
        var address = _parts.Buttons.Find(b => b.Url is not null && ValueOf(b) is { } value
            && TemplateParts.Filled(b.Url, _ => value).Length > WhatsAppTemplate.LongestUrl);
        return address is null ? null : Unfit($"buttons.{address.Index}",
            $"Filled, the address is longer than {WhatsAppTemplate.LongestUrl} characters.",
            $"Completa, la dirección supera los {WhatsAppTemplate.LongestUrl} caracteres.");
    }

    private FilledTemplate Done()
    {
        var header = _parts.HeaderKind == "text" ? new TemplateHeader("text", Filled("header", _parts.HeaderText)) : _header;
        var look = Look(_parts, ValueOf, header) with { Body = Filled("body", _parts.Body) };
        var payload = TemplatePayload.Write(_parts, name => _given.GetValueOrDefault(name), ValueOf, _header);
        return new FilledTemplate(new TemplateContent(_template.Name, _template.Language, look.Body, payload, look, _template.Category));
    }

    private static TemplateLook Look(TemplateParts parts, Func<ButtonPart, string?> value, TemplateHeader? header) => new(
        header, parts.Body, parts.Footer,
        [.. parts.Buttons.Select(b => new TemplateButton(b.Kind.ToLowerInvariant(), b.Text, b switch
        {
            { Url: { } url } => value(b) is { } end ? TemplateParts.Filled(url, _ => end) : url,
            { Phone: { } phone } => phone,
            _ => value(b),
        }))],
        parts.Unknown);

    private string Filled(string component, string text) => TemplateParts.Filled(text, v => _given.GetValueOrDefault($"{component}.{v}"));

    /// <summary>What a button is given; a one-time code's button gets the code.</summary>
    private string? ValueOf(ButtonPart button) =>
        IsCodeButton(button.Index)
            ? TemplateParts.Variables(_parts.Body) is [var code, ..] ? _given.GetValueOrDefault($"body.{code}") : null
            : _given.GetValueOrDefault($"buttons.{button.Index}");

    private bool IsCodeButton(int index) => _parts.Authentication && index >= 0 && index < _parts.Buttons.Count && _parts.Buttons[index].Slot == "url";

    private static bool IsWords(TemplateSlot slot) => slot.Kind is "text" or "url" or "code" or "payload";

    private static UnfitTemplate Unfit(string parameter, string en, string es) => new("template_parameter_invalid", parameter, new(en, es));
}
