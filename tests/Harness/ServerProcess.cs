using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ChatOperator.Harness;

/// <summary>The server as its own process, to be killed the hard way. Runs what the build left in src/Server/bin.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private bool _disposed;

    private ServerProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        Api = new Api(address, Installation.BootstrapToken);
        process.OutputDataReceived += (_, line) => { if (line.Data is not null) _output.Enqueue(line.Data); };
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) _output.Enqueue(line.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>Speaks as the platform administrator.</summary>
    public Api Api { get; }

    public int Id => _process.Id;

    /// <summary>Both output streams so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="port">A fixed port, so that a restarted server stands where the networks call; null: a free one.</param>
    /// <param name="program">The server's assembly; null: what the build left.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; the message has its output.</exception>
    public static async Task<ServerProcess> StartAsync(
        Installation installation, int? port = null, double seconds = 120, string? program = null, params (string Key, string Value)[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{port ?? FreePort.Next()}");
        var start = new ProcessStartInfo("dotnet", program ?? Repository.Output("src/Server", "ChatOperator.Server.dll"))
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = installation.DataDirectory,
        };
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["CHATOPERATOR__PublicUrl"] = address.ToString().TrimEnd('/');
        foreach (var (key, value) in installation.Settings) start.Environment["CHATOPERATOR__" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        foreach (var (key, value) in settings) start.Environment["CHATOPERATOR__" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var server = new ServerProcess(Process.Start(start)!, address);
        try
        {
            await Eventually.TrueAsync(server.ReadyAsync, seconds, "the server answers /readyz");
            return server;
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException($"The server did not become ready: {failure.Message}\n{server.Output}", failure);
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the wait for the orderly end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        Signal(SigTerm);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>SIGSTOP: alive, connected, and silent until <see cref="Thaw"/>.</summary>
    public void Freeze() => Signal(SigStop);

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signal(SigCont);

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        Api.Dispose();
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;

    private void Signal(int signal)
    {
        if (Kill(_process.Id, signal) != 0) throw new InvalidOperationException($"kill -{signal} {_process.Id} failed");
    }

    private async Task<bool> ReadyAsync()
    {
        if (_process.HasExited) throw new InvalidOperationException($"it ended with exit code {_process.ExitCode}");
        try
        {
            using var answer = await Api.SendAsync(HttpMethod.Get, "/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException) { return false; }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
