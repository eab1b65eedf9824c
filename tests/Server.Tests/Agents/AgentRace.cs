using System.Globalization;
using System.Net;
using System.Text.Json;
using ChatOperator.Agents;
using ChatOperator.Agents.Turns;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOperator.Server.Tests.Agents;

/// <summary>
/// Many customers write, the agent answers them, and a person takes each conversation at a moment of chance: while it thinks, while its
/// words wait, while they are on their way. What the network then received is held against when the lock was answered.
/// </summary>
internal sealed class AgentRace : IDisposable
{
    /// <summary>Told beside what the lock met: the agent had handed the conversation over itself.</summary>
    public const string HandedOver = "(handed over before)";

    private const int Customers = 16;

    /// <summary>A network lets a business say only so much to one person: after so many rounds another one writes.</summary>
    private const int Rounds = 8;

    /// <summary>How long most locks are held; a send that slipped through would arrive meanwhile.</summary>
    private static readonly TimeSpan Briefly = TimeSpan.FromMilliseconds(120);

    /// <summary>Longer than a refused send, or one of an unknown outcome, takes to go out again.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(6);

    /// <summary>Connections cut before and after a message was taken, proxies that fail with and without passing it on, refusals that ask for another try, and plain slowness.</summary>
    private static readonly object[] Troubles =
    [
        new { rate = 0.4, delay_ms = 40, drop = "after" }, new { rate = 0.4, delay_ms = 40, drop = "before" }, new { rate = 0.4, delay_ms = 20, http = 503 },
        new { rate = 0.4, delay_ms = 20, http = 502, accept = true }, new { rate = 0.4, delay_ms = 30, code = 131000 }, new { rate = 0.9, delay_ms = 150 },
    ];

    private readonly TestServer _server;
    private readonly TestSandbox _sandbox;
    private readonly TestTenant _tenant;
    private readonly TestAccount _account;
    private readonly int _seed;
    private readonly List<Api> _nodes;
    private readonly Dictionary<string, int> _found = [];
    private readonly List<(string Phone, DateTimeOffset From, DateTimeOffset To)> _locks = [];
    private readonly Lock _gate = new();
    private int _left;

    private AgentRace(TestServer server, TestSandbox sandbox, TestAccount account, int seed) =>
        (_server, _sandbox, _account, _tenant, _seed, _nodes) = (server, sandbox, account, account.Tenant, seed, [account.Tenant.Api]);

    public static async Task<AgentRace> PrepareAsync(TestServer server, TestSandbox sandbox, int seed)
    {
        var tenant = await server.TenantAsync();
        var account = await tenant.WhatsAppAsync(sandbox, more: new { spacing_ms = "0", settle_seconds = "1", rate_per_second = "1000" });
        await AgentChat.SetAsync(tenant, sandbox, new { handoff = new { max_turns_per_hour = 1000 } });
        // Long answers become several parts: some have left, some wait, some are on their way.
        await sandbox.Control.PutAsync("/control/model", new { rules = new object[]
        {
            new { when = new { contains = "long" }, chunks = new[] { Words('a'), Words('b'), Words('c') }, chunk_delay_ms = 3 },
            new { when = new { contains = "short" }, chunks = new[] { "One ", "moment." }, chunk_delay_ms = 8 },
            new { when = new { contains = "person" }, delay_ms = 5, tool_calls = new[] { new { name = "hand_off", arguments = new { reason = "Asked for a person.", summary = "" } } } },
        } });
        return new AgentRace(server, sandbox, account, seed);
    }

    /// <summary>Another server over the same database that knows nothing of the first: as during a failover, a conversation's lane and agent live on both.</summary>
    public void Join(TestServer other) => _nodes.Add(new Api(other.Address, _tenant.Api.Token));

    /// <summary>Takes so many conversations over; what the race met, and what happened although it must not.</summary>
    public async Task<(IReadOnlyDictionary<string, int> Met, IReadOnlyList<string> Wrong)> RunAsync(int interleavings)
    {
        _left = interleavings;
        using var over = new CancellationTokenSource();
        var troubling = TroubleAsync(over.Token);
        await Task.WhenAll(Enumerable.Range(0, Customers).Select(i => TalkAsync(new Random(_seed + i))));
        await over.CancelAsync();
        await troubling;
        return (_found, [.. await SlippedAsync(), .. await ClaimedUnderALockAsync(), .. await AnsweredTwiceAsync()]);
    }

    public void Dispose() => _nodes.Skip(1).ToList().ForEach(n => n.Dispose());

