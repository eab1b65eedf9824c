using System.Globalization;
using System.Text.Json;
using ChatOperator.Harness;

namespace ChatOperator.Server.Tests.Agents;

/// <summary>
/// Many customers write, the agent answers them, and a person takes each conversation at a moment of chance: while it thinks, while its
/// words wait, while they are on their way. What the network then received is held against when the lock was answered.
/// </summary>
internal sealed class AgentRace(TestServer server, TestSandbox sandbox, int seed)
{
    private const int Customers = 24;

    /// <summary>How long a lock is held; a send that slipped through it would arrive meanwhile.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromMilliseconds(120);

    /// <summary>Longer than a send of an unknown outcome takes to be sent again.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(4);

    private readonly Dictionary<string, int> _found = [];
    private readonly List<(string Phone, DateTimeOffset From, DateTimeOffset To)> _locks = [];
    private readonly Lock _gate = new();
    private int _left;

    /// <summary>Takes so many conversations over; what the race met, and what left although it must not.</summary>
    public async Task<(IReadOnlyDictionary<string, int> Met, IReadOnlyList<string> Slipped)> RunAsync(int interleavings)
    {
        _left = interleavings;
        var tenant = await server.TenantAsync();
        var account = await tenant.WhatsAppAsync(sandbox, more: new { spacing_ms = "0", settle_seconds = "1", rate_per_second = "1000" });
        await AgentChat.SetAsync(tenant, sandbox, new { handoff = new { max_turns_per_hour = 1000 } });
        // Long answers become several parts: some have left, some wait, some are on their way.
        await sandbox.Control.PutAsync("/control/model", new { rules = new object[]
        {
            new { when = new { contains = "long" }, chunks = new[] { Long('a'), Long('b'), Long('c') }, chunk_delay_ms = 3 },
            new { when = new { contains = "short" }, chunks = new[] { "One ", "moment." }, chunk_delay_ms = 8 },
        } });
        // The network loses answers, wants time, and fails without saying whether it took the message.
        await sandbox.FaultsAsync(new { send = new { rate = 0.3, delay_ms = 40, drop = "after" } });
        await Task.WhenAll(Enumerable.Range(0, Customers).Select(i => TalkAsync(AgentChat.Join(tenant, account, sandbox), new Random(seed + i))));
        await sandbox.HealAsync();
        return (_found, await SlippedAsync(account));
    }

    private async Task TalkAsync(AgentChat chat, Random chance)
    {
        while (Interlocked.Decrement(ref _left) >= 0)
        {
            await chat.SaysAsync($"{(chance.Next(3) == 0 ? "long" : "short")} {chance.Next()}");
            await MomentAsync(chat, chance);
            await (chance.Next(4) == 0 ? chat.Tenant.Api.PostAsync($"/admin/conversations/{chat.Id}/agent/stop") : chat.LockAsync());
            var from = TimeProvider.System.GetUtcNow();
            Meet(await chat.StateAsync(), (await chat.Tenant.MessagesAsync(chat.Id, "?limit=1"))[0]);
            await Task.Delay(_left > Customers ? Held : Aftermath, TimeProvider.System);
            lock (_gate) _locks.Add((chat.Phone.Digits, from, TimeProvider.System.GetUtcNow()));
            await chat.LockAsync(new { locked = false });
        }
    }

    /// <summary>Waits for a stage of the answer, then a little longer: whatever the machine's pace, locks come at every stage.</summary>
    private static async Task MomentAsync(AgentChat chat, Random chance)
    {
        var stage = chance.Next(4);
        for (var glance = 0; stage > 0 && glance < 300; glance++)
        {
            var reached = stage == 1
                ? (await chat.StateAsync()).GetProperty("state").GetString() == "thinking"
                : (await chat.Tenant.MessagesAsync(chat.Id, "?limit=1"))[0].GetProperty("sender").GetString() == "agent";
            if (reached) break;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
        await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(0, stage == 3 ? 150 : 30)), TimeProvider.System);
    }

    /// <summary>What state of the agent's answer the lock met.</summary>
    private void Meet(JsonElement state, JsonElement last)
    {
        var met = state.GetProperty("last_outcome").GetString() == "overtaken" && last.GetProperty("sender").GetString() == "user" ? "thinking"
            : last.GetProperty("sender").GetString() == "user" ? "waiting" : last.GetProperty("status").GetString()!;
        lock (_gate) _found[met] = _found.GetValueOrDefault(met) + 1;
    }

    private async Task<List<string>> SlippedAsync(TestAccount account)
    {
        var slipped = new List<string>();
        for (var after = 0; ;)
        {
            var sends = (await sandbox.Control.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/control/sends?account={account["phone_number_id"]}&after={after}&limit=500"))).EnumerateArray().ToList();
            if (sends.Count == 0) return slipped;
            foreach (var send in sends)
            {
                after = send.GetProperty("n").GetInt32();
                var (phone, left) = (send.GetProperty("phone").GetString()!.TrimStart('+'), send.GetProperty("decided_at").GetDateTimeOffset());
                slipped.AddRange(_locks.Where(l => l.Phone == phone && left > l.From && left < l.To)
                    .Select(l => $"{phone}: sent at {left:HH:mm:ss.fff}, locked from {l.From:HH:mm:ss.fff} to {l.To:HH:mm:ss.fff}"));
            }
        }
    }

    private static string Long(char letter) => string.Concat(Enumerable.Repeat(new string(letter, 60) + " ", 60));
}
