using ChatOperator.Agents.Knowledge.Words;

namespace ChatOperator.Agents.Knowledge.Answering;

/// <summary>Makes a chat message of what was found: as much of a passage as answers, in the words it was written in.</summary>
internal static class Composition
{
    /// <summary>A message up to this long is read at a glance.</summary>
    private const int Comfortable = 400;

    /// <summary>The answer to a question.</summary>
    /// <param name="question">What the passage was found for.</param>
    /// <param name="tongue">The customer's language.</param>
    public static string Answer(string question, KnowledgeHit hit, string tongue)
    {
        var text = hit.Passage.Length <= Comfortable ? hit.Passage : Excerpt(question, hit.Passage, hit.Language);
        return hit.Language.Length > 0 && hit.Language != tongue ? $"{Phrases.In(tongue).OtherLanguageOnly}\n\n{text}" : text;
    }

    /// <summary>Offers topics to choose from.</summary>
    public static string Offer(string before, IEnumerable<string> topics, string after) =>
        $"{before}\n{string.Join('\n', topics.Select((t, i) => $"{i + 1}. {t}"))}\n{after}";

    /// <summary>Lists what one can ask about, not to choose from.</summary>
    public static string Bullets(string before, IEnumerable<string> topics, string after) =>
        $"{before}\n{string.Join('\n', topics.Select(t => $"• {t}"))}\n{after}";

    // Whole paragraphs in their order, those that speak of the question first to be kept; a list keeps the line that leads into it.
    private static string Excerpt(string question, string passage, string language)
    {
        var asked = Query.Of(question).Keys.ToHashSet();
        var blocks = passage.Split("\n\n");
        var keep = new SortedSet<int>();
        var length = 0;
        foreach (var (block, i) in blocks.Select((b, i) => (b, i)).OrderByDescending(b => Relevance(b.b)).ThenBy(b => b.i))
        {
            if (keep.Count > 0 && (length + block.Length > Comfortable || Relevance(block) == 0)) continue;
            length += block.Length;
            keep.Add(i);
            if (block.StartsWith('•') && i > 0) keep.Add(i - 1);
        }
        return string.Join("\n\n", keep.Select(i => blocks[i]));

        int Relevance(string block) => Passages.Tongues(language).SelectMany(t => Term.Of(block, t))
            .SelectMany(t => t.Meanings.Append(t.Stem)).Distinct().Count(asked.Contains);
    }
}