    private async Task TroubleAsync(CancellationToken over)
    {
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            await _sandbox.FaultsAsync(new { send = Troubles[i % Troubles.Length] });
            await Task.Delay(TimeSpan.FromSeconds(0.7), TimeProvider.System, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await _sandbox.HealAsync();
    }

    private async Task TalkAsync(Random chance)
    {
        AgentChat? chat = null;
        for (var round = 0; Interlocked.Decrement(ref _left) >= 0; round++)
        {
            if (round % Rounds == 0) chat = AgentChat.Join(_tenant, _account, _sandbox);
            await chat!.SaysAsync($"{(chance.Next(3) == 0 ? "long" : "short")} {chance.Next()}");
            await MomentAsync(chat, chance);
            await TakeAsync(chat, chance);
            var from = Clock;
            Meet(await chat.StateAsync(), (await _tenant.MessagesAsync(chat.Id, "?limit=1"))[0]);
            await Task.Delay(_left > Customers && chance.Next(5) > 0 ? Briefly : Long, TimeProvider.System);
            lock (_gate) _locks.Add((chat.Phone.Digits, from, Clock));
            await Any(chance).PostAsync($"/admin/conversations/{chat.Id}/human-override", new { locked = false });
        }
    }

    /// <summary>Waits for a stage of the answer, then a little longer: whatever the machine's pace, locks come at every stage.</summary>
    private async Task MomentAsync(AgentChat chat, Random chance)
    {
        // Both nodes think and send, as far as the database lets them.
        if (_nodes.Count > 1 && chance.Next(2) == 0) await AlsoOnAsync(_nodes[1], chat);
        var stage = chance.Next(4);
        for (var glance = 0; stage > 0 && glance < 300; glance++)
        {
            var reached = stage == 1
                ? (await chat.StateAsync()).GetProperty("state").GetString() == "thinking"
                : (await _tenant.MessagesAsync(chat.Id, "?limit=1"))[0].GetProperty("sender").GetString() == "agent";
            if (reached) break;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
        await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(0, stage == 3 ? 150 : 30)), TimeProvider.System);
    }

