using System.Diagnostics;
using System.Globalization;
using System.Net;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOperator.Bench;

/// <summary>
/// Messages per second through the whole outbox (enqueued, claimed, sent, recorded) with spacing 0, against a network that answers at once;
/// as a ratio to bare posts from the same process to the same network. Also how late a lane wakes, and what an idle lane weighs.
/// </summary>
internal static class OutboxBench
{
    public static async Task RunAsync(Options options)
    {
        foreach (var database in options.Text("databases", "sqlite,postgres").Split(','))
            await RunAsync(database, options);
    }

    private static async Task RunAsync(string database, Options options)
    {
        var provider = Enum.Parse<DatabaseProvider>(database, ignoreCase: true);
        var (rounds, lanes, each) = (options.Number("rounds", 3), options.Number("lanes", 500), options.Number("messages", 20));
        await using var network = await InstantNetwork.StartAsync();
        await using var server = await TestServer.StartAsync(provider);
        var paths = options.Text("paths", "enqueue,post").Split(',');
        var total = lanes * each;
        // Each round has lanes of its own: the network's limit for one person would slow down those that were written to before.
        async Task<(double Bare, Round Enqueued, Round Posted)> RoundAsync() => (
            await network.BareAsync(total),
            paths.Contains("enqueue") ? await (await Flood.PrepareAsync(server, network.Address, lanes)).RunAsync(each) : Round.None,
            paths.Contains("post") ? await (await Flood.PrepareAsync(server, network.Address, lanes)).PostAsync(each) : Round.None);
        await WarmAsync(RoundAsync, options.Number("warm", 12));
        List<Round> enqueued = [], posted = [];
        List<double> bares = [];
        for (var round = 0; round < rounds; round++)
        {
            var (bare, enqueue, post) = await RoundAsync();
            bares.Add(bare);
            enqueued.Add(enqueue);
            posted.Add(post);
        }
        Print.Line($"outbox.{database}.ratio", Print.Median([.. enqueued.Select((r, i) => r.Rate / bares[i])]), "x");
        Print.Line($"outbox.{database}.rate", Print.Median([.. enqueued.Select(r => r.Rate)]), "messages/s");
        Print.Line($"outbox.{database}.bare", Print.Median(bares), "posts/s");
        Print.Line($"outbox.{database}.enqueue", Print.Median([.. enqueued.Select(r => r.Enqueue)]), "us/message");
        Print.Line($"outbox.{database}.cpu", Print.Median([.. enqueued.Select(r => r.Cpu)]), "us/message");
        // The same through the door: POST /admin/whatsapp/send, one request a message.
        Print.Line($"outbox.{database}.posted.ratio", Print.Median([.. posted.Select((r, i) => r.Rate / bares[i])]), "x");
        Print.Line($"outbox.{database}.posted.rate", Print.Median([.. posted.Select(r => r.Rate)]), "messages/s");
        Print.Line($"outbox.{database}.posted.cpu", Print.Median([.. posted.Select(r => r.Cpu)]), "us/message");
        var many = options.Number("wake_lanes", 10_000);
        var crowd = await Flood.PrepareAsync(server, network.Address, many);
        var (p50, p99) = await crowd.LatenessAsync(TimeSpan.FromSeconds(options.Number("wake_seconds", 20)));
        Print.Line($"outbox.{database}.enqueue.later", crowd.EnqueueTime.TotalMicroseconds / many, "us/message");
        Print.Line($"outbox.{database}.wake.p50", p50, "ms late");
        Print.Line($"outbox.{database}.wake.p99", p99, "ms late");
        Print.Line($"outbox.{database}.lane.memory", crowd.BytesPerLane, "bytes/lane");
        if (options.Number("crowd", 0) is > 0 and var crowded) await CrowdAsync(database, server, network, crowded);
    }

    /// <summary>
    /// Rounds that do not count, until the compiler takes less than a twentieth of one core: before that it takes up to a third of the
    /// processor, and a server that has run for some minutes is what sends.
    /// </summary>
    private static async Task WarmAsync(Func<Task> roundAsync, int most)
    {
        for (var round = 0; round < most; round++)
        {
            var (clock, before) = (Stopwatch.StartNew(), Cpu.OfCompiler(Environment.ProcessId));
            await roundAsync();
            if (Cpu.OfCompiler(Environment.ProcessId) - before < 0.05 * clock.Elapsed.TotalSeconds) return;
        }
    }

