using System.Diagnostics;
using System.Globalization;

namespace ChatOperator.Crash;

/// <summary>Commands of the system.</summary>
internal static class Tool
{
    /// <exception cref="InvalidOperationException">It failed; with its words.</exception>
    public static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command} {string.Join(' ', arguments)}: {error}");
    }

    /// <summary>Whether a process was started by this one.</summary>
    public static bool IsChild(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
    }
}
