using ChatOperator.Harness;
using ChatOperator.Hosting;
using Xunit;

// Each test runs a web server with its database; two cores serve a few of them at a time.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
[assembly: AssemblyFixture(typeof(ChatOperator.Server.Tests.Servers))]

namespace ChatOperator.Server.Tests;

/// <summary>
/// The one server of each database that all classes share whose tests keep out of each other's way by using a tenant each. The same tests
/// on both databases:
/// <code>
/// public abstract class SummaryTests(SharedServer shared) { [Fact] … shared.Server … }
/// public sealed class SummaryOnSqlite(OnSqlite shared) : SummaryTests(shared), IClassFixture&lt;OnSqlite&gt;;
/// public sealed class SummaryOnPostgres(OnPostgres shared) : SummaryTests(shared), IClassFixture&lt;OnPostgres&gt;;
/// </code>
/// A class that changes what all tenants see takes <see cref="AloneOnSqlite"/> and <see cref="AloneOnPostgres"/>; tests that restart,
/// freeze time or break things start their own with <see cref="TestServer.StartAsync(DatabaseProvider, ServerOptions?)"/>.
/// </summary>
/// <param name="options">What the class asks of a server of its own; null: it shares.</param>
public abstract class SharedServer(DatabaseProvider provider, ServerOptions? options = null) : IAsyncLifetime
{
    public DatabaseProvider Provider => provider;

    public TestServer Server { get; private set; } = null!;

    /// <summary>Customers' phones for accounts of this server, this class's own: faults of a network strike no other class.</summary>
    public TestSandbox Sandbox { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await (options is null ? Servers.OfAsync(provider) : TestServer.StartAsync(provider, options));
        Sandbox = await TestSandbox.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        if (options is not null) await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

public sealed class OnSqlite() : SharedServer(DatabaseProvider.Sqlite);

public sealed class OnPostgres() : SharedServer(DatabaseProvider.Postgres);

public sealed class AloneOnSqlite() : SharedServer(DatabaseProvider.Sqlite, new ServerOptions());

public sealed class AloneOnPostgres() : SharedServer(DatabaseProvider.Postgres, new ServerOptions());

/// <summary>Started when the first class asks, stopped after the last.</summary>
public sealed class Servers : IAsyncDisposable
{
    private static readonly Lazy<Task<TestServer>> Sqlite = new(() => TestServer.StartAsync(DatabaseProvider.Sqlite));
    private static readonly Lazy<Task<TestServer>> Postgres = new(() => TestServer.StartAsync(DatabaseProvider.Postgres));

    public static Task<TestServer> OfAsync(DatabaseProvider provider) => (provider == DatabaseProvider.Sqlite ? Sqlite : Postgres).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in (Lazy<Task<TestServer>>[])[Sqlite, Postgres])
            if (server.IsValueCreated) await (await server.Value).DisposeAsync();
    }
}
