using System.Diagnostics;
using System.Globalization;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Npgsql;

namespace ChatOperator.Bench;

/// <summary>Makes each flush to disk take longer, as on a cloud's disk: by a preloaded library on SQLite, by its own setting on PostgreSQL.</summary>
internal static class SlowDisk
{
    /// <summary>Before the server starts. Needs a C compiler for SQLite.</summary>
    /// <param name="milliseconds">Added to each flush; 0: none.</param>
    public static async Task MakeAsync(DatabaseProvider provider, Installation installation, int milliseconds)
    {
        // What slowed SQLite's server must not be inherited by what is started for PostgreSQL: its file is gone by then.
        Environment.SetEnvironmentVariable("LD_PRELOAD", null);
        if (milliseconds == 0) return;
        var microseconds = (milliseconds * 1000).ToString(CultureInfo.InvariantCulture);
        if (provider == DatabaseProvider.Postgres)
        {
            await using var connection = new NpgsqlConnection(installation.ConnectionString);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"ALTER DATABASE \"{connection.Database}\" SET commit_delay = {microseconds}; ALTER DATABASE \"{connection.Database}\" SET commit_siblings = 0";
            await command.ExecuteNonQueryAsync();
            return;
        }
        var library = Path.Combine(installation.DataDirectory, "slowsync.so");
        using var compiler = Process.Start("cc", ["-O2", "-shared", "-fPIC", "-o", library, Path.Combine(AppContext.BaseDirectory, "slowsync.c"), "-ldl"]);
        await compiler.WaitForExitAsync();
        if (compiler.ExitCode != 0) throw new InvalidOperationException("The library that slows the disk could not be compiled: apt-get install gcc libc6-dev.");
        // Inherited by the server; nothing else here flushes.
        Environment.SetEnvironmentVariable("LD_PRELOAD", library);
        Environment.SetEnvironmentVariable("SLOW_SYNC_US", microseconds);
    }
}
