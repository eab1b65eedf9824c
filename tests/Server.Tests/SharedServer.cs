using ChatOperator.Harness;
using ChatOperator.Hosting;
using Xunit;

// Each test runs a web server with its database; two cores serve a few of them at a time.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]

namespace ChatOperator.Server.Tests;

/// <summary>
/// One server for a class of tests that keep out of each other's way by using a tenant each. The same tests on both databases:
/// <code>
/// public abstract class SummaryTests(SharedServer shared) { [Fact] … shared.Server … }
/// public sealed class SummaryOnSqlite(OnSqlite shared) : SummaryTests(shared), IClassFixture&lt;OnSqlite&gt;;
/// public sealed class SummaryOnPostgres(OnPostgres shared) : SummaryTests(shared), IClassFixture&lt;OnPostgres&gt;;
/// </code>
/// Tests that restart, freeze time or break things start their own with <see cref="TestServer.StartAsync(DatabaseProvider, ServerOptions?)"/>.
/// </summary>
/// <param name="options">What the class asks of its server beyond the default.</param>
public abstract class SharedServer(DatabaseProvider provider, ServerOptions? options = null) : IAsyncLifetime
{
    public DatabaseProvider Provider => provider;

    public TestServer Server { get; private set; } = null!;

    /// <summary>Customers' phones for accounts of this server.</summary>
    public TestSandbox Sandbox { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.StartAsync(provider, options);
        Sandbox = await TestSandbox.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

public sealed class OnSqlite() : SharedServer(DatabaseProvider.Sqlite);

public sealed class OnPostgres() : SharedServer(DatabaseProvider.Postgres);
