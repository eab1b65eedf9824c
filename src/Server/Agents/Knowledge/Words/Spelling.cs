namespace ChatOperator.Agents.Knowledge.Words;

/// <summary>Finds the word that was meant when one was mistyped.</summary>
internal static class Spelling
{
    /// <summary>Shorter words differ from too many others by one letter.</summary>
    public const int ShortestWord = 5;

    private const int TwoErrorsFrom = 9;

    /// <summary>The nearest of the words, or null when none is near enough or two are equally near.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length < ShortestWord) return null;
        var allowed = word.Length >= TwoErrorsFrom ? 2 : 1;
        var (best, distance, tie) = ((string?)null, allowed + 1, false);
        foreach (var candidate in known)
        {
            // Two letters more or less make another word: present and president.
            if (Math.Abs(candidate.Length - word.Length) > 1) continue;
            var errors = Errors(word, candidate, allowed);
            if (errors < distance) (best, distance, tie) = (candidate, errors, false);
            else if (errors == distance && errors <= allowed && candidate != best) tie = true;
        }
        return distance > allowed || tie ? null : best;
    }

    /// <summary>Letters added, left out, replaced or swapped with their neighbour; gives up beyond <paramref name="limit"/>.</summary>
    private static int Errors(string a, string b, int limit)
    {
        var (before, last, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }
            if (least > limit) return limit + 1;
            (before, last, row) = (last, row, before);
        }
        return last[b.Length];
    }
}
