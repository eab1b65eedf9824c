using System.ClientModel;
using System.Globalization;
using System.Net;
using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Agents.Models;

/// <summary>Why a model did not answer, as a value.</summary>
/// <param name="Code">Stable word: credentials_invalid, quota_exhausted, rate_limited, model_not_found, model_unreachable, model_timeout, model_broken, model_refused, answer_cut,
/// answer_filtered, answer_too_long.</param>
/// <param name="Retriable">Whether the same call may succeed a little later.</param>
/// <param name="Said">The endpoint's own words, cut.</param>
/// <param name="RetryAfter">Its wish, when it has one.</param>
internal sealed record ModelFailure(string Code, bool Retriable, string Said, TimeSpan? RetryAfter = null)
{
    private const int MostWords = 300;

    /// <summary>
    /// The model would not come to a whole answer however often it is asked: the matter is a person's.
    /// </summary>
    public bool HandsOver => Code is "answer_cut" or "answer_filtered" or "answer_too_long";

    /// <summary>It ended for another reason than having said all; null: it had.</summary>
    public static ModelFailure? OfFinish(Microsoft.Extensions.AI.ChatFinishReason? finish) => finish?.Value switch
    {
        null => Broken("The answer broke off."),
        "length" => new("answer_cut", false, "The model reached its limit of tokens in the middle of its answer."),
        "content_filter" => new("answer_filtered", false, "The model's content filter held the answer back."),
        _ => null,
    };

    /// <summary>More than anybody would read in a chat, or an endpoint that never stops.</summary>
    public static readonly ModelFailure Endless = new("answer_too_long", false, "The model's answer had no end.");

    /// <summary>A stream that ended before the model had finished, or an answer without content.</summary>
    public static ModelFailure Broken(string said) => new("model_broken", true, said);

    public static ModelFailure Of(Exception e) => e switch
    {
        ModelException known => known.Failure,
        ClientResultException { Status: > 0 } answered => OfAnswer(answered),
        OperationCanceledException or TimeoutException => new("model_timeout", true, "No answer in time."),
        HttpRequestException or IOException or ClientResultException => new("model_unreachable", true, Cut(Innermost(e).Message)),
        JsonException or FormatException or InvalidOperationException or ArgumentException => Broken(Cut(e.Message)),
        AggregateException { InnerException: { } inner } => Of(inner),
        _ => new("model_broken", false, Cut(e.Message)),
    };

    /// <summary>For an operator: what it means and what to do.</summary>
    public (Words Detail, Words NextStep) Explain() => Code switch
    {
        "credentials_invalid" => (
            new($"The model's endpoint refuses the API key. {Said}", $"El servicio del modelo rechaza la clave. {Said}"),
            new("Enter a valid key in the agent's settings.", "Cargá una clave válida en la configuración del agente.")),
        "quota_exhausted" => (
            new($"The model's account has no credit left. {Said}", $"La cuenta del modelo no tiene saldo. {Said}"),
            new("Top up the account with the provider, then run the agent again.", "Recargá la cuenta del proveedor y volvé a ejecutar el agente.")),
        "rate_limited" => (
            new($"The model's endpoint asks for fewer calls. {Said}", $"El servicio del modelo pide menos llamadas. {Said}"),
            new("Wait a little, or raise the limit with the provider.", "Esperá un poco o aumentá el límite con el proveedor.")),
        "model_not_found" => (
            new($"The endpoint does not know this model or address. {Said}", $"El servicio no conoce este modelo o dirección. {Said}"),
            new("Check the model's name and address.", "Revisá el nombre y la dirección del modelo.")),
        "model_unreachable" => (
            new($"The model's address cannot be reached. {Said}", $"No se llega a la dirección del modelo. {Said}"),
            new("Check the address, and whether the endpoint runs.", "Revisá la dirección y que el servicio funcione.")),
        "answer_cut" or "answer_too_long" => (
            new($"The model does not come to an end. {Said}", "El modelo no llega a terminar su respuesta."),
            new("Ask for short answers in the instructions, or raise the model's limit.", "Pedí respuestas cortas en las instrucciones, o subí el límite del modelo.")),
        "answer_filtered" => (
            new("The model's content filter held the answer back.", "El filtro de contenido del modelo retuvo la respuesta."),
            new("Answer it yourself.", "Respondé vos.")),
        "model_timeout" => (
            new("The model did not answer in time.", "El modelo no respondió a tiempo."),
            new("Try again; a smaller model answers faster.", "Reintentá; un modelo más chico responde más rápido.")),
        "model_refused" => (
            new($"The endpoint refuses the request. {Said}", $"El servicio rechaza el pedido. {Said}"),
            new("Check the model's name and its temperature.", "Revisá el nombre del modelo y su temperatura.")),
        _ => (
            new($"The model's answer could not be read. {Said}", $"No se pudo leer la respuesta del modelo. {Said}"),
            new("Try again; if it stays, check that the endpoint is OpenAI-compatible.", "Reintentá; si persiste, revisá que el servicio sea compatible con OpenAI.")),
    };

    private static ModelFailure OfAnswer(ClientResultException answered)
    {
        var (code, said) = Error(answered);
        var after = RetryAfterOf(answered);
        return (answered.Status, code) switch
        {
            (429, "insufficient_quota") or (402, _) => new("quota_exhausted", false, said),
            (429, _) => new("rate_limited", true, said, after),
            (401 or 403, _) => new("credentials_invalid", false, said),
            (404, _) => new("model_not_found", false, said),
            (408 or >= 500, _) => new("model_unreachable", true, said, after),
            _ => new("model_refused", false, said),
        };
    }

    private static (string? Code, string Said) Error(ClientResultException answered)
    {
        try
        {
            var body = answered.GetRawResponse()?.Content.ToString() ?? "";
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
                return (Text(error, "code") ?? Text(error, "type"), Cut(Text(error, "message") ?? ""));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not every endpoint words its errors as OpenAI does.
        }
        return (null, Cut($"HTTP {answered.Status} {(HttpStatusCode)answered.Status}"));
    }

    private static TimeSpan? RetryAfterOf(ClientResultException answered) =>
        answered.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var text) == true
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 3600
            ? TimeSpan.FromSeconds(seconds) : null;

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;

    private static string Cut(string words) => words.Length <= MostWords ? words : words[..MostWords];
}

/// <summary>The model did not answer, and trying again was useless or not enough.</summary>
internal sealed class ModelException(ModelFailure failure, Exception? why = null) : Exception(failure.Said, why)
{
    public ModelFailure Failure { get; } = failure;
}
