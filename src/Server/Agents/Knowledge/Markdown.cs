using System.Text.RegularExpressions;

namespace ChatOperator.Agents.Knowledge;

/// <summary>Reads as much of Markdown as people write into articles, and turns it into text for a chat.</summary>
internal static partial class Markdown
{
    /// <summary>The sections of an article, each with its blocks (paragraphs, lists) as plain text.</summary>
    public static IEnumerable<(string Heading, List<string> Blocks)> Sections(string markdown)
    {
        var (heading, blocks, lines) = ("", new List<string>(), new List<string>());
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            if (Heading().Match(line) is { Success: true } found)
            {
                EndBlock();
                if (blocks.Count > 0) yield return (heading, blocks);
                (heading, blocks) = (Plain(found.Groups[1].Value), []);
            }
            else if (line.Trim().Length == 0) EndBlock();
            else lines.Add(line);
        }
        EndBlock();
        if (blocks.Count > 0) yield return (heading, blocks);

        void EndBlock()
        {
            if (lines.Count > 0) blocks.Add(string.Join('\n', Flow(lines)));
            lines.Clear();
        }
    }

    // The lines of a paragraph flow together; those of a list and of a table stay apart.
    private static IEnumerable<string> Flow(List<string> lines)
    {
        var paragraph = "";
        foreach (var line in lines)
        {
            if (Rule().IsMatch(line)) continue;
            var isItem = Item().IsMatch(line) || line.TrimStart().StartsWith('|');
            if (isItem || paragraph.StartsWith('•'))
            {
                if (paragraph.Length > 0 && isItem) yield return paragraph;
                paragraph = isItem ? Plain(line) : $"{paragraph} {Plain(line)}";
            }
            else paragraph = paragraph.Length == 0 ? Plain(line) : $"{paragraph} {Plain(line)}";
        }
        if (paragraph.Length > 0) yield return paragraph;
    }

    private static string Plain(string line)
    {
        line = Item().Replace(line, "• ");
        line = Quote().Replace(line, "");
        line = Image().Replace(line, "$1");
        line = Link().Replace(line, "$1 ($2)");
        line = Emphasis().Replace(line, "$2");
        if (line.TrimStart().StartsWith('|')) line = string.Join(" – ", line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()));
        return line.Replace("`", "", StringComparison.Ordinal).Trim();
    }

    [GeneratedRegex(@"^\s{0,3}#{1,6}\s+(.+?)\s*#*\s*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*([-*+]|\d{1,3}[.)])\s+")]
    private static partial Regex Item();

    [GeneratedRegex(@"^\s*>\s?")]
    private static partial Regex Quote();

    /// <summary>A horizontal rule, or the line under a table's head.</summary>
    [GeneratedRegex(@"^\s*(([-*_]\s*){3,}|\|?(\s*:?-{2,}:?\s*\|)+(\s*:?-{2,}:?\s*)?)$")]
    private static partial Regex Rule();

    [GeneratedRegex(@"!\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Image();

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)\s]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(\*\*|__|\*|~~)(?=\S)(.+?)(?<=\S)\1")]
    private static partial Regex Emphasis();
}
