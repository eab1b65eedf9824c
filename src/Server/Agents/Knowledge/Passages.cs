using ChatOperator.Agents.Knowledge.Words;

namespace ChatOperator.Agents.Knowledge;

/// <summary>Cuts an entry into the passages that are searched and said, with their words.</summary>
internal static class Passages
{
    /// <summary>Characters of a passage; a longer one is too much for a chat bubble.</summary>
    private const int MaxLength = 600;

    public static (List<KnowledgePassage> Passages, List<KnowledgeWord> Words) Of(KnowledgeEntry entry)
    {
        var passages = Cut(entry).Select((part, i) => new KnowledgePassage
        {
            TenantId = entry.TenantId, EntryId = entry.Id, Number = i + 1, Heading = part.Heading, Text = part.Text,
        }).ToList();
        return (passages, passages.ConvertAll(p => Words(entry, p)).SelectMany(w => w).ToList());
    }

    /// <summary>The languages a text is read in: its own, or both when it does not tell.</summary>
    public static string[] Tongues(string language) => language.Length > 0 ? [language] : [Tongue.Spanish, Tongue.English];

    private static IEnumerable<(string Heading, string Text)> Cut(KnowledgeEntry entry)
    {
        foreach (var (heading, blocks) in Markdown.Sections(entry.Body))
        {
            if (entry.Kind == KnowledgeKind.Question)
            {
                // An answer is one thing to say, however it is laid out.
                yield return ("", string.Join("\n\n", Markdown.Sections(entry.Body).SelectMany(s => s.Heading.Length > 0 ? [s.Heading, .. s.Blocks] : s.Blocks)));
                yield break;
            }
            var text = "";
            foreach (var block in blocks.SelectMany(Halve))
            {
                if (text.Length > 0 && text.Length + block.Length > MaxLength)
                {
                    yield return (heading, text);
                    text = "";
                }
                text = text.Length == 0 ? block : $"{text}\n\n{block}";
            }
            if (text.Length > 0) yield return (heading, text);
        }
    }

    /// <summary>Cuts a block that is too long for one passage between lines or sentences.</summary>
    private static IEnumerable<string> Halve(string block)
    {
        while (block.Length > MaxLength)
        {
            var head = block.AsSpan(0, MaxLength);
            var at = head.LastIndexOf('\n') is > 0 and var line ? line : head.LastIndexOf(". ") is > 0 and var sentence ? sentence + 1
                : head.LastIndexOf(' ') is > 0 and var word ? word : MaxLength;
            yield return block[..at].Trim();
            block = block[at..].Trim();
        }
        if (block.Length > 0) yield return block;
    }

    private static IEnumerable<KnowledgeWord> Words(KnowledgeEntry entry, KnowledgePassage passage)
    {
        var title = Keys($"{entry.Title}\n{passage.Heading}", entry.Language);
        return title.Union(Keys(passage.Text, entry.Language)).Select(word => new KnowledgeWord
        {
            TenantId = entry.TenantId, Word = word, EntryId = entry.Id, Number = passage.Number, InTitle = title.Contains(word),
        });
    }

    private static HashSet<string> Keys(string text, string language) =>
        [.. Tongues(language).SelectMany(tongue => Term.Of(text, tongue)).SelectMany(term => term.Weak ? [term.Stem] : term.Meanings.Append(term.Stem))];
}
