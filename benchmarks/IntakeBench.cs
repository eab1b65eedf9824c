using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ChatOperator.Harness;
using ChatOperator.Hosting;

namespace ChatOperator.Bench;

/// <summary>
/// Webhooks per second, fully applied and durable, as a ratio to a bare Kestrel that checks the signature and parses: same generator,
/// rounds alternating, median. Also processor time and bytes allocated for each webhook. With <c>--flush-delay 2</c> on a disk that takes
/// 2 ms longer; with <c>--history 1000000</c> another question: <see cref="HistoryBench"/>.
/// </summary>
internal static partial class IntakeBench
{
    public const int KnownContacts = 20_000;

    /// <summary>Webhooks a second that Meta wants of whoever has its busiest numbers.</summary>
    private const int MetasBar = 3_300;

    public const string Secret = "bench-app-secret";

    public static async Task RunAsync(Options options)
    {
        var databases = options.Text("databases", "sqlite,postgres").Split(',');
        foreach (var database in databases)
        {
            var provider = Enum.Parse<DatabaseProvider>(database, ignoreCase: true);
            if (options.Number("history", 0) is > 0 and var conversations) await HistoryBench.RunAsync(provider, conversations, options);
            else await RunAsync(provider, options);
        }
    }

    private static async Task RunAsync(DatabaseProvider provider, Options options)
    {
        var (rounds, seconds, kinds) = (options.Number("rounds", 5), options.Number("seconds", 5), options.Text("kinds", "known,new,status").Split(','));
        await using var installation = await Installation.CreateAsync(provider);
        await SlowDisk.MakeAsync(provider, installation, options.Number("flush-delay", 0));
        await using var server = await ServerProcess.StartAsync(installation);
        var account = await ConnectAsync(server);
        using var ceiling = await Ceiling.StartAsync(Secret);
        var files = Directory.CreateTempSubdirectory("chat-operator-bench-").FullName;
        try
        {
            var webhooks = new Webhooks(account.Hook, "1060", "9060", Secret);
            await WarmAsync(server, account.Hook, webhooks, files);
            foreach (var kind in kinds)
                await MeasureAsync($"intake.{provider.ToString().ToLowerInvariant()}.{kind}", kind, rounds, seconds, server, account, ceiling, webhooks, files, provider, installation);
        }
        finally { Directory.Delete(files, true); }
    }

    private static async Task MeasureAsync(
        string name, string kind, int rounds, int seconds, ServerProcess server, BenchAccount account, Ceiling ceiling, Webhooks webhooks,
        string files, DatabaseProvider provider, Installation installation)
    {
        var file = Path.Combine(files, "round");
        var fresh = 0L;
        List<(Load Ours, Load Bare, double Cpu, double DbCpu, double Allocated)> results = [];
        // The first round is not counted: what is special to this kind is compiled in it.
        for (var round = -1; round < rounds; round++)
        {
            var count = 30_000 * seconds;
            var length = kind switch
            {
                "known" => webhooks.WriteMessages(file, count, i => (i * 7919L) % KnownContacts),
                "new" => webhooks.WriteMessages(file, count, i => i % 2 == 0 ? (i * 7919L) % KnownContacts : KnownContacts + ++fresh),
                "status" => webhooks.WriteStatuses(file, await Sends.MakeAsync(provider, installation, account, count)),
                _ => throw new ArgumentException($"No kind {kind}."),
            };
            var bare = await Load.RunAsync(new Uri(ceiling.Address, account.Hook.AbsolutePath), file, length, seconds);
            var (cpu, db, allocated) = (Cpu.Of(server.Id), DatabaseCpu(provider, installation), await AllocatedAsync(server));
            var ours = await Load.RunAsync(account.Hook, file, length, seconds);
            if (ours.Refused > 0) throw new InvalidOperationException($"{ours.Refused} webhooks were refused.");
            if (ours.Requests > count) throw new InvalidOperationException("The file of requests was too short for this machine.");
            if (round >= 0) results.Add((ours, bare, (Cpu.Of(server.Id) - cpu) / ours.Requests * 1e6, (DatabaseCpu(provider, installation) - db) / ours.Requests * 1e6,
                (await AllocatedAsync(server) - allocated) / ours.Requests));
        }
        Print.Line($"{name}.ratio", Print.Median(results.Select(r => r.Ours.Rate / r.Bare.Rate)), "x");
        Print.Line($"{name}.rate", Print.Median(results.Select(r => r.Ours.Rate)), "webhooks/s");
        Print.Line($"{name}.ceiling", Print.Median(results.Select(r => r.Bare.Rate)), "webhooks/s");
        Print.Line($"{name}.p50", Print.Median(results.Select(r => r.Ours.P50)), "ms");
        Print.Line($"{name}.p99", Print.Median(results.Select(r => r.Ours.P99)), "ms");
        Print.Line($"{name}.cpu", Print.Median(results.Select(r => r.Cpu)), "us/webhook");
        if (provider == DatabaseProvider.Postgres) Print.Line($"{name}.database_cpu", Print.Median(results.Select(r => r.DbCpu)), "us/webhook");
        if (kind == "known")
        {
            var length = webhooks.WriteMessages(file, MetasBar * 2 * seconds, i => (i * 7919L) % KnownContacts);
            var offered = await Load.RunAsync(account.Hook, file, length, seconds, MetasBar);
            Print.Line($"{name}.offered.rate", offered.Rate, "webhooks/s");
            Print.Line($"{name}.offered.p50", offered.P50, "ms");
            Print.Line($"{name}.offered.p99", offered.P99, "ms");
        }
        Print.Line($"{name}.allocated", Print.Median(results.Select(r => r.Allocated)), "bytes/webhook");
    }

