using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ChatOperator.Agents.Knowledge;

/// <summary>Turns an article's Markdown into text for a chat.</summary>
internal static class Markdown
{
    // Without HTML, what somebody writes in angle brackets is text.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().DisableHtml().Build();

    /// <summary>The sections of an article, each with its blocks (paragraphs, lists) as plain text.</summary>
    public static IEnumerable<(string Heading, List<string> Blocks)> Sections(string markdown)
    {
        var (heading, blocks) = ("", new List<string>());
        foreach (var block in Markdig.Markdown.Parse(markdown, Pipeline))
            if (block is HeadingBlock title)
            {
                if (blocks.Count > 0) yield return (heading, blocks);
                (heading, blocks) = (Plain(title.Inline).Trim(), []);
            }
            else if (Plain(block, "• ") is { Length: > 0 } text) blocks.Add(text);
        if (blocks.Count > 0) yield return (heading, blocks);
    }

    private static string Plain(Block block, string bullet) => block switch
    {
        ListBlock list => Lines(list.Select(item => Plain(item, bullet))),
        ListItemBlock item => bullet + Lines(item.Select(part => Plain(part, bullet))),
        Table table => Lines(table.OfType<TableRow>().Select(row => string.Join(" – ", row.OfType<TableCell>().Select(cell => Lines(cell.Select(part => Plain(part, bullet))))))),
        ContainerBlock container => Lines(container.Select(part => Plain(part, bullet))),
        CodeBlock code => code.Lines.ToString().Trim(),
        LeafBlock { Inline: { } inline } => Plain(inline),
        _ => "",
    };

    // The lines of a paragraph flow together.
    private static string Plain(Inline? inline) => inline switch
    {
        LiteralInline text => text.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        AutolinkInline link => link.Url,
        LinkInline { IsImage: false, Url: { Length: > 0 } url } link when Inside(link) is var text => text == url ? url : $"{text} ({url})",
        ContainerInline container => Inside(container),
        _ => "",
    };

    private static string Inside(ContainerInline container) => string.Concat(container.Select(Plain));

    private static string Lines(IEnumerable<string> parts) => string.Join('\n', parts.Where(p => p.Length > 0));
}
