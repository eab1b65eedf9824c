using System.Reflection;
using ChatOperator.Harness;
using ChatOperator.Sandbox;
using Xunit;

namespace ChatOperator.Server.Tests.Architecture;

/// <summary>Who may know whom among the three production projects.</summary>
public sealed class ProjectTests
{
    private static readonly Assembly Channels = typeof(ChatOperator.Channels.All).Assembly;

    [Fact]
    public void Channels_see_neither_storage_nor_the_web()
    {
        string[] forbidden = ["Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Data", "Npgsql", "Orleans", "SQLite"];
        var seen = Channels.GetReferencedAssemblies().Select(a => a.Name!).Where(name => forbidden.Any(f => name.StartsWith(f, StringComparison.Ordinal)));
        Assert.Empty(seen);
    }

    [Fact]
    public void The_sandbox_shares_no_code_with_what_it_checks() =>
        Assert.DoesNotContain(typeof(SandboxHost).Assembly.GetReferencedAssemblies(), a => a.Name!.StartsWith(nameof(ChatOperator), StringComparison.Ordinal));

    [Fact]
    public void A_channels_folder_is_shared_out_to_the_right_projects()
    {
        Assert.DoesNotContain(Channels.GetTypes(), t => t.Namespace is { } n && (n.Contains(".Sandbox", StringComparison.Ordinal) || n.EndsWith(".Tests", StringComparison.Ordinal)));
        var doubles = Directory.GetDirectories(Repository.File("channels"), "Sandbox", SearchOption.AllDirectories).Where(d => Directory.GetFiles(d, "*.cs").Length > 0);
        foreach (var folder in doubles)
        {
            var file = Path.GetFileNameWithoutExtension(Directory.GetFiles(folder, "*.cs").Order().First());
            Assert.Contains(typeof(SandboxHost).Assembly.GetTypes(), t => t.Name == file);
        }
    }
}
