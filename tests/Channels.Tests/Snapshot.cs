using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Tests;

/// <summary>Events as text for the files beside the fixtures, and for comparing them by value.</summary>
public static class Snapshot
{
    /// <summary>Set to write expectations instead of checking them. Review what it wrote: a record of a fault is a fault.</summary>
    public static readonly bool Recording = Environment.GetEnvironmentVariable("RECORD_SNAPSHOTS") == "1";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Of(IEnumerable<ChannelEvent> events) =>
        new JsonArray([.. events.Select(Node)]).ToJsonString(Options) + "\n";

    private static JsonObject Node(ChannelEvent found)
    {
        var node = new JsonObject { ["event"] = found.GetType().Name };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(found, found.GetType(), Options)!.AsObject().ToArray())
        {
            node[name] = value?.DeepClone();
        }

        return node;
    }
}
