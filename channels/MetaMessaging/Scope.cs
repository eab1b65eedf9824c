using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>Where in a body the reading is: what was found so far, in whose language, and whose items these are.</summary>
/// <param name="Standby">Another app has the conversations of these items.</param>
internal readonly record struct Scope(Findings Findings, Dialect Dialect, Route Route, bool Standby)
{
    /// <summary>Ids have up to 20 digits; much longer ones are no ids.</summary>
    private const int LongestId = 64;

    public void Add(ChannelEvent found) => Findings.Add(found);

    public void Anomaly(string why) => Findings.Anomaly(Route, why);

    /// <summary>Reads each item of a list by itself, so that a bad one never hides its siblings. False when there is no such list.</summary>
    public bool Each(JsonElement list, string noun, Action<Scope, JsonElement> read)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            if (!list.Exists()) return false;
            Anomaly($"The {noun} list is no list.");
            return true;
        }

        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object) Anomaly($"An item of the {noun} list is no object.");
            else if (IsClear(item, deep: noun == "messaging")) read(this, item);
        }

        return true;
    }

    /// <summary>Whether no property stands twice: which of the two would be the network's word?</summary>
    public bool IsClear(JsonElement item, bool deep)
    {
        if (!JsonBody.NamesTwice(item, deep)) return true;
        Anomaly("A property stands twice.");
        return false;
    }

    /// <summary>The person in a property such as <c>sender</c>; null when no id stands there.</summary>
    public Person? PersonIn(JsonElement item, ReadOnlySpan<byte> property) =>
        IdIn(item, property) is { } id ? new Person([new Identity($"{Dialect.Identity}:{Route.Account}:{id}", id)], id) : null;

    /// <summary>The id in a property such as <c>sender</c>.</summary>
    public static string? IdIn(JsonElement item, ReadOnlySpan<byte> property) => Short(item.Get(property).Id("id"u8));

    /// <summary>An id that can be one, or null.</summary>
    public static string? Short(string? id) => id is { Length: <= LongestId } ? id : null;
}
