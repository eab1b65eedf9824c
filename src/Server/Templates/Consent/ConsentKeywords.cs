using System.Collections.Frozen;

namespace ChatOperator.Templates.Consent;

/// <summary>Words by which people stop marketing, or ask for it again: alone in a message, in Spanish or English.</summary>
internal static class ConsentKeywords
{
    /// <summary>What keywords are about.</summary>
    public const string Category = "marketing";

    private static readonly FrozenDictionary<string, bool> OptsIn = new Dictionary<string, bool>
    {
        ["stop"] = false, ["unsubscribe"] = false, ["stop promotions"] = false, ["stop all"] = false, ["opt out"] = false,
        ["baja"] = false, ["dar de baja"] = false, ["darme de baja"] = false, ["alto"] = false, ["desuscribir"] = false, ["desuscribirme"] = false,
        ["no más promociones"] = false, ["no mas promociones"] = false, ["detener promociones"] = false,
        ["start"] = true, ["subscribe"] = true, ["unstop"] = true, ["opt in"] = true,
        ["alta"] = true, ["suscribir"] = true, ["suscribirme"] = true, ["dar de alta"] = true, ["darme de alta"] = true,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly int Longest = OptsIn.Keys.Max(k => k.Length);

    private static readonly FrozenDictionary<string, bool>.AlternateLookup<ReadOnlySpan<char>> Lookup = OptsIn.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a message says only such a word, and which. Every message received comes by here: nothing is allocated.</summary>
    public static bool Find(ReadOnlySpan<char> words, out bool optsIn)
    {
        optsIn = false;
        if (words.Length > Longest + 8) return false;
        return Lookup.TryGetValue(words.Trim().TrimEnd(" .!¡").TrimStart("¡"), out optsIn);
    }
}
