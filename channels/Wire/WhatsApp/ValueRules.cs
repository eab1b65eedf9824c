using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>What WhatsApp takes as a value: one line, no tabs, no long runs of spaces.</summary>
internal static class ValueRules
{
    public static UnfitTemplate? Check(TemplateSlot slot, string value)
    {
        if (string.IsNullOrWhiteSpace(value)) return Unfit(slot, "It is empty.", "Está vacío.");
        if (value.AsSpan().ContainsAny('\n', '\r', '\t')) return Unfit(slot, "It may not have line breaks or tabs.", "No puede tener saltos de línea ni tabulaciones.");
        if (value.Contains("     ", StringComparison.Ordinal))
            return Unfit(slot, "It may not have more than four spaces in a row.", "No puede tener más de cuatro espacios seguidos.");
        if (slot.MaxLength is { } most && value.Length > most)
            return Unfit(slot, $"It may have at most {most} characters.", $"Puede tener como máximo {most} caracteres.");
        if (slot.Kind == "url" && value.Any(char.IsWhiteSpace))
            return Unfit(slot, "It ends a web address, which has no spaces.", "Es el final de una dirección web, que no lleva espacios.");
        return null;
    }

    private static UnfitTemplate Unfit(TemplateSlot slot, string en, string es) => new("template_parameter_invalid", slot.Name, new(en, es));
}

/// <summary>What WhatsApp takes as a header that is a file or a place.</summary>
internal static class HeaderRules
{
    public static UnfitTemplate? Check(TemplateSlot slot, TemplateHeader? header)
    {
        if (slot.Kind == "location") return CheckPlace(header);
        if (header is null || (header.Link is null && header.MediaId is null))
            return Unfit($"The template begins with a file of kind {slot.Kind}: give its link.", $"La plantilla empieza con un archivo de tipo {slot.Kind}: indicá su enlace.");
        if (header.MediaId is null && (!Uri.TryCreate(header.Link, UriKind.Absolute, out var link) || link.Scheme is not ("https" or "http")))
            return Unfit("link must be a web address that the network can reach.", "link debe ser una dirección web que la red pueda alcanzar.");
        return null;
    }

    private static UnfitTemplate? CheckPlace(TemplateHeader? place)
    {
        if (place is not { Latitude: { } latitude, Longitude: { } longitude })
            return Unfit("The template begins with a place: give latitude and longitude.", "La plantilla empieza con un lugar: indique latitud y longitud.");
        if (double.IsNaN(latitude) || double.IsNaN(longitude) || Math.Abs(latitude) > 90 || Math.Abs(longitude) > 180)
            return Unfit("latitude is within ±90, longitude within ±180.", "latitude está entre ±90 y longitude entre ±180.");
        if (place.Name is not { Length: > 0 } || place.Address is not { Length: > 0 })
            return Unfit("A place needs name and address.", "Un lugar necesita nombre y dirección.");
        return null;
    }

    private static UnfitTemplate Unfit(string en, string es) => new("template_parameter_invalid", "header", new(en, es));
}
