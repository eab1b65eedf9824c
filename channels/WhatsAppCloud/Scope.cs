using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>Where in a body the reading is: what was found so far, whose item it is, and the value it stands in.</summary>
/// <param name="Contacts">The people named beside the items of this value.</param>
internal readonly record struct Scope(Findings Findings, Route Route, JsonElement Value, ContactBook Contacts)
{
    public void Add(ChannelEvent found) => Findings.Add(found);

    public void Anomaly(string why) => Findings.Anomaly(Route, why);

    /// <summary>Reads each item of a list by itself, so that a bad one never hides its siblings. False when there was nothing.</summary>
    public bool Each(ReadOnlySpan<byte> list, string noun, bool required, Action<Scope, JsonElement> read)
    {
        var items = Value.Get(list);
        if (items.ValueKind != JsonValueKind.Array)
        {
            if (!required && !items.Exists()) return false;
            Anomaly($"The {noun} list is missing or no list.");
            return true;
        }

        foreach (var item in items.EnumerateArray()) ReadOne(item, noun, read);
        return items.GetArrayLength() > 0;
    }

    /// <summary>Whether no property stands twice: which of the two would be the network's word?</summary>
    public bool IsClear(JsonElement item, bool deep)
    {
        if (!JsonBody.NamesTwice(item, deep)) return true;
        Anomaly("A property stands twice.");
        return false;
    }

    private void ReadOne(JsonElement item, string noun, Action<Scope, JsonElement> read)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            Anomaly($"An item of the {noun} list is no object.");
            return;
        }

        if (IsClear(item, deep: noun is not ("entry" or "change"))) read(this, item);
    }
}
