using ChatOperator.Harness;

namespace ChatOperator.Bench;

/// <summary>
/// What the demo's bakery knows, from dev/demo/knowledge: a file that begins with a title is an article; one of second-level headings holds
/// questions, each in one or more wordings, and their answers.
/// </summary>
internal static class DemoKnowledge
{
    public static IEnumerable<object> Read() =>
        Directory.GetFiles(Repository.File("dev", "demo", "knowledge"), "*.md").Order(StringComparer.Ordinal).SelectMany(file => Entries(File.ReadAllText(file)));

    private static IEnumerable<object> Entries(string text)
    {
        if (text.StartsWith("# ", StringComparison.Ordinal))
        {
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            return [new { title = text[2..end].Trim(), body = text[end..].Trim() }];
        }
        return text.Split("\n## ").Select(part => part.TrimStart('#', ' ').Trim().Split('\n')).Select(lines =>
        {
            var wordings = lines.TakeWhile((line, i) => i == 0 || line.EndsWith('?')).ToList();
            return (object)new { question = string.Join('\n', wordings), answer = string.Join('\n', lines.Skip(wordings.Count)).Trim() };
        });
    }
}
