using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ChatOperator.Harness;
using ChatOperator.Hosting;

namespace ChatOperator.Cluster.Tests;

/// <summary>
/// Thousands of messages through networks that drop, delay, refuse and repeat, while the servers are killed and frozen. In the end each
/// phone must have each message exactly once, in order, and never two requests closer than the spacing.
/// </summary>
public sealed class OutboxCrash : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly CrashPlan _plan;
    private readonly Installation _installation;
    private readonly TestSandbox _sandbox;
    private readonly Nodes _nodes;
    private readonly Balancer _balancer;
    private readonly List<(Guid Conversation, TestPhone Phone)> _chats = [];

    private OutboxCrash(CrashPlan plan, Installation installation, TestSandbox sandbox, Nodes nodes, Balancer balancer) =>
        (_plan, _installation, _sandbox, _nodes, _balancer) = (plan, installation, sandbox, nodes, balancer);

    public static async Task<CrashResult> RunAsync(CrashPlan plan)
    {
        var installation = await Installation.CreateAsync(plan.Provider);
        installation.Settings["Outbox:SendTimeoutSeconds"] = "3";
        if (plan.Nodes > 1)
        {
            installation.Settings["Cluster:Enabled"] = "true";
            installation.Settings["Secrets:Key"] = Convert.ToBase64String(new byte[32]);
        }
        var nodes = await Nodes.StartAsync(installation, plan.Nodes);
        await using var run = new OutboxCrash(plan, installation, await TestSandbox.StartAsync(), nodes, await Balancer.StartAsync(nodes.Addresses));
        return await run.RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _balancer.DisposeAsync();
        await _nodes.DisposeAsync();
        await _sandbox.DisposeAsync();
        await _installation.DisposeAsync();
    }

    private async Task<CrashResult> RunAsync()
    {
        var took = Stopwatch.StartNew();
        await ConnectAsync();
        using var over = new CancellationTokenSource();
        var trouble = MakeTroubleAsync(over.Token);
        var killing = _nodes.KillAsync(_plan.Kills);
        await Task.WhenAll(_chats.Select(WriteAsync).Append(killing));
        await over.CancelAsync();
        await trouble;
        await _sandbox.HealAsync();
        await DrainAsync();
        return await CountAsync(took.Elapsed);
    }

    private async Task ConnectAsync()
    {
        var api = _nodes.Any;
        var milliseconds = _plan.Spacing.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        var settings = new Dictionary<string, object?>
        {
            ["phone_number_id"] = "777", ["waba_id"] = "9777", ["access_token"] = "token-777", ["app_secret"] = "secret-777",
            ["verify_token"] = "verify-777", ["base_url"] = _sandbox.Address.ToString().TrimEnd('/'), ["spacing_ms"] = milliseconds,
            ["settle_seconds"] = "5", ["rate_per_second"] = "500",
        };
        var account = await api.PostAsync("/admin/channel-accounts", new { channel = "whatsapp_cloud", name = "Crash", settings });
        settings.Remove("base_url");
        settings["channel"] = "whatsapp_cloud";
        settings["webhook_url"] = new Uri(_balancer.Address, new Uri(account.GetProperty("webhook_url").GetString()!).PathAndQuery).ToString();
        settings["throughput_per_second"] = 0;
        settings["pair_limit"] = false;
        settings["read"] = "never";
        await _sandbox.Control.PostAsync("/control/accounts", settings);
        for (var i = 0; i < _plan.Chats; i++)
        {
            var phone = _sandbox.Phone($"54911{60_000_000 + i}");
            await phone.SaysAsync("Hola");
            _chats.Add((default, phone));
        }
        await Eventually.TrueAsync(async () => (await ListAsync(api)).Count == _plan.Chats, 60);
        var ids = await ListAsync(api);
        for (var i = 0; i < _plan.Chats; i++) _chats[i] = (ids["+" + _chats[i].Phone.Digits], _chats[i].Phone);
    }

    private static async Task<Dictionary<string, Guid>> ListAsync(Api api)
    {
        var all = new Dictionary<string, Guid>();
        for (var offset = 0; ; offset += 200)
        {
            var page = (await api.GetAsync($"/admin/chats/summary?limit=200&offset={offset}")).EnumerateArray().ToList();
            foreach (var chat in page) all[chat.GetProperty("customer_phone").GetString()!] = chat.GetProperty("id").GetGuid();
            if (page.Count < 200) return all;
        }
    }

    /// <summary>A client as it should be: one message after the other, each with its key, repeated until it is answered.</summary>
    private async Task WriteAsync((Guid Conversation, TestPhone Phone) chat)
    {
        for (var i = 0; i < _plan.Messages; i++)
            await _nodes.PostAsync(
                "/admin/whatsapp/send", new { conversation_id = chat.Conversation, message = Text(i), channel_source = "whatsapp" },
                $"{chat.Phone.Digits}-{i}");
    }

    private static string Text(int i) => i.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>One kind of trouble after the other, each striking a part of the requests.</summary>
    private async Task MakeTroubleAsync(CancellationToken cancel)
    {
        object[] plans =
        [
            new { send = new { drop = "after", rate = 0.15 } },
            new { send = new { drop = "before", rate = 0.1 } },
            new { send = new { delay_ms = 700, rate = 0.3 }, webhook = new { delay_ms = 300, rate = 0.5 } },
            new { send = new { http = 503, rate = 0.1 }, webhook = new { duplicate = true, rate = 0.5 } },
            new { send = new { http = 500, accept = true, rate = 0.1 }, webhook = new { reorder = true } },
            new { send = new { status_before_response = true, rate = 0.5 } },
            new { send = new { code = 131056, rate = 0.05 } },
            new { send = new { code = 131000, rate = 0.05 }, webhook = new { duplicate = true, reorder = true } },
            new { send = new { drop = "after", delay_ms = 200, rate = 0.2 } },
        ];
        for (var i = 0; !cancel.IsCancellationRequested; i++)
        {
            await _sandbox.FaultsAsync(plans[i % plans.Length]);
            await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DrainAsync()
    {
        var (waited, last) = (Stopwatch.StartNew(), -1L);
        while (waited.Elapsed < Patience)
        {
            var accepted = (await _sandbox.Control.GetAsync("/control/sends/summary")).GetProperty("distinct").GetInt64();
            if (accepted >= _plan.Chats * _plan.Messages) break;
            if (accepted != last) (last, waited) = (accepted, Stopwatch.StartNew());
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }
        // Whatever would be sent twice has its chance to be.
        await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System);
    }

    private async Task<CrashResult> CountAsync(TimeSpan took)
    {
        int lost = 0, doubled = 0, misordered = 0, tooClose = 0, attempts = 0;
        foreach (var (_, phone) in _chats)
        {
            var sends = (await _sandbox.Control.GetAsync($"/control/sends?phone={phone.Digits}&limit=100000")).EnumerateArray().ToList();
            var texts = sends.Where(s => s.GetProperty("outcome").GetString() == "accepted").Select(s => s.GetProperty("text").GetString()!).ToList();
            attempts += sends.Count;
            lost += Enumerable.Range(0, _plan.Messages).Count(i => !texts.Contains(Text(i)));
            doubled += texts.Count - texts.Distinct().Count();
            misordered += texts.Distinct().Zip(texts.Distinct().Skip(1)).Count(p => string.CompareOrdinal(p.First, p.Second) > 0);
            var times = sends.Select(s => s.GetProperty("arrived_at").GetDateTimeOffset()).Order().ToList();
            tooClose += times.Zip(times.Skip(1)).Count(p => p.Second - p.First < _plan.Spacing);
        }
        return new CrashResult(_plan.Chats * _plan.Messages, attempts, _nodes.Killed, lost, doubled, misordered, tooClose, took);
    }
}
