namespace ChatOperator.Channels.Tests;

/// <summary>A body that a network might send, and beside it what it means: <c>text.json</c>, <c>text.events.json</c>.</summary>
public sealed record Fixture(string Path)
{
    private const string Ending = ".events.json";

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public byte[] Body => File.ReadAllBytes(Path);

    public string ExpectationPath => System.IO.Path.ChangeExtension(Path, null) + Ending;

    /// <summary>All fixtures of a channel. Those whose name begins with "odd" hold what the network should never send.</summary>
    public static IReadOnlyList<Fixture> Of(string channelFolder) =>
        [.. Directory.EnumerateFiles(System.IO.Path.Combine(House.ChannelsFolder, channelFolder, "Fixtures"), "*.json")
            .Where(path => !path.EndsWith(Ending, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new Fixture(path))];
}
