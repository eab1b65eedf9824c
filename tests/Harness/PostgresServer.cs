using System.Diagnostics;
using ChatOperator.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ChatOperator.Harness;

/// <summary>
/// The PostgreSQL of this run: named by <c>CHATOPERATOR_TEST_POSTGRES</c>, else started once by <c>dev/postgres</c>.
/// Each server under test gets its own database, copied from one that was migrated once.
/// </summary>
internal static class PostgresServer
{
    private static readonly Lazy<Task<string>> Address = new(FindAsync);
    private static readonly Lazy<Task<string>> Template = new(MigrateTemplateAsync);
    private static readonly SemaphoreSlim Copying = new(1, 1);
    private static int _databases;

    /// <summary>Creates an empty, migrated database and returns its connection string.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        var template = await Template.Value;
        // A template that is being copied cannot be copied by another.
        await Copying.WaitAsync();
        try { return await CreateAsync($"template {template}"); }
        finally { Copying.Release(); }
    }

    /// <summary>Drops what <see cref="CreateDatabaseAsync"/> made, whoever is still connected.</summary>
    public static async Task DropDatabaseAsync(string connectionString) =>
        await ExecuteAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    /// <summary>
    /// The server does to the template what it does at every start; copies are then up to date. One per build of the server, shared by
    /// the test projects that run at once.
    /// </summary>
    private static async Task<string> MigrateTemplateAsync()
    {
        var name = $"template_{typeof(Program).Assembly.ManifestModule.ModuleVersionId:n}";
        await using var connection = new NpgsqlConnection(await Address.Value);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select pg_advisory_lock(1)", connection);
        await command.ExecuteNonQueryAsync();
        command.CommandText = $"select 1 from pg_database where datname = '{name}'";
        if (await command.ExecuteScalarAsync() is not null) return name;
        var unfinished = await CreateAsync("");
        await using (var installation = new Installation(DatabaseProvider.Postgres, unfinished, keepDatabase: true))
        await using (var node = await Program.BuildAsync([], installation.Configure)) await node.Services.GetRequiredService<Preparation>().Done;
        await ExecuteAsync($"alter database {new NpgsqlConnectionStringBuilder(unfinished).Database} rename to {name}");
        return name;
    }

    private static async Task<string> CreateAsync(string from)
    {
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"drop database if exists {name} with (force)");
        await ExecuteAsync($"create database {name} {from}");
        return new NpgsqlConnectionStringBuilder(await Address.Value) { Database = name, IncludeErrorDetail = true }.ToString();
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await Address.Value);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> FindAsync()
    {
        if (Environment.GetEnvironmentVariable("CHATOPERATOR_TEST_POSTGRES") is { Length: > 0 } given) return given;
        using var script = Process.Start(new ProcessStartInfo(Repository.File("dev", "postgres"), "start") { RedirectStandardOutput = true })!;
        var printed = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        return script.ExitCode == 0 ? printed.Trim() : throw new InvalidOperationException("dev/postgres could not start PostgreSQL; it says why above.");
    }
}
