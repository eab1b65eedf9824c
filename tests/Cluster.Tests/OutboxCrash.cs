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

    private const int MostStories = 8;

    private readonly CrashPlan _plan;
    private readonly Installation _installation;
    private readonly TestSandbox _sandbox;
    private readonly Nodes _nodes;
    private readonly Balancer _balancer;
    private readonly List<CrashChat> _chats = [];
    private TimeSpan _killing;

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
        var killing = _nodes.KillAsync(_plan.Kills, Parts.Count * _plan.Chats, async () =>
            (await _sandbox.Control.GetAsync("/control/counters")).GetProperty("accepted").GetInt64());
        var writing = Task.WhenAll(_chats.Select(WriteAsync));
        // Who writes waits for the kills: if they ended in trouble, that is to be told, not waited for.
        await await Task.WhenAny(killing, writing);
        await Task.WhenAll(killing, writing);
        _killing = took.Elapsed;
        await over.CancelAsync();
        await trouble;
        await _sandbox.HealAsync();
        await DrainAsync();
        return await CountAsync(took.Elapsed);
    }

    /// <summary>Two tenants, each with an account, share the chats: neither may come in the other's way.</summary>
    private async Task ConnectAsync()
    {
        var platform = _nodes.Any;
        var tenant = (await platform.PostAsync("/platform/tenants", new { name = "Second" })).GetProperty("id").GetGuid();
        var token = (await platform.PostAsync($"/platform/tenants/{tenant}/tokens", new { name = "crash", role = "owner" })).GetProperty("token").GetString()!;
        string[] tokens = [Installation.BootstrapToken, token];
        for (var i = 0; i < tokens.Length; i++) await ConnectAsync(tokens[i], 777 + i, (_plan.Chats + 1 - i) / 2);
    }

    private async Task ConnectAsync(string token, int number, int chats)
    {
        using var api = new Api(_nodes.Addresses[0], token);
        var milliseconds = _plan.Spacing.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        var settings = new Dictionary<string, object?>
        {
            ["phone_number_id"] = $"{number}", ["waba_id"] = $"9{number}", ["access_token"] = $"token-{number}", ["app_secret"] = $"secret-{number}",
            ["verify_token"] = $"verify-{number}", ["base_url"] = _sandbox.Address.ToString().TrimEnd('/'), ["spacing_ms"] = milliseconds,
            ["settle_seconds"] = "5", ["rate_per_second"] = "500",
        };
        var account = await api.PostAsync("/admin/channel-accounts", new { channel = "whatsapp_cloud", name = "Crash", settings });
        settings.Remove("base_url");
        settings["channel"] = "whatsapp_cloud";
        settings["webhook_url"] = new Uri(_balancer.Address, new Uri(account.GetProperty("webhook_url").GetString()!).PathAndQuery).ToString();
        settings["throughput_per_second"] = 0;
        settings["read"] = "never";
        await _sandbox.Control.PostAsync("/control/accounts", settings);
        var phones = Enumerable.Range(0, chats).Select(i => _sandbox.Phone($"54911{number % 10}{6_000_000 + i}")).ToList();
        foreach (var phone in phones) await _sandbox.Control.PostAsync($"/control/phones/{phone.Digits}/messages", new { type = "text", text = "Hola", account = $"{number}" });
        await Eventually.TrueAsync(async () => (await ListAsync(api)).Count == chats, 60);
        var ids = await ListAsync(api);
        _chats.AddRange(phones.Select(phone => new CrashChat(token, ids["+" + phone.Digits], phone)));
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

    /// <summary>
    /// A client as it should be: one message after the other, each with its key, repeated until it is answered; no faster than the kills, so
    /// that each is in the midst of traffic.
    /// </summary>
    private async Task WriteAsync(CrashChat chat)
    {
        for (var i = 0; i < _plan.Messages; i++)
        {
            while (_nodes.Killed < (i - 1) * _plan.Kills / _plan.Messages) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            await _nodes.PostAsync(
                chat.Token, "/admin/whatsapp/send", new { conversation_id = chat.Conversation, message = Text(i), channel_source = "whatsapp" },
                $"{chat.Phone.Digits}-{i}");
        }
    }

    /// <summary>Every fifth is too long for one part: it has two paragraphs, which leave one after the other.</summary>
    private static string Text(int i) => IsLong(i) ? $"{Name(i)}a {new string('x', 3000)}\n\n{Name(i)}b {new string('y', 3000)}" : Name(i);

    private static bool IsLong(int i) => i % 5 == 4;

    private static string Name(int i) => i.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>What each phone shall show, by first words, in this order.</summary>
    private List<string> Parts => [.. Enumerable.Range(0, _plan.Messages).SelectMany(i => IsLong(i) ? (string[])[$"{Name(i)}a", $"{Name(i)}b"] : [Name(i)])];

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
            new { send = new { code = 130429, rate = 0.01 } },
            new { send = new { http = 429, rate = 0.01 } },
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
            if (accepted >= _plan.Chats * Parts.Count) break;
            if (accepted != last) (last, waited) = (accepted, Stopwatch.StartNew());
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }
        // Whatever would be sent twice has its chance to be.
        await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System);
    }

    private async Task<CrashResult> CountAsync(TimeSpan took)
    {
        int lost = 0, doubled = 0, misordered = 0, tooClose = 0, attempts = 0;
        var story = new CrashStory(_nodes, _sandbox);
        var (twice, missing) = (new List<string>(), new List<string>());
        foreach (var chat in _chats)
        {
            var sends = (await _sandbox.Control.GetAsync($"/control/sends?phone={chat.Phone.Digits}&limit=100000")).EnumerateArray().ToList();
            var accepted = sends.FindAll(s => s.GetProperty("outcome").GetString() == "accepted");
            var texts = accepted.ConvertAll(Name);
            foreach (var repeat in accepted.GroupBy(Name).Where(g => g.Count() > 1).Take(MostStories - twice.Count))
                twice.Add(await story.OfTwiceAsync(chat, repeat.Key, sends.FindAll(s => Delivery(s) == Delivery(repeat.First()))));
            var absent = Parts.Except(texts).ToList();
            if (absent.Count > 0) missing.AddRange(await story.OfLostAsync(chat, absent));
            attempts += sends.Count;
            lost += absent.Count;
            doubled += texts.Count - texts.Distinct().Count();
            misordered += texts.Distinct().Zip(texts.Distinct().Skip(1)).Count(p => string.CompareOrdinal(p.First, p.Second) > 0);
            tooClose += sends.OrderBy(s => At(s, "arrived_at")).Zip(sends.OrderBy(s => At(s, "arrived_at")).Skip(1)).Count(IsTooClose);
        }
        return new CrashResult(_plan.Chats * Parts.Count, attempts, _nodes.Killed, lost, doubled, misordered, tooClose, took)
        {
            Lines = [$"{_nodes.Pace}; killing took {_killing.TotalSeconds:0} s", .. missing.CountBy(m => m).Select(m => $"lost: {m.Value} messages are {m.Key}"), .. twice.Select(t => "twice: " + t)],
        };
    }

    /// <summary>
    /// From start to start, and from the end of one to the start of the next; the latter with some grace, since a status that overtakes the
    /// answer ends the wait for it.
    /// </summary>
    private bool IsTooClose((JsonElement First, JsonElement Second) sends) =>
        At(sends.Second, "arrived_at") - At(sends.First, "arrived_at") < _plan.Spacing
        || At(sends.Second, "arrived_at") - At(sends.First, "decided_at") < _plan.Spacing - TimeSpan.FromMilliseconds(100);

    private static string? Delivery(JsonElement send) => send.GetProperty("callback_data").GetString();

    private static string Name(JsonElement send) => send.GetProperty("text").GetString()!.Split(' ')[0];

    private static DateTimeOffset At(JsonElement send, string field) => send.GetProperty(field).GetDateTimeOffset();
}
