using System.Diagnostics;
using System.Globalization;

namespace ChatOperator.Bench;

/// <summary>One round of load: 128 keep-alive connections, as fast as the answers come, or a given number a second.</summary>
/// <param name="Rate">Requests per second.</param>
/// <param name="P50">Median latency, ms.</param>
/// <param name="P99">99th percentile, ms.</param>
/// <param name="Refused">Answers other than 2xx or 3xx.</param>
internal sealed record Load(double Rate, long Requests, double P50, double P99, long Refused)
{
    private const int Connections = 128;

    /// <param name="file">Requests of one length, one after the other.</param>
    /// <param name="offered">Requests a second; 0: as many as go.</param>
    public static async Task<Load> RunAsync(Uri target, string file, int length, int seconds, int offered = 0)
    {
        var rest = offered == 0 ? 0 : 1000 * Connections / offered;
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[$"-t1", $"-c{Connections}", $"-d{seconds}s", "--timeout", "30s", "-s",
            Path.Combine(AppContext.BaseDirectory, "replay.lua"), target.ToString(), "--", file, length.ToString(CultureInfo.InvariantCulture),
            rest.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        using var wrk = Process.Start(start)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        var result = output.Split('\n').FirstOrDefault(l => l.StartsWith("RESULT ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException("wrk gave no result:\n" + output);
        var n = result.Split(' ')[1..].Select(v => long.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        if (n[5] > 0) throw new InvalidOperationException($"{n[5]} connections failed:\n{output}");
        return new Load(n[0] / (n[1] / 1e6), n[0], n[2] / 1000.0, n[3] / 1000.0, n[4]);
    }
}
