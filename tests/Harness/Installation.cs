using ChatOperator.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace ChatOperator.Harness;

/// <summary>
/// What outlives a process: a data directory and, on PostgreSQL, a database. Start servers on it one after the other, or, on
/// PostgreSQL, several at once. Disposing removes both.
/// </summary>
public sealed class Installation : IAsyncDisposable
{
    /// <summary>Administers the platform and owns the bootstrap tenant.</summary>
    public const string BootstrapToken = "bootstrap-token-for-tests-0123456789";

    /// <summary>Signs in on the bootstrap tenant with <see cref="AdminPassword"/>.</summary>
    public const string AdminEmail = "admin@example.test";

    public const string AdminPassword = "correct horse battery staple";

    private readonly bool _keepDatabase;

    /// <summary>Servers in this process; in one of its own (<see cref="ServerProcess"/>) passwords cost what they cost.</summary>
    static Installation() => AppContext.SetData("ChatOperator.PasswordIterations", 1_000);

    internal Installation(DatabaseProvider provider, string connectionString, bool keepDatabase = false)
    {
        (Provider, ConnectionString, _keepDatabase) = (provider, connectionString, keepDatabase);
        DataDirectory = Directory.CreateTempSubdirectory("chat-operator-test-").FullName;
        Settings = new()
        {
            ["Database:Provider"] = provider.ToString(),
            ["Database:ConnectionString"] = connectionString,
            ["DataDirectory"] = DataDirectory,
            ["Bootstrap:AdminToken"] = BootstrapToken,
            ["Bootstrap:AdminEmail"] = AdminEmail,
            ["Bootstrap:AdminPassword"] = AdminPassword,
            // The sandbox listens on loopback, which is otherwise for a platform administrator alone to name.
            ["Outbound:PrivateHosts:0"] = "127.0.0.1",
            ["Logging:LogLevel:Default"] = "Warning",
        };
    }

    public DatabaseProvider Provider { get; }

    /// <summary>Empty on SQLite.</summary>
    public string ConnectionString { get; }

    public string DataDirectory { get; }

    /// <summary>Configuration of every server started on it; keys as in appsettings.json with colons.</summary>
    public Dictionary<string, string?> Settings { get; }

    /// <summary>A new one; on SQLite without a file, so that the first server on it makes it.</summary>
    public static async Task<Installation> CreateAsync(DatabaseProvider provider) =>
        new(provider, provider == DatabaseProvider.Postgres ? await PostgresServer.CreateDatabaseAsync() : "");

    /// <summary>A new one that a server of this build has been started on before.</summary>
    public static async Task<Installation> CreateUsedAsync(DatabaseProvider provider)
    {
        var installation = await CreateAsync(provider);
        if (provider == DatabaseProvider.Sqlite) await SqliteTemplate.CopyAsync(installation.DataDirectory);
        return installation;
    }

    internal void Configure(WebApplicationBuilder builder) => builder.Configuration.AddInMemoryCollection(Settings);

    public async ValueTask DisposeAsync()
    {
        if (Provider == DatabaseProvider.Postgres && !_keepDatabase) await PostgresServer.DropDatabaseAsync(ConnectionString);
        Directory.Delete(DataDirectory, true);
    }
}
