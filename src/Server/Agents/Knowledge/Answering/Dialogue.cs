using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOperator.Agents.Knowledge.Words;
using ChatOperator.Hosting;
using Microsoft.Extensions.AI;

namespace ChatOperator.Agents.Knowledge.Answering;

/// <summary>A conversation as the embedded answerer needs it: what was said last, and what our tools found since.</summary>
internal sealed partial class Dialogue
{
    private const int MaxClauses = 4;
    private const int ShortFollowUp = 5;

    private Dialogue(string said, string ours, string before, string tongue, IReadOnlyDictionary<string, string> results, bool handedOff) =>
        (Said, Ours, Before, Tongue, Results, HandedOff) = (said, ours, before, tongue, results, handedOff);

    /// <summary>What the customer wrote since we last spoke.</summary>
    public string Said { get; }

    /// <summary>What we said last, or "".</summary>
    public string Ours { get; }

    /// <summary>What the customer wrote before that, or "".</summary>
    public string Before { get; }

    /// <summary>The customer's language: of these words, else of the ones before.</summary>
    public string Tongue { get; }

    /// <summary>What was searched for in this turn, and what the tool answered.</summary>
    public IReadOnlyDictionary<string, string> Results { get; }

    /// <summary>The hand-off tool was used in this turn.</summary>
    public bool HandedOff { get; }

    public static Dialogue Of(IEnumerable<ChatMessage> messages)
    {
        var lines = messages.Where(m => m.Role != ChatRole.System).ToList();
        var lastUser = lines.FindLastIndex(m => m.Role == ChatRole.User);
        var firstUser = lastUser;
        while (firstUser > 0 && lines[firstUser - 1].Role == ChatRole.User) firstUser--;
        var ours = firstUser > 0 ? lines.FindLastIndex(firstUser - 1, m => m.Role == ChatRole.Assistant && m.Text.Length > 0) : -1;
        var before = ours > 0 ? lines.FindLastIndex(ours - 1, m => m.Role == ChatRole.User) : -1;
        var said = lastUser < 0 ? "" : string.Join('\n', lines[firstUser..(lastUser + 1)].Select(m => m.Text)).Trim();
        var earlier = string.Join('\n', lines.Where(m => m.Role == ChatRole.User).Select(m => m.Text));
        var tongue = Words.Tongue.Of(said) ?? Words.Tongue.Of(earlier) ?? (ours >= 0 ? Words.Tongue.Of(lines[ours].Text) : null) ?? Words.Tongue.Spanish;
        var (results, handedOff) = Since(lines, lastUser);
        return new Dialogue(said, ours < 0 ? "" : lines[ours].Text, before < 0 ? "" : lines[before].Text, tongue, results, handedOff);
    }

    /// <summary>
    /// What to look for: all of it, then each sentence when there are several, and what a short follow-up ("and on Sundays?") may refer to.
    /// </summary>
    public List<string> Questions()
    {
        var asked = Chosen() ?? Said;
        var clauses = Clauses(asked);
        var questions = new List<string> { asked };
        if (clauses.Count > 1) questions.AddRange(clauses.Take(MaxClauses));
        if (FollowUp().IsMatch(asked) && Letters.Words(asked).Count <= ShortFollowUp && Before.Length > 0) questions.Add($"{Before}\n{asked}");
        return [.. questions.Distinct()];
    }

    /// <summary>The topics we offered last, in their order.</summary>
    public List<string> Offered() => [.. Option().Matches(Ours).Select(m => m.Groups[2].Value.Trim())];

    /// <summary>The offered topic that the customer took; null when they said something else.</summary>
    public string? Chosen()
    {
        var offered = Offered();
        if (offered.Count == 0) return null;
        var words = string.Join(' ', Letters.Words(Said));
        if (offered.Count == 1 && Intents.Of(Said) == Intent.Yes) return offered[0];
        var number = Ordinal().Match(words) is { Success: true } found
            ? Array.FindIndex(Ordinals, o => o.Contains(found.Groups["n"].Value, StringComparer.Ordinal)) : -1;
        return number >= 0 && number < offered.Count ? offered[number]
            : offered.Find(o => string.Join(' ', Letters.Words(o)) == words);
    }

    /// <summary>The passages of a tool's answer, however it is wrapped; null when that search was not made.</summary>
    public List<KnowledgeHit>? Found(string question)
    {
        if (!Results.TryGetValue(question, out var text)) return null;
        try
        {
            var from = text.IndexOf('[', StringComparison.Ordinal);
            var to = text.LastIndexOf(']');
            return from < 0 || to < from ? [] : JsonSerializer.Deserialize<List<KnowledgeHit>>(text[from..(to + 1)], Json.Options) ?? [];
        }
        catch (JsonException)
        {
            // The tool told of trouble instead of passages: nothing was found.
            return [];
        }
    }

    /// <summary>The sentences of a text that ask or tell something.</summary>
    public static List<string> Clauses(string text) =>
        [.. Border().Split(text).Select(c => c.Trim()).Where(c => c.Length > 0 && Intents.Of(c) == Intent.Question && Query.Of(c).Words.Count > 0)];

    private static readonly string[][] Ordinals =
    [
        ["1", "uno", "una", "primero", "primera", "primer", "one", "first"], ["2", "dos", "segundo", "segunda", "two", "second"], ["3", "tres", "tercero", "tercera", "tercer", "three", "third"],
    ];

    private static (Dictionary<string, string>, bool) Since(List<ChatMessage> lines, int lastUser)
    {
        var (results, calls, handedOff) = (new Dictionary<string, string>(), new Dictionary<string, string>(), false);
        foreach (var content in lines.Skip(lastUser + 1).SelectMany(m => m.Contents))
            if (content is FunctionCallContent { Name: EmbeddedAnswerer.Search } call)
                calls[call.CallId] = Convert.ToString(call.Arguments?["query"], CultureInfo.InvariantCulture) ?? "";
            else if (content is FunctionCallContent { Name: EmbeddedAnswerer.HandOff }) handedOff = true;
            else if (content is FunctionResultContent result && calls.TryGetValue(result.CallId, out var query))
                results[query] = result.Result switch
                {
                    string text => text,
                    JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
                    var other => JsonSerializer.Serialize(other, Json.Options),
                };
        return (results, handedOff);
    }

    [GeneratedRegex(@"[?!;\n]+|\.\s+|,\s+|\s(?=(?:y|and)\s+(?:si|cuánto|cuanto|cuándo|cuando|qué|que|a qué|a que|cómo|como|dónde|donde|hasta|hacen|tienen|aceptan|do|is|are|what|when|where|how|can)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Border();

    [GeneratedRegex(@"^\W*(y|and|what about|how about|que tal|qué tal|pero|but|o|or)\b", RegexOptions.IgnoreCase)]
    private static partial Regex FollowUp();

    [GeneratedRegex(@"^(\d)\. (.+)$", RegexOptions.Multiline)]
    private static partial Regex Option();

    [GeneratedRegex(@"^(?:la |el |lo |the |number |numero |opcion |option |quiero |es )*(?<n>1|2|3|un[oa]|dos|tres|primer[oa]?|segund[oa]|tercer[oa]?|one|two|three|first|second|third)(?: one| opcion| option| por favor| please)*$")]
    private static partial Regex Ordinal();
}
