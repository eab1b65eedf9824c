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

    private static double SecondsOf(Process process)
    {
        try
        {
            // Fields 14–17 of stat: user, system, and those of ended children, in hundredths of a second.
            var stat = File.ReadAllText($"/proc/{process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[11..15].Sum(f => double.Parse(f, CultureInfo.InvariantCulture)) / 100;
        }
        catch (IOException) { return 0; }
    }
}
