using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace ChatOperator.Bench;

/// <summary>Processor time spent, in seconds.</summary>
internal static class Cpu
{
    public static double Of(int process)
    {
        using var p = Process.GetProcessById(process);
        return p.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>The PostgreSQL server on the other end of the connection: backends that ended are in their parent's sum.</summary>
    public static double OfPostgres(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        var server = ParentOf((int)command.ExecuteScalar()!);
        return Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Where(p => p == server || ParentOf(p) == server)
            .Sum(p => SecondsOf($"/proc/{p}/stat"));
    }

    /// <summary>What the compiler that works in the background has used in this .NET process: it replaces code that runs often by better code.</summary>
    public static double OfCompiler(int process) => Directory.GetDirectories($"/proc/{process}/task")
        .Where(thread => File.ReadAllText(Path.Combine(thread, "comm")).StartsWith(".NET Tiered", StringComparison.Ordinal))
        .Sum(thread => SecondsOf(Path.Combine(thread, "stat")));

    private static double SecondsOf(string file) =>
        // Fields 14–17 of stat: user, system, and those of ended children, in hundredths of a second.
        Fields(file) is { } fields ? fields[11..15].Sum(f => double.Parse(f, CultureInfo.InvariantCulture)) / 100 : 0;

    private static int ParentOf(int process) => Fields($"/proc/{process}/stat") is { } fields ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;

    /// <summary>What stands after the name; null when the process is gone.</summary>
    private static string[]? Fields(string file)
    {
        try
        {
            var stat = File.ReadAllText(file);
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException) { return null; }
    }
}