    private static async Task AlsoOnAsync(Api node, AgentChat chat)
    {
        using var answer = await node.SendAsync(HttpMethod.Post, $"/admin/conversations/{chat.Id}/agent/run");
        // The other one may have handed over, or this one not know yet that the agent is on.
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Conflict))
            throw new InvalidOperationException($"agent/run answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>
    /// Whoever can take a conversation: a person with the button, with "stop", or by answering; somebody in the network's own app; the agent
    /// itself, which hands over; and whoever takes it again at the moment when its time is over.
    /// </summary>
    private async Task TakeAsync(AgentChat chat, Random chance)
    {
        var (node, path) = (Any(chance), $"/admin/conversations/{chat.Id}");
        switch (chance.Next(9))
        {
            case 0:
                await node.PostAsync($"{path}/agent/stop");
                break;
            case 1:
                await node.PostAsync("/admin/whatsapp/send", new { conversation_id = chat.Id, message = "A person answers.", channel_source = "whatsapp" });
                // Speaking takes the chat; what was on its way at that moment may still arrive, so the answer of the lock counts.
                await node.PostAsync($"{path}/human-override", new { locked = true });
                break;
            case 2:
                using (await _account.WebhookAsync(WhatsAppWebhook.Of(WhatsAppWebhook.Echoes(_account, WhatsAppWebhook.Echo(chat.Phone.Digits, $"wamid.echo{chance.Next()}", "I am here")))))
                    await node.PostAsync($"{path}/human-override", new { locked = true });
                break;
            case 3:
                await HandOverAsync(chat, chance);
                await node.PostAsync($"{path}/human-override", new { locked = true });
                break;
            case 4:
                await HoldUntilAsync(node, chat, chance);
                await Any(chance).PostAsync($"{path}/human-override", new { locked = true, until = Clock.AddHours(1) });
                break;
            default:
                await node.PostAsync($"{path}/human-override", new { locked = true });
                break;
        }
    }

    /// <summary>The customer asks for a person: the agent hands over, while what it said before may still wait, and what it says along with that does.</summary>
    private async Task HandOverAsync(AgentChat chat, Random chance)
    {
        await chat.SaysAsync($"person {chance.Next()}");
        var patience = chance.Next(4) * 50;
        for (var glance = 0; glance < patience; glance++)
        {
            if ((await chat.StateAsync()).GetProperty("last_outcome").GetString() == "handed_off")
            {
                lock (_gate) _found[HandedOver] = _found.GetValueOrDefault(HandedOver) + 1;
                break;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    /// <summary>Taken for a moment: nothing leaves until then, and soon after the clock gives it back to the agent.</summary>
    private async Task HoldUntilAsync(Api node, AgentChat chat, Random chance)
    {
        var until = Clock.AddMilliseconds(chance.Next(300, 1500));
        using var answer = await node.SendAsync(HttpMethod.Post, $"/admin/conversations/{chat.Id}/human-override", new { locked = true, until });
        var from = Clock;
        // A busy machine may have needed longer to ask.
        if (answer.StatusCode == HttpStatusCode.BadRequest) return;
        answer.EnsureSuccessStatusCode();
        var left = until - Clock + TimeSpan.FromMilliseconds(chance.Next(-30, 1300));
        if (left > TimeSpan.Zero) await Task.Delay(left, TimeProvider.System);
        lock (_gate) _locks.Add((chat.Phone.Digits, from, Clock < until ? Clock : until));
    }

    private static DateTimeOffset Clock => TimeProvider.System.GetUtcNow();

    private Api Any(Random chance) => _nodes[chance.Next(_nodes.Count)];

    /// <summary>What state of the agent's answer the lock met.</summary>
    private void Meet(JsonElement state, JsonElement last)
    {
        var met = state.GetProperty("last_outcome").GetString() == "overtaken" && last.GetProperty("sender").GetString() == "user" ? "thinking"
            : last.GetProperty("sender").GetString() == "user" ? "waiting" : last.GetProperty("status").GetString()!;
        lock (_gate) _found[met] = _found.GetValueOrDefault(met) + 1;
    }

    private async Task<List<string>> SlippedAsync()
    {
        var slipped = new List<string>();
        await using var db = _server.Services.GetRequiredService<Databases>().For(_tenant.Id);
        var byPeople = (await db.Set<Delivery>().Where(d => !d.ByAgent).Select(d => d.Id).ToListAsync()).ConvertAll(id => id.ToString()).ToHashSet();
        for (var after = 0; ;)
        {
            var sends = (await _sandbox.Control.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/control/sends?after={after}&limit=500"))).EnumerateArray().ToList();
            if (sends.Count == 0) return slipped;
            foreach (var send in sends)
            {
                after = send.GetProperty("n").GetInt32();
                if (byPeople.Contains(send.GetProperty("callback_data").GetString() ?? "")) continue;
                var (phone, left) = (send.GetProperty("phone").GetString()!.TrimStart('+'), send.GetProperty("decided_at").GetDateTimeOffset());
                slipped.AddRange(_locks.Where(l => l.Phone == phone && left > l.From && left < l.To)
                    .Select(l => $"{phone}: sent at {left:HH:mm:ss.fff}, locked from {l.From:HH:mm:ss.fff} to {l.To:HH:mm:ss.fff}"));
            }
        }
    }

    /// <summary>
    /// While a person has a conversation, or the agent has handed it over, no try of the agent's begins, but for what it said along with that.
    /// </summary>
    private async Task<List<string>> ClaimedUnderALockAsync()
    {
        await using var db = _server.Services.GetRequiredService<Databases>().For(_tenant.Id);
        var events = (await db.OverrideEvents.AsNoTracking().OrderBy(e => e.Id).ToListAsync()).ToLookup(e => e.ConversationId);
        var agents = await db.Messages.Where(m => m.Author == MessageAuthor.Agent).Join(
            db.DeliveryAttempts, m => m.Id, a => a.MessageId, (m, a) => new { m.ConversationId, m.CorrelationId, a.StartedAt }).ToListAsync();
        var wrong = new List<string>();
        foreach (var attempt in agents)
        {
            // Who has it for an echo is told with the time of its arrival, which is before the lock.
            var last = events[attempt.ConversationId].LastOrDefault(e => e.At < attempt.StartedAt && e.Kind != OverrideEventKind.Requested);
            if (last is { Kind: OverrideEventKind.Taken or OverrideEventKind.TakenOver, Why: OverrideReason.TakeOver or OverrideReason.HandOff }
                && last.CorrelationId != attempt.CorrelationId)
                wrong.Add($"{attempt.ConversationId}: a try of {attempt.CorrelationId} began at {attempt.StartedAt:HH:mm:ss.fff}. " + string.Join("; ", events[attempt.ConversationId]
                    .Where(e => (e.At - attempt.StartedAt).Duration() < TimeSpan.FromSeconds(5)).Select(e => $"{e.At:HH:mm:ss.fff} {e.Kind} {e.Why}")));
        }
        return wrong;
    }

    /// <summary>Under one holder, what a customer wrote is answered once, by whichever node.</summary>
    private async Task<List<string>> AnsweredTwiceAsync()
    {
        await using var db = _server.Services.GetRequiredService<Databases>().For(_tenant.Id);
        var twice = await db.AgentTurns.Where(t => t.Outcome == TurnOutcome.Answered).GroupBy(t => new { t.ConversationId, t.UpToId, t.LockVersion })
            .Where(g => g.Count() > 1).Select(g => g.Key).ToListAsync();
        return twice.ConvertAll(t => $"{t.ConversationId}: message {t.UpToId} was answered twice under lock version {t.LockVersion}");
    }

    private static string Words(char letter) => string.Concat(Enumerable.Repeat(new string(letter, 60) + " ", 60));
}
