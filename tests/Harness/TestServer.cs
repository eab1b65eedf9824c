using ChatOperator.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOperator.Harness;

/// <summary>What a test asks of its server beyond the default.</summary>
public sealed record ServerOptions
{
    /// <summary>A clock that stands until the test moves it, instead of the real one.</summary>
    public bool FrozenTime { get; init; }

    /// <summary>Further configuration; keys with colons.</summary>
    public Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>The console's files; by default those that were built with the server, if they were.</summary>
    public string WebRoot { get; init; } = Repository.Output("src/Server", "wwwroot");

    /// <summary>Last word on services, before the server adds its own.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }
}

/// <summary>
/// The real program in this process, on its own port, with its own data directory and database: nothing is replaced but, when asked,
/// the clock. Cheap enough for one per test; a class whose tests only add tenants shares one.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsInstallation;

    private TestServer(WebApplication app, Installation installation, bool owns, Uri address, FrozenClock? time, LogLines log)
    {
        (_app, Installation, _ownsInstallation, Address, FrozenTime, Log) = (app, installation, owns, address, time, log);
        Api = new Api(address, Installation.BootstrapToken);
    }

    public Installation Installation { get; }

    /// <summary>Also its PublicUrl.</summary>
    public Uri Address { get; }

    /// <summary>The clock to move, when the test asked for one.</summary>
    public FrozenClock? FrozenTime { get; }

    public TimeProvider Time => Services.GetRequiredService<TimeProvider>();

    /// <summary>Inside the server. For looking; what a test does goes through the API.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Speaks as the platform administrator, owner of the bootstrap tenant.</summary>
    public Api Api { get; }

    /// <summary>What the server has logged, warnings and worse unless the configuration says otherwise.</summary>
    public LogLines Log { get; }

    /// <summary>A server on a new installation, removed with it.</summary>
    public static async Task<TestServer> StartAsync(DatabaseProvider provider, ServerOptions? options = null)
    {
        var installation = await Installation.CreateUsedAsync(provider);
        try { return await StartAsync(installation, options, owns: true); }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    /// <summary>A server on an installation that stays: for restarts and clusters.</summary>
    public static Task<TestServer> StartAsync(Installation installation, ServerOptions? options = null) => StartAsync(installation, options, owns: false);

    /// <summary>Creates a business with an owner's token through the platform's API.</summary>
    public async Task<TestTenant> TenantAsync(string name = "Panadería Aurora")
    {
        var tenant = await Api.PostAsync("/platform/tenants", new { name });
        var id = tenant.GetProperty("id").GetGuid();
        return new TestTenant(this, id, new Api(Address, await TokenAsync(id, "owner")));
    }

    /// <summary>The tenant that the first start made, with the operator <see cref="Installation.AdminEmail"/>.</summary>
    public async Task<TestTenant> BootstrapTenantAsync()
    {
        var first = (await Api.GetAsync("/platform/tenants")).EnumerateArray().OrderBy(t => t.GetProperty("created_at").GetDateTimeOffset()).First();
        return new TestTenant(this, first.GetProperty("id").GetGuid(), Api);
    }

    /// <summary>A new token of a tenant.</summary>
    /// <param name="role">owner | operator | viewer.</param>
    public async Task<string> TokenAsync(Guid tenant, string role) =>
        (await Api.PostAsync($"/platform/tenants/{tenant}/tokens", new { name = $"test {role}", role })).GetProperty("token").GetString()!;

    /// <summary>The orderly stop, as after SIGTERM: requests in flight are answered, what was accepted is written.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsInstallation) await Installation.DisposeAsync();
    }

    private static Task<TestServer> StartAsync(Installation installation, ServerOptions? options, bool owns) =>
        FreePort.UseAsync(port => StartAsync(installation, options ?? new ServerOptions(), owns, new Uri($"http://127.0.0.1:{port}")));

    private static async Task<TestServer> StartAsync(Installation installation, ServerOptions options, bool owns, Uri address)
    {
        var log = new LogLines();
        var time = options.FrozenTime ? new FrozenClock(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)) : null;
        var app = await Program.BuildAsync(["--webroot", options.WebRoot], builder =>
        {
            installation.Configure(builder);
            builder.Configuration["PublicUrl"] = address.ToString().TrimEnd('/');
            foreach (var (key, value) in options.Settings) builder.Configuration[key] = value;
            builder.WebHost.UseUrls(address.ToString());
            builder.Logging.ClearProviders().AddProvider(log);
            if (time is not null)
            {
                builder.Services.AddSingleton<TimeProvider>(time);
                builder.Host.UseServiceProviderFactory(new SiloHealth());
            }
            options.Configure?.Invoke(builder);
        });
        try { await app.StartAsync(); }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        return new TestServer(app, installation, owns, address, time, log);
    }
}
