using System.Text.Json;
using ChatOperator.Harness;

namespace ChatOperator.Bench;

/// <summary>Something a customer asks; the fields are told in tuning.json.</summary>
/// <param name="Kind">known | other (out of scope) | person (must reach one) | talk (needs no knowledge).</param>
internal sealed record Question(string Lang, string Text, string[]? Fact = null, string[]? Also = null, string[]? After = null, string Kind = "known")
{
    public static List<Question> ReadAll(string set) =>
        JsonDocument.Parse(File.ReadAllText(Repository.File("benchmarks", "Answers", $"{set}.json"))).RootElement.GetProperty("questions")
            .Deserialize<List<Question>>(JsonSerializerOptions.Web)!;

    /// <summary>Whether a reply tells everything that was asked.</summary>
    public bool IsToldBy(string reply) => Fact is not null && IsIn(Fact, reply) && (Also is null || IsIn(Also, reply));

    /// <summary>Whether a reply tells some of what was asked.</summary>
    public bool IsPartlyToldBy(string reply) => (Fact is not null && IsIn(Fact, reply)) || (Also is not null && IsIn(Also, reply));

    private static bool IsIn(string[] alternatives, string reply) => Array.Exists(alternatives, f => reply.Contains(f, StringComparison.Ordinal));
}

/// <summary>How a question was met.</summary>
/// <param name="Outcome">answered | asked (back, or for other words) | handed_off | talked | silent.</param>
/// <param name="Language">Of the reply; null when it does not tell.</param>
/// <param name="Found">What the searches found, for whoever tunes.</param>
internal sealed record Asked(Question Question, string Reply, string Outcome, string? Language, IReadOnlyList<string> Found)
{
    /// <summary>It asked back, and one of the topics it offered has the fact.</summary>
    public bool OfferedTheRight { get; init; }

    public bool IsAnswer => Outcome == "answered";

    public bool SpeaksRight => Language is null || Language == Question.Lang;

    /// <summary>An answer to all that was asked, in the customer's language.</summary>
    public bool IsRight => IsAnswer && SpeaksRight && Question.IsToldBy(Reply);

    /// <summary>An answer that is not beside the point, though it may leave one of two questions open.</summary>
    public bool IsTrue => IsAnswer && SpeaksRight && Question.IsPartlyToldBy(Reply);

    public bool IsGood => Question.Kind switch
    {
        "known" => IsRight,
        "other" => !IsAnswer,
        "person" => Outcome == "handed_off",
        _ => Outcome is "talked" or "silent",
    };

    /// <summary>For whoever tunes.</summary>
    public string Tell() => $"{Question.Kind} {Outcome}: {string.Join(" > ", [.. Question.After ?? [], Question.Text])}\n    {Reply.ReplaceLineEndings(" / ")}\n    {string.Join("\n    ", Found)}";
}
