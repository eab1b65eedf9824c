namespace ChatOperator.Agents.Knowledge.Words;

/// <summary>One word of a text as the index knows it.</summary>
/// <param name="Word">As typed, without accents and capitals.</param>
/// <param name="Stem">With its language: <c>es:orari</c>.</param>
/// <param name="Meanings">What it means beyond itself: <c>#hours</c>.</param>
/// <param name="Weak">Every other question has it.</param>
internal sealed record Term(string Word, string Stem, string[] Meanings, bool Weak)
{
    /// <summary>The terms of a text read in one language, in order; empty words left out.</summary>
    public static List<Term> Of(string text, string tongue)
    {
        var terms = new List<Term>();
        foreach (var word in Knowledge.Words.Meanings.Join(Letters.Words(text)))
        {
            if (StopWords.IsEmpty(word, tongue)) continue;
            var stem = tongue == Tongue.Spanish ? SpanishStem.Of(word) : EnglishStem.Of(word);
            // A lone number says little: 2 cakes, 20 people.
            var weak = StopWords.IsWeak(word, tongue) || word.All(char.IsDigit);
            terms.Add(new Term(word, $"{tongue}:{stem}", Knowledge.Words.Meanings.Of(stem, tongue), weak));
        }
        return terms;
    }
}
