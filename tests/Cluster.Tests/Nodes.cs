using System.Diagnostics;
using ChatOperator.Harness;

namespace ChatOperator.Cluster.Tests;

/// <summary>The servers of a run: each keeps its port when it is killed and started again.</summary>
public sealed class Nodes : IAsyncDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestLull = TimeSpan.FromSeconds(15);

    private readonly Installation _installation;
    private readonly ServerProcess[] _processes;
    private readonly HttpClient[] _clients;
    private readonly Random _random = new(20261122);
    private int _turn;

    private Nodes(Installation installation, ServerProcess[] processes)
    {
        (_installation, _processes) = (installation, processes);
        _clients = [.. processes.Select(p => new HttpClient
        {
            BaseAddress = p.Address, Timeout = LongestAnswer,
        })];
    }

    public IReadOnlyList<Uri> Addresses => [.. _processes.Select(p => p.Address)];

    public Api Any => _processes[0].Api;

    /// <summary>SIGKILLs and freezes so far.</summary>
    public int Killed { get; private set; }

    public static async Task<Nodes> StartAsync(Installation installation, int count)
    {
        var processes = new ServerProcess[count];
        for (var i = 0; i < count; i++) processes[i] = await ServerProcess.StartAsync(installation);
        return new Nodes(installation, processes);
    }

    /// <summary>
    /// Kills in the midst of traffic, spread over so many sends, and starts again; of several nodes one is now and then frozen beyond every
    /// deadline instead.
    /// </summary>
    /// <param name="sent">Sends so far.</param>
    public async Task KillAsync(int times, int total, Func<Task<long>> sent)
    {
        for (var i = 0; i < times; i++)
        {
            var (mark, waited) = (total * (i + _random.NextDouble()) / times, Stopwatch.StartNew());
            while (await sent() < mark && waited.Elapsed < LongestLull) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            var node = _random.Next(_processes.Length);
            if (_processes.Length > 1 && i % 2 == 1) await FreezeAsync(_processes[node]);
            else await RestartAsync(node);
            Killed++;
        }
    }

    /// <summary>Posts to one node or another until one answers. Needs a key, since an answer may be lost after the work was done.</summary>
    public async Task PostAsync(string token, string path, object body, string key)
    {
        for (var tries = 0; ; tries++)
        {
            var client = _clients[Interlocked.Increment(ref _turn) % _clients.Length];
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = System.Net.Http.Json.JsonContent.Create(body) };
                request.Headers.Authorization = new("Bearer", token);
                request.Headers.Add("Idempotency-Key", key);
                using var answer = await client.SendAsync(request);
                if (answer.IsSuccessStatusCode) return;
                if ((int)answer.StatusCode < 500 || tries > 1500)
                    throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }
            catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException or IOException)
            {
                if (tries > 1500) throw;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        foreach (var process in _processes) await process.DisposeAsync();
    }

    private async Task RestartAsync(int node)
    {
        var port = _processes[node].Address.Port;
        await _processes[node].KillAsync();
        await _processes[node].DisposeAsync();
        _processes[node] = await ServerProcess.StartAsync(_installation, port);
    }

    private static async Task FreezeAsync(ServerProcess process)
    {
        process.Freeze();
        await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System);
        process.Thaw();
    }
}
