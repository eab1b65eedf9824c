using ChatOperator.Hosting;

namespace ChatOperator.Cluster.Tests;

/// <summary>How hard a crash run is.</summary>
/// <param name="Nodes">Server processes over one database; more than one needs PostgreSQL.</param>
/// <param name="Chats">Conversations that are written to at the same time.</param>
/// <param name="Messages">Messages in each conversation.</param>
/// <param name="Kills">SIGKILLs, and with several nodes as many freezes, spread over the run.</param>
public sealed record CrashPlan(DatabaseProvider Provider, int Nodes, int Chats, int Messages, int Kills)
{
    public TimeSpan Spacing { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The plan with what the command line of <c>dev/crash</c> says instead.</summary>
    public CrashPlan FromEnvironment() => this with
    {
        Chats = Number("CRASH_CHATS", Chats), Messages = Number("CRASH_MESSAGES", Messages), Kills = Number("CRASH_KILLS", Kills),
    };

    private static int Number(string name, int fallback) => int.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : fallback;
}

/// <summary>What the phones and the network's ledger say in the end. Everything but the counts must be 0.</summary>
public sealed record CrashResult(int Expected, int Attempts, int Killed, int Lost, int Doubled, int Misordered, int TooClose, TimeSpan Took)
{
    /// <summary>How the servers fared, what became of what is lost, and the stories of what came twice.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    public bool IsClean => Lost == 0 && Doubled == 0 && Misordered == 0 && TooClose == 0;

    public override string ToString() =>
        $"messages {Expected}, requests {Attempts}, killed {Killed}, took {Took.TotalSeconds:0} s: " +
        $"lost {Lost}, doubled {Doubled}, misordered {Misordered}, too close {TooClose}" +
        string.Concat(Lines.Select(line => $"\n  {line}"));
}
