using System.Diagnostics;
using ChatOperator.Harness;
using ChatOperator.Hosting;

namespace ChatOperator.Bench;

/// <summary>
/// From the start of a process until it says it is ready, on an installation that has been used before and on an empty one (schema
/// included), and its resident memory after some quiet seconds. The program is published as docs/operate.md says, since that is what
/// starts in production; <c>--build true</c> measures the plain build instead.
/// </summary>
internal static class StartBench
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(Options options)
    {
        var program = options.Text("build", "false") == "true" ? null : await PublishAsync();
        foreach (var database in options.Text("databases", "sqlite,postgres").Split(','))
        {
            List<double> first = [], again = [], idle = [];
            for (var round = 0; round < options.Number("rounds", 3); round++)
            {
                await using var installation = await Installation.CreateAsync(Enum.Parse<DatabaseProvider>(database, ignoreCase: true));
                first.Add((await MeasureAsync(installation, program, TimeSpan.Zero)).Ready);
                var (ready, memory) = await MeasureAsync(installation, program, Quiet);
                again.Add(ready);
                idle.Add(memory);
            }
            Print.Line($"start.{database}.ready", Print.Median(again), "s");
            Print.Line($"start.{database}.first.ready", Print.Median(first), "s");
            Print.Line($"start.{database}.idle", Print.Median(idle), "MB");
        }
    }

    private static async Task<(double Ready, double Memory)> MeasureAsync(Installation installation, string? program, TimeSpan quiet)
    {
        var clock = Stopwatch.StartNew();
        await using var server = await ServerProcess.StartAsync(installation, program: program);
        var ready = clock.Elapsed.TotalSeconds;
        await Task.Delay(quiet, TimeProvider.System);
        return (ready, server.ResidentBytes / 1048576.0);
    }

    /// <summary>Compiles the server ahead of time for this machine, without the console; the path of its assembly.</summary>
    private static async Task<string> PublishAsync()
    {
        var folder = Repository.File("artifacts", "published");
        var publish = Process.Start("dotnet", [
            "publish", Repository.File("src", "Server"), "-c", "Release", "--use-current-runtime", "--no-self-contained",
            "-p:PublishReadyToRun=true", "-p:SkipConsole=true", "-v", "quiet", "-o", folder,
        ]);
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0) throw new InvalidOperationException("The server could not be published.");
        return Path.Combine(folder, "ChatOperator.Server.dll");
    }
}
