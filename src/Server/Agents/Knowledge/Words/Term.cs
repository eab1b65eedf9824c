namespace ChatOperator.Agents.Knowledge.Words;

/// <summary>One word of a text as the index knows it.</summary>
/// <param name="Word">As typed, without accents and capitals.</param>
/// <param name="Stem">With its language: <c>es:orari</c>.</param>
/// <param name="Meanings">What it means beyond itself: <c>#hours</c>.</param>
/// <param name="Hints">What it may have to do with.</param>
/// <param name="Weak">Every other question has it.</param>
internal sealed record Term(string Word, string Stem, string[] Meanings, string[] Hints, bool Weak)
{
    /// <summary>The terms of a text read in one language, in order; empty words left out.</summary>
    public static List<Term> Of(string text, string tongue) =>
        [.. Knowledge.Words.Meanings.Join(Letters.Words(text)).Where(word => !Pack.Of(tongue).IsEmpty(word)).Select(word => OfWord(word, tongue))];

    /// <summary>A word that is known to be one, and not empty.</summary>
    public static Term OfWord(string word, string tongue)
    {
        var pack = Pack.Of(tongue);
        // A lone number says little: 2 cakes, 20 people.
        return OfStem(word, pack.Stem(word), tongue) with { Weak = pack.IsWeak(word) || word.All(char.IsDigit) };
    }

    public static Term OfStem(string word, string stem, string tongue)
    {
        var meanings = Knowledge.Words.Meanings.Of(word, stem, tongue).ToLookup(m => m[0] == Knowledge.Words.Meanings.Hint);
        return new Term(word, $"{tongue}:{stem}", [.. meanings[false]], [.. meanings[true].Select(m => m[1..])], Weak: false);
    }
}
