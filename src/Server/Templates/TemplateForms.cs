using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;

namespace ChatOperator.Templates;

/// <summary>What fills a template.</summary>
public interface ITemplateValues
{
    TemplateParameters? Parameters { get; }
    TemplateHeader? Header { get; }
    IReadOnlyList<ButtonValue>? Buttons { get; }
}

/// <summary>A template to be sent.</summary>
/// <param name="TemplateId">Ours.</param>
/// <param name="ConversationId">The chat; or <paramref name="To"/>.</param>
/// <param name="To">A number (with country code) or network id to write to first; a chat with that person is found or begun.</param>
/// <param name="AccountId">With <paramref name="To"/>: the account that writes, when several share the template.</param>
/// <param name="Name">With <paramref name="To"/>: how a new contact is called.</param>
/// <param name="Parameters">Texts in reading order (header, body, buttons), or an object by the variables' names.</param>
/// <param name="Header">For headers that are files or places.</param>
/// <param name="Buttons">For buttons, when not among <paramref name="Parameters"/>.</param>
/// <param name="ChannelSource">When given, it must be the conversation's own.</param>
/// <param name="NotBefore">A scheduled send.</param>
public sealed record TemplateSend(
    Guid TemplateId, Guid? ConversationId = null, string? To = null, Guid? AccountId = null, string? Name = null, TemplateParameters? Parameters = null,
    TemplateHeader? Header = null, IReadOnlyList<ButtonValue>? Buttons = null, string? ChannelSource = null, DateTimeOffset? NotBefore = null,
    bool TakeOver = false)
    : ITemplateValues;

/// <summary>Values to look at a template with; nothing is sent.</summary>
/// <param name="ConversationId">Checks that this contact can get it, too.</param>
public sealed record TemplatePreview(
    Guid? ConversationId = null, TemplateParameters? Parameters = null, TemplateHeader? Header = null, IReadOnlyList<ButtonValue>? Buttons = null)
    : ITemplateValues;

/// <summary>The value of a button.</summary>
/// <param name="Index">Its place in the template, from 0.</param>
/// <param name="Value">The end of its address, its code, or what a quick reply gives back.</param>
public sealed record ButtonValue(int Index, string Value);

/// <summary>Either a list or an object of texts.</summary>
[JsonConverter(typeof(TemplateParametersConverter))]
public sealed record TemplateParameters(IReadOnlyList<string>? InOrder, IReadOnlyDictionary<string, string>? ByName);

/// <summary>Reads both forms; numbers are taken as they are written.</summary>
internal sealed class TemplateParametersConverter : JsonConverter<TemplateParameters>
{
    public override TemplateParameters Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        return json.RootElement.ValueKind switch
        {
            JsonValueKind.Array => new TemplateParameters([.. json.RootElement.EnumerateArray().Select(Text)], null),
            JsonValueKind.Object => new TemplateParameters(null, json.RootElement.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => Text(p.Value))),
            _ => throw new JsonException("parameters is a list or an object of texts."),
        };
    }

    public override void Write(Utf8JsonWriter writer, TemplateParameters value, JsonSerializerOptions options)
    {
        if (value.InOrder is not null) JsonSerializer.Serialize(writer, value.InOrder, options);
        else JsonSerializer.Serialize(writer, value.ByName ?? new Dictionary<string, string>(), options);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        _ => throw new JsonException("parameters holds texts."),
    };
}

/// <summary>Filling a template for a caller: what does not fit is a problem that names the parameter.</summary>
internal static class Filling
{
    /// <exception cref="Problem">409 template_not_approved, template_not_sendable; 422 template_parameter_invalid, recipient_phone_required.</exception>
    public static TemplateContent Fill(this Template template, ITemplateValues given, string? to, string language)
    {
        var network = CatalogueKey.NetworkOf(template.Channel) ?? throw Problem.NotFound();
        CheckSendable(template, network.FormOf(template.ToNetwork()));
        var buttons = new Dictionary<int, string>();
        foreach (var button in given.Buttons ?? []) buttons[button.Index] = button.Value;
        var values = new TemplateValues(given.Parameters?.InOrder, given.Parameters?.ByName, given.Header, buttons);
        return network.Fill(template.ToNetwork(), values, to) switch
        {
            FilledTemplate filled => filled.Content,
            UnfitTemplate unfit => throw Unfit(unfit, language),
            _ => throw new InvalidOperationException("A template fits or does not."),
        };
    }

    private static void CheckSendable(Template template, TemplateForm form)
    {
        if (!form.Approved)
            throw new Problem(
                409, "template_not_approved", $"The network has this template as {template.Status}; it sends only approved ones.",
                "Choose an approved template, or synchronise the templates if it was approved just now.");
        if (form.Unsendable.Count > 0)
            throw new Problem(
                409, "template_not_sendable", $"The template has parts that cannot be filled here: {string.Join(", ", form.Unsendable)}.",
                "Choose another template, or send this one from the network's own tools.");
    }

    private static Problem Unfit(UnfitTemplate unfit, string language) =>
        new(422, unfit.Code, $"{unfit.Parameter}: {unfit.Why.In(language)}",
            unfit.Code == "template_parameter_invalid"
                ? "Correct this parameter and send again; GET /admin/templates says what each template takes."
                : "Ask the person for their number, or send another template.")
        {
            More = { ["parameter"] = unfit.Parameter },
        };
}
