using System.Diagnostics;
using System.Globalization;

namespace ChatOperator.Bench;

/// <summary>Processor time spent, in seconds.</summary>
internal static class Cpu
{
    public static double Of(int process)
    {
        using var p = Process.GetProcessById(process);
        return p.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>All PostgreSQL processes of this machine; the backends that ended are in their parent's sum.</summary>
    public static double OfPostgres() => Process.GetProcessesByName("postgres").Sum(SecondsOf);

    /// <summary>What the compiler that works in the background has used in this .NET process: it replaces code that runs often by better code.</summary>
    public static double OfCompiler(int process) => Directory.GetDirectories($"/proc/{process}/task")
        .Where(thread => File.ReadAllText(Path.Combine(thread, "comm")).StartsWith(".NET Tiered", StringComparison.Ordinal))
        .Sum(thread => SecondsOf(Path.Combine(thread, "stat")));

    private static double SecondsOf(Process process) => SecondsOf($"/proc/{process.Id}/stat");

    private static double SecondsOf(string file)
    {
        try
        {
            // Fields 14–17 of stat: user, system, and those of ended children, in hundredths of a second.
            var stat = File.ReadAllText(file);
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[11..15].Sum(f => double.Parse(f, CultureInfo.InvariantCulture)) / 100;
        }
        catch (IOException) { return 0; }
    }
}
