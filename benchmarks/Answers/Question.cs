using System.Text.Json;
using ChatOperator.Harness;

namespace ChatOperator.Bench;

/// <summary>Something a customer asks.</summary>
/// <param name="Fact">One of these stands in a right answer.</param>
/// <param name="Kind">known | other (out of scope) | person (wants one) | talk (needs no knowledge).</param>
/// <param name="Half">tune | held.</param>
internal sealed record Question(string Text, string[] Fact, string Kind, string Half)
{
    /// <summary>The whole set; every second question of each kind is held out, unless it names its half.</summary>
    public static List<Question> ReadAll()
    {
        var file = JsonDocument.Parse(File.ReadAllText(Repository.File("benchmarks", "Answers", "questions.json")));
        var seen = new Dictionary<string, int>();
        return [.. file.RootElement.GetProperty("questions").EnumerateArray().Select(q =>
        {
            var kind = q.TryGetProperty("kind", out var given) ? given.GetString()! : "known";
            var half = q.TryGetProperty("half", out var named) ? named.GetString()! : (seen[kind] = seen.GetValueOrDefault(kind) + 1) % 2 == 0 ? "held" : "tune";
            string[] fact = q.TryGetProperty("fact", out var facts) ? [.. facts.EnumerateArray().Select(f => f.GetString()!)] : [];
            return new Question(q.GetProperty("text").GetString()!, fact, kind, half);
        })];
    }
}

/// <summary>How a question was met.</summary>
/// <param name="Outcome">answered | asked (back, or for other words) | handed_off | talked.</param>
/// <param name="HandedOffInTheEnd">At once, or when the customer asked the same again.</param>
/// <param name="Found">What the searches found, for whoever tunes.</param>
internal sealed record Asked(Question Question, string Reply, string Outcome, bool HandedOffInTheEnd, IReadOnlyList<string> Found)
{
    /// <summary>It asked back, and one of the topics it offered has the fact.</summary>
    public bool OfferedTheRight { get; init; }

    /// <summary>An answer that has the fact.</summary>
    public bool IsRight => Outcome == "answered" && Question.Fact.Any(f => Reply.Contains(f, StringComparison.Ordinal));

    /// <summary>For whoever tunes.</summary>
    public string Tell() => $"{Question.Kind} {Outcome}: {Question.Text}\n    {Reply.ReplaceLineEndings(" / ")}\n    {string.Join("\n    ", Found)}";

    public bool IsGood => Question.Kind switch
    {
        "known" => IsRight,
        "other" => Outcome != "answered",
        "person" => Outcome == "handed_off",
        _ => Outcome == "talked",
    };
}