    /// <summary>SQLite's is the server's own.</summary>
    public static double DatabaseCpu(DatabaseProvider provider, Installation installation) =>
        provider == DatabaseProvider.Postgres ? Cpu.OfPostgres(installation.ConnectionString) : 0;

    public static async Task<BenchAccount> ConnectAsync(ServerProcess server)
    {
        var created = await server.Api.PostAsync("/admin/channel-accounts", new
        {
            channel = "whatsapp_cloud", name = "Bench",
            settings = new { phone_number_id = "1060", waba_id = "9060", access_token = "bench-token", app_secret = Secret, verify_token = "bench-verify", base_url = "http://127.0.0.1:9" },
        });
        return new BenchAccount(created.GetProperty("id").GetGuid(), new Uri(server.Address, new Uri(created.GetProperty("webhook_url").GetString()!).AbsolutePath));
    }

    /// <summary>
    /// Every known contact has written, and the code is compiled: a server that has run for some minutes is what serves customers, and
    /// until then a third of the processor's time is the compiler's. Ends when that has come down to a twentieth of one core.
    /// </summary>
    public static async Task WarmAsync(ServerProcess server, Uri hook, Webhooks webhooks, string files)
    {
        var file = Path.Combine(files, "warm");
        var length = webhooks.WriteMessages(file, KnownContacts * 4, i => i % KnownContacts);
        var (written, compiling) = (0L, Cpu.OfCompiler(server.Id));
        for (var round = 1; round <= 40; round++)
        {
            written += (await Load.RunAsync(hook, file, length, 4)).Requests;
            var (before, now) = (compiling, Cpu.OfCompiler(server.Id));
            compiling = now;
            if (written > KnownContacts * 4 && now - before < 4 * 0.05) break;
        }
    }

    private static async Task<double> AllocatedAsync(ServerProcess server)
    {
        using var answer = await server.Api.SendAsync(HttpMethod.Get, "/metrics");
        var match = AllocatedLine().Match(await answer.Content.ReadAsStringAsync());
        return match.Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"^dotnet_gc_heap_total_allocated\S*\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex AllocatedLine();
}

/// <summary>The account under load.</summary>
internal sealed record BenchAccount(Guid Id, Uri Hook);

/// <summary>The bare Kestrel as its own process.</summary>
internal sealed class Ceiling : IDisposable
{
    private readonly Process _process;

    private Ceiling(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<Ceiling> StartAsync(string secret)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var start = new ProcessStartInfo("dotnet", Repository.Output("benchmarks/Ceiling", "ChatOperator.Ceiling.dll"));
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["Secret"] = secret;
        var ceiling = new Ceiling(Process.Start(start)!, address);
        using var http = new HttpClient();
        await Eventually.TrueAsync(async () =>
        {
            try { return (await http.GetAsync(new Uri(address, "/readyz"))).IsSuccessStatusCode; }
            catch (HttpRequestException) { return false; }
        });
        return ceiling;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
