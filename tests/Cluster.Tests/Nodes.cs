using System.Diagnostics;
using System.Globalization;
using ChatOperator.Harness;

namespace ChatOperator.Cluster.Tests;

/// <summary>The servers of a run: each keeps its port when it is killed and started again.</summary>
public sealed class Nodes : IAsyncDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestLull = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    /// <summary>Kills that follow each other at once.</summary>
    private const int Burst = 5;

    private readonly Installation _installation;
    private readonly ServerProcess[] _processes;
    private readonly HttpClient[] _clients;
    private readonly Random _random = new(20261122);
    private readonly List<TimeSpan> _starts = [];
    private readonly List<TimeSpan> _lulls = [];
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

    /// <summary>Deaths, starts, freezes, and what the servers said of hearing.</summary>
    public List<(DateTimeOffset At, string What)> Events { get; } = [];

    /// <summary>How long starts took, and from then on the next send.</summary>
    public string Pace => $"starts took {Spread(_starts)}, the next send came {Spread(_lulls)} later";

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
    /// deadline instead. They come in bursts; after each the servers live as long again, and a settling time, since sooner silence means
    /// nothing: what was in doubt would stay so until the last kill, and be in the midst of none of them.
    /// </summary>
    /// <param name="sent">Sends so far.</param>
    public async Task KillAsync(int times, int total, Func<Task<long>> sent)
    {
        var burst = Stopwatch.StartNew();
        for (var i = 0; i < times; i++)
        {
            if (i % Burst == 0)
            {
                if (i > 0) await Task.Delay(burst.Elapsed + Calm, TimeProvider.System);
                burst.Restart();
            }
            await AwaitAsync(total * (i + _random.NextDouble()) / times, sent);
            var node = _random.Next(_processes.Length);
            if (_processes.Length > 1 && i % 2 == 1) await FreezeAsync(node);
            else await RestartAsync(node);
            Killed++;
        }
    }

    /// <summary>Waits for so many sends, or for as long as a lull may be, and notes how soon the first came.</summary>
    private async Task AwaitAsync(double mark, Func<Task<long>> sent)
    {
        var (before, waited, moved) = (await sent(), Stopwatch.StartNew(), Killed == 0);
        for (var now = before; now < mark && waited.Elapsed < LongestLull; now = await sent())
        {
            if (!moved && now > before) _lulls.Add(waited.Elapsed);
            moved |= now > before;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
        if (!moved) _lulls.Add(waited.Elapsed);
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
        var since = Stopwatch.StartNew();
        await _processes[node].KillAsync();
        Note($"node {node} is killed");
        Events.AddRange(_processes[node].Output.Split('\n').Where(l => l.Contains("Silence about sends", StringComparison.Ordinal)).Select(l => (TimeProvider.System.GetUtcNow(), $"node {node} had said: {l.Trim()}")));
        await _processes[node].DisposeAsync();
        _processes[node] = await ServerProcess.StartAsync(_installation, port);
        Note($"node {node} is ready");
        _starts.Add(since.Elapsed);
    }

    private async Task FreezeAsync(int node)
    {
        Note($"node {node} is frozen");
        _processes[node].Freeze();
        await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System);
        _processes[node].Thaw();
        Note($"node {node} is thawed");
    }

    private void Note(string what) => Events.Add((TimeProvider.System.GetUtcNow(), what));

    private static string Spread(List<TimeSpan> times) => times.Count == 0
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{times.Order().ElementAt(times.Count / 2).TotalSeconds:0.0} s (at most {times.Max().TotalSeconds:0.0} s)");
}
