using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Xunit;

namespace ChatOperator.Server.Tests.Architecture;

/// <summary>The order of the slices inside the server, read from the compiled assembly, method bodies included.</summary>
public sealed class SliceTests
{
    /// <summary>A slice may use its own layer and those to its left. The first layer is one ground: its parts know each other.</summary>
    private static readonly string[][] Layers =
    [
        ["Hosting", "Db", "Tenancy", "Changes"],
        ["ChannelAccounts", "Contacts", "Operators", "Snippets"],
        ["Conversations", "Attachments"],
        ["Outbox"],
        ["Templates", "Agents"],
        ["Widget", "Intake"],
        ["Live", "Traces", "Health"],
    ];

    private static readonly Lazy<HashSet<(string From, string To, string Because)>> Uses = new(ReadUses);

    [Fact]
    public void Every_slice_has_its_place()
    {
        var unknown = Uses.Value.SelectMany(u => (string[])[u.From, u.To]).Distinct().Except(Layers.SelectMany(l => l)).Order();
        Assert.Empty(unknown);
    }

    [Fact]
    public void Slices_use_only_what_stands_left_of_them()
    {
        var wrong = Uses.Value.Where(u => Layer(u.From) < Layer(u.To)).Select(u => $"{u.From} uses {u.To}: {u.Because}").Order();
        Assert.Empty(wrong);
    }

    [Fact]
    public void Slices_have_no_cycles()
    {
        var uses = Uses.Value.Where(u => Layer(u.From) > 0).Select(u => (u.From, u.To)).Distinct().ToLookup(u => u.From, u => u.To);
        Assert.Empty(uses.Select(u => u.Key).Where(slice => Reaches(uses, slice, slice)).Order());
    }

    [Fact]
    public void The_reading_sees_into_asynchronous_bodies() =>
        // Sign-in opens the database only inside asynchronous bodies: were they missed, the tests above would prove nothing.
        Assert.Contains(Uses.Value, u => u is { From: "Operators", To: "Db" });

    private static int Layer(string slice) => Array.FindIndex(Layers, l => l.Contains(slice));

    private static bool Reaches(ILookup<string, string> uses, string from, string target)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>(uses[from]);
        while (open.TryPop(out var slice))
        {
            if (slice == target) return true;
            if (seen.Add(slice)) foreach (var next in uses[slice]) open.Push(next);
        }
        return false;
    }

    private static HashSet<(string, string, string)> ReadUses() =>
        new ArchLoader().LoadAssemblies(typeof(Program).Assembly).Build().Types
            .SelectMany(type => type.Dependencies)
            .Select(d => (From: Slice(d.Origin), To: Slice(d.Target), Because: $"{d.Origin.Name} -> {d.Target.Name}"))
            .Where(u => u.From is not null && u.To is not null && u.From != u.To)
            .Select(u => (u.From!, u.To!, u.Because))
            .ToHashSet();

    /// <summary>ChatOperator.Intake.Store.Row stands in Intake; the channels' and the program's own types stand in none.</summary>
    private static string? Slice(IType type)
    {
        // Type parameters stand in no assembly.
        if (type.Assembly?.Name.StartsWith("ChatOperator.Server", StringComparison.Ordinal) != true) return null;
        var parts = type.FullName.Split('.', '/', '+');
        return parts.Length > 2 && parts[0] == nameof(ChatOperator) ? parts[1] : null;
    }
}
