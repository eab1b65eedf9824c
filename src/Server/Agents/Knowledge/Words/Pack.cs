using System.Collections.Frozen;

namespace ChatOperator.Agents.Knowledge.Words;

/// <summary>What is known of one language, from its file beside this one: es.txt tells how such a file is written.</summary>
internal sealed class Pack
{
    private readonly Dictionary<string, List<string>> _sections;
    private readonly Dictionary<string, FrozenSet<string>> _words = [];

    private Pack(string tongue, Func<string, string> stem)
    {
        (Tongue, Stem, _sections) = (tongue, stem, Sections(tongue));
        foreach (var (section, lines) in _sections) _words[section] = lines.SelectMany(Letters.Words).ToFrozenSet();
        Joined = [.. _sections["joined"].Select(l => l.Split('=')).Select(half => (Letters.Words(half[0]).ToArray(), half[1].Trim()))];
    }

    public static Pack Spanish { get; } = new(Words.Tongue.Spanish, SpanishStem.Of);

    public static Pack English { get; } = new(Words.Tongue.English, EnglishStem.Of);

    public static IReadOnlyList<Pack> Both { get; } = [Spanish, English];

    public string Tongue { get; }

    /// <summary>What the forms of a word share.</summary>
    public Func<string, string> Stem { get; }

    /// <summary>Words that are read as one other word.</summary>
    public (string[] Words, string Read)[] Joined { get; }

    public static Pack Of(string tongue) => tongue == Words.Tongue.Spanish ? Spanish : English;

    /// <summary>The words of a section.</summary>
    public FrozenSet<string> this[string section] => _words[section];

    /// <summary>The lines of a section.</summary>
    public IReadOnlyList<string> Lines(string section) => _sections[section];

    /// <summary>The phrases of a section that are written between commas.</summary>
    public IEnumerable<string> Phrases(string section) =>
        _sections[section].SelectMany(l => l.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>Counts for nothing in a question.</summary>
    public bool IsEmpty(string word) => _words["empty"].Contains(word);

    /// <summary>Every other question has it.</summary>
    public bool IsWeak(string word) => _words["weak"].Contains(word);

    /// <summary>The lines of a file beside this one, without comments.</summary>
    public static IEnumerable<string> Read(string file)
    {
        using var stream = typeof(Pack).Assembly.GetManifestResourceStream($"{typeof(Pack).Namespace}.{file}")
            ?? throw new InvalidOperationException($"{file} is not embedded: look at Server.csproj.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => l[0] != '#')];
    }

    private static Dictionary<string, List<string>> Sections(string tongue)
    {
        var (sections, lines) = (new Dictionary<string, List<string>>(), new List<string>());
        foreach (var line in Read($"{tongue}.txt"))
            if (line[0] == '[') sections[line[1..^1]] = lines = [];
            else lines.Add(line);
        return sections;
    }
}
