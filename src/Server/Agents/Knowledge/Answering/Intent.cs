using ChatOperator.Agents.Knowledge.Words;

namespace ChatOperator.Agents.Knowledge.Answering;

/// <summary>What a message is for, beside asking something.</summary>
internal enum Intent
{
    /// <summary>Wants to know something, as far as one can tell.</summary>
    Question,
    Greeting,
    Thanks,
    Goodbye,

    /// <summary>Took note of what we said.</summary>
    Acknowledgement,

    /// <summary>Asks who it is and what it can be asked.</summary>
    Help,
    WantsPerson,
    Complaint,

    /// <summary>Wants goods or a time, which only a person can promise.</summary>
    Order,

    /// <summary>An answer to a question of ours.</summary>
    Yes,
    No,
}

/// <summary>Recognises it by what the packs list; whatever fits nothing is a question.</summary>
internal static class Intents
{
    private static readonly (Intent Intent, List<(Pattern Pattern, Pack Pack)> Patterns)[] Listed =
    [
        (Intent.WantsPerson, Patterns("person")), (Intent.Complaint, Patterns("complaint")), (Intent.Help, Patterns("help")),
    ];

    public static Intent Of(string text)
    {
        var words = Letters.Words(text);
        var stems = Pack.Both.ToDictionary(p => p, p => words.ConvertAll(w => p.Stem(w)));
        foreach (var (intent, patterns) in Listed)
            if (patterns.Exists(p => p.Pattern.IsIn(stems[p.Pack]))) return intent;
        return Talk.In(text) is [var first, ..] ? first : Order.IsIn(text, words) ? Intent.Order : Intent.Question;
    }

    public static List<(Pattern Pattern, Pack Pack)> Patterns(string section) =>
        [.. Pack.Both.SelectMany(p => p.Lines(section).Select(line => (new Pattern(line, p.Stem), p)))];
}
