using System.Diagnostics;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Npgsql;

namespace ChatOperator.Crash;

/// <summary>What the server writes to, to be taken away from it for a while.</summary>
internal abstract class Storage : IAsyncDisposable
{
    /// <summary>What the outage is.</summary>
    public abstract string Name { get; }

    public abstract Task TakeAsync();

    public abstract Task GiveBackAsync();

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static Storage Of(Installation installation) => installation.Provider == DatabaseProvider.Postgres
        ? new StoppedDatabase(installation.ConnectionString)
        : Environment.IsPrivilegedProcess ? new FullDisk(installation.DataDirectory) : new FileLimit();

    /// <summary>Every connection of the server is cut, and no new one is let in.</summary>
    private sealed class StoppedDatabase(string connectionString) : Storage
    {
        private readonly string _database = new NpgsqlConnectionStringBuilder(connectionString).Database!;

        public override string Name => "database unreachable";

        public override async Task TakeAsync()
        {
            await ExecuteAsync($"ALTER DATABASE {_database} ALLOW_CONNECTIONS false");
            await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_database}'");
        }

        public override Task GiveBackAsync() => ExecuteAsync($"ALTER DATABASE {_database} ALLOW_CONNECTIONS true");

        private async Task ExecuteAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false }.ToString());
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>The data directory is a small file system of its own, filled to the last byte.</summary>
    private sealed class FullDisk : Storage
    {
        private readonly string _directory, _filler;

        public FullDisk(string directory)
        {
            (_directory, _filler) = (directory, Path.Combine(directory, "filler"));
            Tool.Run("mount", "-t", "tmpfs", "-o", "size=512m", "tmpfs", directory);
        }

        public override string Name => "disk full";

        public override async Task TakeAsync()
        {
            var block = new byte[1 << 20];
            await using var filler = new FileStream(_filler, FileMode.Create, FileAccess.Write, FileShare.None, 0);
            // Smaller and smaller, until not even a page fits.
            for (var size = block.Length; size >= 4096;)
                try { await filler.WriteAsync(block.AsMemory(0, size)); }
                catch (IOException) { size /= 2; }
        }

        public override Task GiveBackAsync()
        {
            File.Delete(_filler);
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            Tool.Run("umount", "-l", _directory);
            return base.DisposeAsync();
        }
    }

    /// <summary>Without root: the kernel refuses the server's files to grow.</summary>
    private sealed class FileLimit : Storage
    {
        public override string Name => "files may not grow";

        public override Task TakeAsync() => LimitAsync("4096");

        public override Task GiveBackAsync() => LimitAsync("unlimited");

        private static Task LimitAsync(string bytes)
        {
            foreach (var server in Process.GetProcessesByName("dotnet").Where(p => Tool.IsChild(p.Id)))
                Tool.Run("prlimit", "--pid", $"{server.Id}", $"--fsize={bytes}:unlimited");
            return Task.CompletedTask;
        }
    }
}
