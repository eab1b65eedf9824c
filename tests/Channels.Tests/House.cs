namespace ChatOperator.Channels.Tests;

/// <summary>Where the repository stands: tests read fixtures in place, so that a new one needs no build.</summary>
public static class House
{
    public static string Root { get; } = Find();

    public static string ChannelsFolder => Path.Combine(Root, "channels");

    /// <summary>The folders that hold a channel; the others hold what channels share.</summary>
    public static IEnumerable<string> ChannelFolders() =>
        Directory.EnumerateDirectories(ChannelsFolder)
            .Where(folder => File.Exists(Path.Combine(folder, $"{Path.GetFileName(folder)}Channel.cs")))
            .Order(StringComparer.Ordinal);

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ChatOperator.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run within the repository.");
        }

        return folder;
    }
}
