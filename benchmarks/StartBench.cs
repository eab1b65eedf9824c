using System.Diagnostics;
using ChatOperator.Harness;
using ChatOperator.Hosting;

namespace ChatOperator.Bench;

/// <summary>
/// From the start of a process until it says it is ready, on an installation that has been used before and on an empty one (schema
/// included), and its resident memory after some quiet seconds.
/// </summary>
internal static class StartBench
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(Options options)
    {
        foreach (var database in options.Text("databases", "sqlite,postgres").Split(','))
        {
            List<double> first = [], again = [], idle = [];
            for (var round = 0; round < options.Number("rounds", 3); round++)
            {
                await using var installation = await Installation.CreateAsync(Enum.Parse<DatabaseProvider>(database, ignoreCase: true));
                first.Add((await MeasureAsync(installation, TimeSpan.Zero)).Ready);
                var (ready, memory) = await MeasureAsync(installation, Quiet);
                again.Add(ready);
                idle.Add(memory);
            }
            Print.Line($"start.{database}.ready", Print.Median(again), "s");
            Print.Line($"start.{database}.first.ready", Print.Median(first), "s");
            Print.Line($"start.{database}.idle", Print.Median(idle), "MB");
        }
    }

    private static async Task<(double Ready, double Memory)> MeasureAsync(Installation installation, TimeSpan quiet)
    {
        var clock = Stopwatch.StartNew();
        await using var server = await ServerProcess.StartAsync(installation);
        var ready = clock.Elapsed.TotalSeconds;
        await Task.Delay(quiet, TimeProvider.System);
        return (ready, server.ResidentBytes / 1048576.0);
    }
}
