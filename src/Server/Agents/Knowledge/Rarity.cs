namespace ChatOperator.Agents.Knowledge;

/// <summary>How rare words are among a tenant's entries: the rarer, the more they say.</summary>
/// <param name="counts">For each word of the index that was asked for: entries and rows.</param>
internal sealed class Rarity(int entries, Dictionary<string, (int Entries, int Rows)> counts)
{
    public int Entries => entries;

    public bool Knows(string key) => counts.ContainsKey(key);

    public int Rows(string key) => counts.TryGetValue(key, out var count) ? count.Rows : 0;

    /// <summary>From near 0 for a word of every entry to this for one that is nowhere.</summary>
    public double Of(string key)
    {
        var n = counts.TryGetValue(key, out var count) ? count.Entries : 0;
        return Math.Log(1 + (entries - n + 0.5) / (n + 0.5));
    }

    /// <summary>What a word in no entry would have.</summary>
    public double Most => Math.Log(1 + (entries + 0.5) / 0.5);

    public void Add(Rarity other)
    {
        foreach (var (key, count) in other.Counts) counts[key] = count;
    }

    private Dictionary<string, (int Entries, int Rows)> Counts => counts;
}
