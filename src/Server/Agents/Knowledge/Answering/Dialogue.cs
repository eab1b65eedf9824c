using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOperator.Agents.Knowledge.Words;
using ChatOperator.Hosting;
using Microsoft.Extensions.AI;

namespace ChatOperator.Agents.Knowledge.Answering;

/// <summary>A conversation as the embedded answerer needs it: what was said last, and what our tools found since.</summary>
internal sealed partial class Dialogue
{
    /// <summary>The property of a message that is a sticker.</summary>
    public const string Sticker = "sticker";

    private const int ShortFollowUp = 5;

    /// <summary>Earlier messages that may have named what is talked of.</summary>
    private const int FarBack = 6;

    private Dialogue(string said, bool onlySticker, string ours, List<string> before, string tongue, IReadOnlyList<string> results, bool handedOff) =>
        (Said, OnlySticker, Ours, _before, Tongue, Results, HandedOff) = (said, onlySticker, ours, before, tongue, results, handedOff);

    private readonly List<string> _before;

    /// <summary>What the customer wrote since we last spoke.</summary>
    public string Said { get; }

    /// <summary>What we said last, or "".</summary>
    public string Ours { get; }

    /// <summary>They sent nothing but stickers since.</summary>
    public bool OnlySticker { get; }

    /// <summary>What the customer wrote before that, or "".</summary>
    public string Before => _before.Count == 0 ? "" : _before[^1];

    /// <summary>The customer's language: of these words, else of the ones before.</summary>
    public string Tongue { get; }

    /// <summary>What the searches of this turn answered.</summary>
    public IReadOnlyList<string> Results { get; }

    /// <summary>The hand-off tool was used in this turn.</summary>
    public bool HandedOff { get; }

    public static Dialogue Of(IEnumerable<ChatMessage> messages)
    {
        var lines = messages.Where(m => m.Role != ChatRole.System).ToList();
        var lastUser = lines.FindLastIndex(m => m.Role == ChatRole.User);
        var firstUser = lastUser;
        while (firstUser > 0 && lines[firstUser - 1].Role == ChatRole.User) firstUser--;
        var ours = firstUser > 0 ? lines.FindLastIndex(firstUser - 1, m => m.Role == ChatRole.Assistant && m.Text.Length > 0) : -1;
        var before = ours > 0 ? lines.Take(ours).Where(m => m.Role == ChatRole.User && m.Text.Length > 0).TakeLast(FarBack).Select(m => m.Text).ToList() : [];
        var said = lastUser < 0 ? "" : string.Join('\n', lines[firstUser..(lastUser + 1)].Select(m => m.Text)).Trim();
        var earlier = string.Join('\n', lines.Where(m => m.Role == ChatRole.User).Select(m => m.Text));
        var tongue = Words.Tongue.Of(said) ?? Words.Tongue.Of(earlier) ?? (ours >= 0 ? Words.Tongue.Of(lines[ours].Text) : null) ?? Words.Tongue.Spanish;
        var (results, handedOff) = Since(lines, lastUser);
        var onlySticker = said.Length == 0 && lastUser >= 0 && lines[firstUser..(lastUser + 1)].TrueForAll(m => m.AdditionalProperties?.ContainsKey(Sticker) == true);
        return new Dialogue(said, onlySticker, ours < 0 ? "" : lines[ours].Text, before, tongue, results, handedOff);
    }

    /// <summary>
    /// What to look for: all of it, then each of several questions. What names no matter ("how much is it?", "and on Sundays?") is asked of
    /// the matter that was talked of.
    /// </summary>
    public List<string> Questions()
    {
        var asked = (Chosen() ?? Said).ReplaceLineEndings(", ");
        var topic = Chosen() is null ? _before.FindLast(b => Intents.Of(b) == Intent.Question && !Facets.Only(b)) : null;
        if (topic is not null && Facets.Only(asked)) return [$"{topic.ReplaceLineEndings(" ")} {asked}"];
        var clauses = Clauses.Of(Chosen() ?? Said);
        List<string> questions = [asked, .. clauses.Count > 1 ? clauses : []];
        if (topic is not null && FollowUp().IsMatch(asked) && Letters.Words(asked).Count <= ShortFollowUp) questions.Add($"{topic.ReplaceLineEndings(" ")} {asked}");
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
        if (offered.Count == 1 && Talk.In(Said).Contains(Intent.Yes)) return offered[0];
        var number = Ordinal().Match(words) is { Success: true } found
            ? Array.FindIndex(Ordinals, o => o.Contains(found.Groups["n"].Value, StringComparer.Ordinal)) : -1;
        return number >= 0 && number < offered.Count ? offered[number]
            : offered.Find(o => string.Join(' ', Letters.Words(o)) == words);
    }

    /// <summary>The passages that were found for a question, however the tool's answer is wrapped.</summary>
    public List<KnowledgeHit> Found(string question) => [.. (_found ??= Read()).Where(f => f.Query == question).SelectMany(f => f.Hits)];

    /// <summary>The search was made, whatever came of it.</summary>
    public bool HasSearched => Results.Count > 0;

    private List<KnowledgeFound>? _found;

    private List<KnowledgeFound> Read()
    {
        var found = new List<KnowledgeFound>();
        foreach (var text in Results)
            try
            {
                var from = text.IndexOf('[', StringComparison.Ordinal);
                var to = text.LastIndexOf(']');
                if (from >= 0 && to > from) found.AddRange(JsonSerializer.Deserialize<List<KnowledgeFound>>(text[from..(to + 1)], Json.Options) ?? []);
            }
            catch (JsonException)
            {
                // The tool told of trouble instead of passages, or its answer was cut: nothing was found.
            }
        return found;
    }

    private static readonly string[][] Ordinals =
    [
        ["1", "uno", "una", "primero", "primera", "primer", "one", "first"], ["2", "dos", "segundo", "segunda", "two", "second"], ["3", "tres", "tercero", "tercera", "tercer", "three", "third"],
    ];

    private static (List<string>, bool) Since(List<ChatMessage> lines, int lastUser)
    {
        var (results, searches, handedOff) = (new List<string>(), new HashSet<string>(), false);
        foreach (var content in lines.Skip(lastUser + 1).SelectMany(m => m.Contents))
            if (content is FunctionCallContent { Name: EmbeddedAnswerer.Search } call) searches.Add(call.CallId);
            else if (content is FunctionCallContent { Name: EmbeddedAnswerer.HandOff }) handedOff = true;
            else if (content is FunctionResultContent result && searches.Contains(result.CallId))
                results.Add(result.Result switch
                {
                    string text => text,
                    JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
                    var other => JsonSerializer.Serialize(other, Json.Options),
                });
        return (results, handedOff);
    }

    [GeneratedRegex(@"^\W*(y|and|what about|how about|que tal|qué tal|pero|but|o|or)\b", RegexOptions.IgnoreCase)]
    private static partial Regex FollowUp();

    [GeneratedRegex(@"^(\d)\. (.+)$", RegexOptions.Multiline)]
    private static partial Regex Option();

    [GeneratedRegex(@"^(?:la |el |lo |the |number |numero |opcion |option |quiero |es )*(?<n>1|2|3|un[oa]|dos|tres|primer[oa]?|segund[oa]|tercer[oa]?|one|two|three|first|second|third)(?: one| opcion| option| por favor| please)*$")]
    private static partial Regex Ordinal();
}
