using ChatOperator.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOperator.Harness;

/// <summary>A migrated SQLite file, made once in this process and copied: migrating takes as long as all else of a start.</summary>
internal static class SqliteTemplate
{
    private const string FileName = "chat-operator.db";

    private static readonly Lazy<Task<byte[]>> Template = new(MigrateAsync);

    public static async Task CopyAsync(string directory) => await File.WriteAllBytesAsync(Path.Combine(directory, FileName), await Template.Value);

    private static async Task<byte[]> MigrateAsync()
    {
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Sqlite);
        await using (var node = await Program.BuildAsync([], installation.Configure)) await node.Services.GetRequiredService<Preparation>().Done;
        var file = Path.Combine(installation.DataDirectory, FileName);
        // The last connection to leave writes the log back into the file.
        if (File.Exists(file + "-wal")) throw new InvalidOperationException("The template is still open.");
        return await File.ReadAllBytesAsync(file);
    }
}
