using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;

namespace ChatOperator.Templates;

/// <summary>What is different between a template as we know it and as the network has it.</summary>
internal static class Comparison
{
    /// <summary>Longest text kept of what changed.</summary>
    private const int Longest = 2000;

    /// <summary>Takes over what the network says. Empty when nothing is different.</summary>
    public static List<FieldChange> Take(Template known, NetworkTemplate now, ITemplateCatalogue network)
    {
        var changes = new List<FieldChange>();
        Note(changes, "name", $"{known.Name} ({known.Language})", $"{now.Name} ({now.Language})");
        Note(changes, "status", known.Status, now.Status);
        Note(changes, "category", known.Category, now.Category);
        Note(changes, "quality", known.Quality, now.Quality);
        Note(changes, "reason", known.Reason, now.Reason);
        if (!SameJson(known.Components, now.Components) || known.Named != now.Named)
        {
            changes.AddRange(Parts(network.FormOf(known.ToNetwork()).Look, network.FormOf(now).Look));
            // Networks renew the signed links of their samples at every call; what a person would see decides.
            if (known.Named != now.Named || !SameShape(known.Components, now.Components)) Fallback(changes);
        }
        (known.Name, known.Language, known.Status, known.Category) = (now.Name, now.Language, now.Status, now.Category);
        (known.Quality, known.Reason, known.Named, known.Components) = (now.Quality, now.Reason, now.Named, now.Components);
        return changes;
    }

    public static string Write(IReadOnlyList<FieldChange> changes) => JsonSerializer.Serialize(changes, Json.Options);

    public static List<FieldChange> Read(string json) => JsonSerializer.Deserialize<List<FieldChange>>(json, Json.Options)!;

    private static IEnumerable<FieldChange> Parts(TemplateLook before, TemplateLook after)
    {
        var changes = new List<FieldChange>();
        Note(changes, "header", Say(before.Header), Say(after.Header));
        Note(changes, "body", before.Body, after.Body);
        Note(changes, "footer", before.Footer, after.Footer);
        Note(changes, "buttons", Say(before.Buttons), Say(after.Buttons));
        return changes;
    }

    private static void Fallback(List<FieldChange> changes)
    {
        if (!changes.Exists(c => c.Field is "header" or "body" or "footer" or "buttons")) changes.Add(new("components", null, null));
    }

    private static void Note(List<FieldChange> changes, string field, string? from, string? to)
    {
        if (from != to) changes.Add(new FieldChange(field, Cut(from), Cut(to)));
    }

    private static string? Cut(string? text) => text is { Length: > Longest } ? text[..Longest] : text;

    private static string? Say(TemplateHeader? header) => header is null ? null : header.Kind == "text" ? header.Text : $"[{header.Kind}]";

    private static string Say(IReadOnlyList<TemplateButton> buttons) =>
        string.Join(" · ", buttons.Select(b => b.Value is null ? b.Text : $"{b.Text} → {b.Value}"));

    private static bool SameJson(string a, string b) => JsonNode.DeepEquals(JsonNode.Parse(a), JsonNode.Parse(b));

    /// <summary>Equal but for the samples.</summary>
    private static bool SameShape(string a, string b)
    {
        var (one, other) = (JsonNode.Parse(a), JsonNode.Parse(b));
        Strip(one);
        Strip(other);
        return JsonNode.DeepEquals(one, other);
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray list) foreach (var item in list) Strip(item);
        if (node is not JsonObject thing) return;
        thing.Remove("example");
        foreach (var (_, value) in thing) Strip(value);
    }
}
