using System.Security.Cryptography;

namespace ChatOperator.Hosting;

/// <summary>
/// The directory that, on SQLite, is the whole installation. Locked exclusively while a process runs: SQLite has one writer,
/// and two processes would each believe to be it.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream? _lock;

    private DataDirectory(string path, FileStream? @lock)
    {
        Path = path;
        _lock = @lock;
    }

    public string Path { get; }

    public string DatabaseFile => System.IO.Path.Combine(Path, "chat-operator.db");

    /// <exception cref="StartException">Another process has it, or it cannot be written.</exception>
    public static DataDirectory Open(Settings settings)
    {
        var path = System.IO.Path.GetFullPath(settings.DataDirectory);
        try
        {
            Directory.CreateDirectory(path);
            if (settings.Database.Provider == DatabaseProvider.Postgres) return new DataDirectory(path, null);
            var file = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataDirectory(path, file);
        }
        catch (IOException e)
        {
            throw new StartException($"The data directory {path} is in use by another process or cannot be written: {e.Message}");
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartException($"The data directory {path} cannot be written: {e.Message}");
        }
    }

    /// <summary>The installation's encryption key: from the configuration, else from the directory, made on first start.</summary>
    public byte[] SecretsKey(Settings settings)
    {
        if (settings.Secrets.Key.Length > 0) return Decode(settings.Secrets.Key, "Secrets:Key");
        var file = System.IO.Path.Combine(Path, "secrets.key");
        if (File.Exists(file)) return Decode(File.ReadAllText(file).Trim(), file);
        var key = RandomNumberGenerator.GetBytes(32);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new StreamWriter(file, options)) stream.Write(Convert.ToBase64String(key));
        return key;
    }

    public void Dispose() => _lock?.Dispose();

    private static byte[] Decode(string base64, string where)
    {
        var key = new byte[32];
        return Convert.TryFromBase64String(base64, key, out var length) && length == 32
            ? key
            : throw new StartException($"{where} must be 32 bytes in base64.");
    }
}

/// <summary>A start that cannot go on, in words for whoever runs the server. Printed without a stack trace; exit code 1.</summary>
public sealed class StartException(string message) : Exception(message);
