using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatOperator.Sandbox.Model;

/// <summary>
/// What the model says when nobody told it what to say: like a small but sensible model it looks things up when it can, answers from what
/// it found, and fetches a person when it found nothing or is asked for one.
/// </summary>
internal static partial class SmallModel
{
    private const string Search = "search_knowledge";
    private const string HandOff = "hand_off";

    public static ModelAnswer Answer(ModelRequest request)
    {
        // Businesses fence what customers write into tags; a model reads through them.
        var said = Tags().Replace(request.LastUserText, " ").Trim();
        var spanish = Spanish().IsMatch(said.ToLowerInvariant());
        if (request.ToolResult is { } result) return AfterTool(request, result, said, spanish);
        if (May(request, HandOff) && WantsPerson().IsMatch(said)) return Leave(said, spanish ? "pidió hablar con una persona" : "asked for a person");
        if (Greeting().IsMatch(said)) return ModelAnswer.Say(spanish || said.StartsWith("hola", StringComparison.OrdinalIgnoreCase)
            ? "¡Hola! ¿En qué te puedo ayudar?" : "Hello! How can I help you?");
        if (May(request, Search)) return ModelAnswer.Call(Search, new JsonObject { ["query"] = said });
        return ModelAnswer.Say(spanish ? "Gracias por tu mensaje. ¿Me das un poco más de detalle?" : "Thank you for your message. Could you tell me a little more?");
    }

    private static ModelAnswer AfterTool(ModelRequest request, string result, string said, bool spanish)
    {
        if (request.ToolOfResult == HandOff)
            return ModelAnswer.Say(spanish ? "Te paso con una persona del equipo." : "I am passing you on to a person of our team.");
        if (Passage(result) is { } found) return ModelAnswer.Say(found);
        if (request.ToolOfResult == Search && May(request, HandOff)) return Leave(said, spanish ? "no encontré la respuesta" : "found no answer");
        return ModelAnswer.Say(request.ToolOfResult == Search
            ? spanish ? "No encontré esa información." : "I did not find that."
            : spanish ? "Listo, ya está hecho." : "Done.");
    }

    /// <summary>The text of the best hit, however the tool spells its results.</summary>
    private static string? Passage(string result)
    {
        try
        {
            return JsonNode.Parse(result) is (JsonArray or JsonObject) and var node ? Passage(node) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Passage(JsonNode? node) => node switch
    {
        JsonArray list => list.Select(Passage).FirstOrDefault(text => text is not null),
        JsonObject hit when (hit["passage"] ?? hit["answer"] ?? hit["text"]) is JsonValue text && text.ToString() is { Length: > 0 } said => said,
        JsonObject wrapped => wrapped.Select(property => Passage(property.Value)).FirstOrDefault(text => text is not null),
        _ => null,
    };

    private static ModelAnswer Leave(string said, string reason) =>
        ModelAnswer.Call(HandOff, new JsonObject { ["reason"] = reason, ["summary"] = said.Length > 200 ? said[..200] : said });

    private static bool May(ModelRequest request, string tool) => request.MayCallTools && request.Tools.Contains(tool);

    [GeneratedRegex(@"</?[a-zA-Z_][^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"[¿¡ñáéíóú]|\b(que|como|cuando|donde|para|tienen|quiero|hola|gracias|una?|los?|las?|el|con|por)\b")]
    private static partial Regex Spanish();

    [GeneratedRegex(@"\b(humano|persona|operador|asesor|human|person|operator|representative|someone real)\b", RegexOptions.IgnoreCase)]
    private static partial Regex WantsPerson();

    [GeneratedRegex(@"^\W*(hola|buen[oa]s?( (d[ií]as?|tardes|noches))?|hello|hi|hey|good (morning|afternoon|evening))\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Greeting();
}
