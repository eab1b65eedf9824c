using System.Text.RegularExpressions;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Xunit;

namespace ChatOperator.Server.Tests.Architecture;

/// <summary>Documents age faster than code; what can be compared is.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public async Task Every_setting_is_documented()
    {
        var page = await File.ReadAllTextAsync(Repository.File("docs", "configuration.md"));
        Assert.All(Names(typeof(Settings), ""), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        var documents = Directory.GetFiles(Repository.Root, "*.md").Concat(Directory.GetFiles(Repository.File("docs"), "*.md", SearchOption.AllDirectories));
        var broken = documents.SelectMany(d => Link().Matches(File.ReadAllText(d)).Select(m => (Document: d, Target: m.Groups[1].Value)))
            .Where(l => !Path.Exists(Path.Combine(Path.GetDirectoryName(l.Document)!, l.Target)))
            .Select(l => $"{Path.GetFileName(l.Document)} -> {l.Target}");
        Assert.Empty(broken);
    }

    /// <summary>Database__Provider for each value that can be set.</summary>
    private static IEnumerable<string> Names(Type settings, string prefix) => settings.GetProperties().SelectMany(p =>
        p.PropertyType.Namespace == settings.Namespace && p.PropertyType.IsClass ? Names(p.PropertyType, $"{prefix}{p.Name}__") : [prefix + p.Name]);

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#\s]+)[^)]*\)")]
    private static partial Regex Link();
}
