using System.Globalization;
using System.Text.Json;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>Whether a send fills its template exactly: the right language, every variable, the right kind of each.</summary>
internal static class TemplateRules
{
    private const int LongestBody = 1024;

    public static GraphError? Check(JsonElement sent, TemplateSet templates)
    {
        if (sent.Text("name") is not { Length: > 0 } name) return GraphError.Of(131008, "The parameter template['name'] is required.");
        if (sent.Object("language")?.Text("code") is not { Length: > 0 } language)
            return GraphError.Of(131008, "The parameter template['language']['code'] is required.");
        if (templates.Find(name, language) is not { } template)
            return GraphError.Of(132001, $"template name ({name}) does not exist in {language}");
        if (template.Status == "PAUSED") return GraphError.Of(132015, $"template {name} is paused due to low quality");
        if (template.Status == "DISABLED") return GraphError.Of(132016, $"template {name} is disabled");
        if (template.Status != "APPROVED") return GraphError.Of(132001, $"template name ({name}) is not approved in {language}");
        return CheckHeader(sent, template) ?? CheckBody(sent, template) ?? CheckButtons(sent, template);
    }

    /// <summary>The values that a send gives to the variables of a component, by position or by name.</summary>
    public static Dictionary<string, string> Values(JsonElement sent, string component)
    {
        var values = new Dictionary<string, string>();
        foreach (var (parameter, index) in Parameters(sent, component).Select((one, index) => (one, index)))
            values[parameter.Text("parameter_name") ?? (index + 1).ToString(CultureInfo.InvariantCulture)] = Shown(parameter);
        return values;
    }

    private static JsonElement[] Parameters(JsonElement sent, string component) =>
        [.. sent.Items("components").Where(one => Is(one, component)).SelectMany(one => one.Items("parameters"))];

    private static bool Is(JsonElement component, string type) => string.Equals(component.Text("type"), type, StringComparison.OrdinalIgnoreCase);

    private static string Shown(JsonElement parameter) => parameter.Text("type") switch
    {
        "currency" => parameter.Object("currency")?.Text("fallback_value") ?? "",
        "date_time" => parameter.Object("date_time")?.Text("fallback_value") ?? "",
        _ => parameter.Text("text") ?? "",
    };

    private static GraphError? CheckBody(JsonElement sent, Template template)
    {
        var parameters = Parameters(sent, "body");
        if (CheckVariables("body", Template.Variables(template.BodyText), parameters, template.Named) is { } wrong) return wrong;
        return Template.Fill(template.BodyText, Values(sent, "body")).Length > LongestBody
            ? GraphError.Of(132005, $"body: the filled text is longer than {LongestBody} characters") : null;
    }

    private static GraphError? CheckHeader(JsonElement sent, Template template)
    {
        var parameters = Parameters(sent, "header");
        var format = template.Component("HEADER")?.Text("format") ?? "TEXT";
        if (format == "TEXT")
            return CheckVariables("header", Template.Variables(template.Component("HEADER")?.Text("text")), parameters, template.Named);
        if (parameters.Length != 1)
            return GraphError.Of(132012, $"header: Format mismatch, expected {format}, received UNKNOWN");
        var kind = format.ToLowerInvariant();
        if (parameters[0].Text("type") != kind || parameters[0].Object(kind) is not { } media)
            return GraphError.Of(132012, $"header: Format mismatch, expected {format}, received {parameters[0].Text("type")?.ToUpperInvariant() ?? "UNKNOWN"}");
        return kind == "location" || media.Text("id") is not null || media.Text("link") is not null
            ? null : GraphError.Of(131008, $"header: {kind} needs an id or a link");
    }

    private static GraphError? CheckVariables(string where, string[] variables, JsonElement[] parameters, bool named)
    {
        if (parameters.Length != variables.Length)
            return GraphError.Of(132000, $"{where}: number of localizable_params ({parameters.Length}) does not match the expected number of params ({variables.Length})");
        foreach (var parameter in parameters)
        {
            var name = parameter.Text("parameter_name");
            if (named && (name is null || !variables.Contains(name)))
                return GraphError.Of(132000, $"{where}: parameter_name {name ?? "is missing"} is not one of {string.Join(", ", variables)}");
            if (!named && name is not null)
                return GraphError.Of(100, $"{where}: parameter_name is not allowed in a template with positional parameters");
            if (parameter.Text("type") is not ("text" or "currency" or "date_time"))
                return GraphError.Of(132012, $"{where}: Format mismatch, expected TEXT");
            var text = Shown(parameter);
            if (text.Length == 0) return GraphError.Of(131008, $"{where}: Parameter of type text is missing text value");
            if (text.AsSpan().ContainsAny('\n', '\t') || text.Contains("     ", StringComparison.Ordinal))
                return GraphError.Of(132012, $"{where}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces");
        }
        return null;
    }

    private static GraphError? CheckButtons(JsonElement sent, Template template)
    {
        var buttons = template.Buttons;
        var given = new HashSet<int>();
        foreach (var component in sent.Items("components").Where(one => Is(one, "button")))
        {
            if (component.Number("index") is not { } index || index < 0 || index >= buttons.Length)
                return GraphError.Of(132012, $"button: index {component.Text("index") ?? "is missing"} does not exist in the template");
            given.Add((int)index);
            var expected = buttons[(int)index].Text("type") switch { "QUICK_REPLY" => "quick_reply", "COPY_CODE" => "copy_code", "FLOW" => "flow", _ => "url" };
            if (!string.Equals(component.Text("sub_type"), expected, StringComparison.OrdinalIgnoreCase))
                return GraphError.Of(132012, $"button: Button at index {index} is not of type {component.Text("sub_type")}");
        }
        for (var index = 0; index < buttons.Length; index++)
            if (Template.Variables(buttons[index].Text("url")).Length > 0 && !given.Contains(index))
                return GraphError.Of(131008, $"buttons: Button at index {index} of type Url requires a parameter");
        return null;
    }
}