    /// <summary>A campaign of so many lanes waits for its account's rate; what each weighs, and how soon an answer by another account leaves.</summary>
    private static async Task CrowdAsync(string database, TestServer server, InstantNetwork network, int lanes)
    {
        var campaign = await Flood.PrepareAsync(server, network.Address, lanes, rate: 80);
        var bystander = await Flood.PrepareAsync(server, network.Address, 1);
        var bytes = await campaign.CrowdAsync();
        Print.Line($"outbox.{database}.crowd.memory", bytes, "bytes/lane");
        var answers = new List<double>();
        for (var i = 0; i < 20; i++) answers.Add((await bystander.RunAsync(1)).Took.TotalMilliseconds);
        Print.Line($"outbox.{database}.crowd.answer", Print.Median(answers), "ms until sent");
    }
}

/// <summary>What one round showed.</summary>
/// <param name="Rate">Messages per second, from the first enqueued to the last recorded.</param>
/// <param name="Cpu">Processor time for each, in microseconds; the network's own included.</param>
/// <param name="Enqueue">Time spent enqueueing each, in microseconds.</param>
/// <param name="Took">From the first enqueued to the last recorded.</param>
internal sealed record Round(double Rate, double Cpu, double Enqueue, TimeSpan Took)
{
    /// <summary>Not asked for.</summary>
    public static readonly Round None = new(0, 0, 0, TimeSpan.Zero);
}

/// <summary>Conversations of one account, and their messages.</summary>
internal sealed class Flood
{
    /// <summary>Conversations written to by one transaction, as a campaign would.</summary>
    private const int Together = 50;

    /// <summary>Campaigns that write at the same time: one alone spends most of its time waiting for its own transactions.</summary>
    private const int Campaigns = 4;

    private const int Callers = 64;

    private static int _accounts;

    private readonly TestServer _server;
    private readonly Databases _databases;
    private readonly Outgoing _outgoing;
    private readonly ConnectedAccount _account;
    private readonly List<Guid> _conversations = [];

    private Flood(TestServer server, ConnectedAccount account)
    {
        (_server, _account) = (server, account);
        (_databases, _outgoing) = (server.Services.GetRequiredService<Databases>(), server.Services.GetRequiredService<Outgoing>());
    }

    /// <summary>Spent enqueueing what is due later.</summary>
    public TimeSpan EnqueueTime { get; private set; }

    /// <summary>Managed bytes that a lane waiting for its time holds.</summary>
    public double BytesPerLane { get; private set; }

    /// <param name="rate">The account's sends per second; by default no limit, since what is measured is the outbox.</param>
    public static async Task<Flood> PrepareAsync(TestServer server, Uri network, int lanes, int rate = int.MaxValue)
    {
        var number = (500 + Interlocked.Increment(ref _accounts)).ToString(CultureInfo.InvariantCulture);
        var created = await server.Api.PostAsync("/admin/channel-accounts", new
        {
            channel = "whatsapp_cloud", name = "Bench",
            settings = new { phone_number_id = number, waba_id = "9" + number, access_token = "t", app_secret = "s", verify_token = "v", base_url = network.ToString().TrimEnd('/'), spacing_ms = "0" },
        });
        var id = created.GetProperty("id").GetGuid();
        var databases = server.Services.GetRequiredService<Databases>();
        Guid tenant;
        await using (var db = databases.ForSystem())
        {
            var row = await db.ChannelAccounts.SingleAsync(a => a.Id == id);
            tenant = row.TenantId;
            await db.WriteAsync(() => { row.RatePerSecond = rate; row.UpdatedAt = row.UpdatedAt.AddMilliseconds(1); return Task.CompletedTask; });
        }
        var directory = server.Services.GetRequiredService<AccountDirectory>();
        directory.Invalidate();
        var flood = new Flood(server, (await directory.ByIdAsync(tenant, id))!);
        await flood.PopulateAsync(tenant, id, lanes);
        return flood;
    }

    /// <summary>So many messages to each, enqueued as campaigns would.</summary>
    public Task<Round> RunAsync(int each) => MeasureAsync(each, () => Task.WhenAll(
        _conversations.Chunk(Together).Index().GroupBy(c => c.Index % Campaigns, c => c.Item).Select(async campaign =>
        {
            for (var i = 0; i < each; i++)
                foreach (var some in campaign) await EnqueueAsync(some, null);
        })));

    /// <summary>So many messages to each, as operators and services send them: a request each.</summary>
    public Task<Round> PostAsync(int each) => MeasureAsync(each, async () =>
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var n && n < each * _conversations.Count)
                await _server.Api.PostAsync(
                    "/admin/whatsapp/send", new { conversation_id = _conversations[n % _conversations.Count], message = "On its way.", channel_source = "whatsapp" });
        }));
    });

    private async Task<Round> MeasureAsync(int each, Func<Task> send)
    {
        var process = Process.GetCurrentProcess();
        var (cpu, clock, accepted, total) = (process.TotalProcessorTime, Stopwatch.StartNew(), InstantNetwork.Accepted, each * _conversations.Count);
        await send();
        var enqueued = clock.Elapsed;
        // The database is asked only when all have left: a question that counts a long queue would be part of what is measured.
        while (each > 1 && InstantNetwork.Accepted - accepted < total) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        while (await WaitingAsync() > 0) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        process.Refresh();
        return new Round(
            total / clock.Elapsed.TotalSeconds, (process.TotalProcessorTime - cpu).TotalMicroseconds / total, enqueued.TotalMicroseconds / total, clock.Elapsed);
    }

    /// <summary>One message to each, of which next to none can leave; managed bytes that each waiting lane holds.</summary>
    public async Task<double> CrowdAsync()
    {
        var before = Settled();
        foreach (var some in _conversations.Chunk(Together)) await EnqueueAsync(some, null);
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        return Math.Max(0, Settled() - before) / (double)_conversations.Count;
    }

    /// <summary>Every lane has one message due at its own moment within the span; how much later the tries began.</summary>
    public async Task<(double P50, double P99)> LatenessAsync(TimeSpan span)
    {
        var before = Settled();
        var start = _databases.Time.Now().AddSeconds(Math.Max(10, _conversations.Count / 400));
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < _conversations.Count; i += Together)
        {
            var moment = start + (span * i / _conversations.Count);
            await EnqueueAsync([.. _conversations.Skip(i).Take(Together)], moment);
        }
        EnqueueTime = clock.Elapsed;
        var ready = start - _databases.Time.Now();
        if (ready > TimeSpan.FromSeconds(2)) await Task.Delay(ready - TimeSpan.FromSeconds(1), TimeProvider.System);
        BytesPerLane = Math.Max(0, Settled() - before) / (double)_conversations.Count;
        while (await WaitingAsync() > 0) await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        await using var db = _databases.ForSystem();
        var late = await db.Deliveries.Where(d => d.AccountId == _account.Id && d.Status == MessageStatus.Sent)
            .Join(db.DeliveryAttempts, d => d.Id, a => a.DeliveryId, (d, a) => new { d.MessageId, a.StartedAt }).ToListAsync();
        var due = await db.Messages.Where(m => late.Select(l => l.MessageId).Contains(m.Id)).Select(m => new { m.Id, m.Text }).ToDictionaryAsync(m => m.Id, m => m.Text);
        var milliseconds = late.Select(l => (l.StartedAt - DateTimeOffset.Parse(due[l.MessageId], CultureInfo.InvariantCulture)).TotalMilliseconds).Order().ToList();
        return (milliseconds[milliseconds.Count / 2], milliseconds[milliseconds.Count * 99 / 100]);
    }

    private static long Settled()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private async Task EnqueueAsync(Guid[] conversations, DateTimeOffset? notBefore)
    {
        await using var db = _databases.For(_account.TenantId);
        var text = notBefore?.ToString("O", CultureInfo.InvariantCulture) ?? "On its way.";
        // Looked for once, not at every read of a long transaction.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await db.WriteAsync(async () =>
        {
            await db.LockConversationsAsync(_account.TenantId, conversations);
            await db.ReserveMessagesAsync(conversations.Length);
            foreach (var id in conversations)
            {
                var conversation = await db.LockConversationAsync(_account.TenantId, id);
                await _outgoing.EnqueueAsync(db, _account, conversation!, new Speech([new TextContent(text)], MessageAuthor.Operator, "Bench", NotBefore: notBefore));
            }
            db.ChangeTracker.DetectChanges();
        });
        foreach (var id in conversations) _outgoing.Wake(_account.TenantId, id, _account.Id);
    }

    private async Task<int> WaitingAsync()
    {
        await using var db = _databases.ForSystem();
        // By the index of what is open: asked often beside what is measured, it must cost next to nothing.
        return await db.Deliveries.CountAsync(d => d.TenantId == _account.TenantId
            && (d.Status == MessageStatus.Queued || d.Status == MessageStatus.Sending || d.Status == MessageStatus.Uncertain) && d.AccountId == _account.Id);
    }

    private async Task PopulateAsync(Guid tenant, Guid account, int lanes)
    {
        var now = _databases.Time.Now();
        await using var db = _databases.ForSystem();
        await db.WriteAsync(() =>
        {
            for (var i = 0; i < lanes; i++)
            {
                var conversation = new Conversation
                {
                    TenantId = tenant, Id = Guid.CreateVersion7(now), AccountId = account, ContactId = Guid.CreateVersion7(now), ChannelSource = "whatsapp",
                    Address = $"+5491{10_000_000 + i}", CreatedAt = now, LastMessageAt = now, WindowExpiresAt = now.AddHours(20),
                };
                _conversations.Add(conversation.Id);
                db.Conversations.Add(conversation);
            }
            return Task.CompletedTask;
        });
    }
}
