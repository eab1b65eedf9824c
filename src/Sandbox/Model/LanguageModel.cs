using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.Model;

/// <summary>The double of a language model: what it was told to say, and everything it was asked.</summary>
internal sealed class LanguageModel(TimeProvider time)
{
    private const int MostKept = 10_000;

    private readonly Lock _gate = new();
    private readonly List<AskedOfModel> _asked = [];
    private volatile ModelScript _script = new();
    private long _answers;

    public ModelScript Script => _script;

    public void Set(ModelScript script) => _script = script;

    public void Reset()
    {
        _script = new ModelScript();
        lock (_gate) _asked.Clear();
    }

    public string NextId() => Interlocked.Increment(ref _answers).ToString("x6", CultureInfo.InvariantCulture);

    /// <summary>The rule for this request, if any; it is used up by one.</summary>
    public ModelRule? Rule(ModelRequest request)
    {
        foreach (var rule in _script.Rules ?? [])
            if (rule.When?.Holds(request) != false && Use(rule))
                return rule;
        return null;
    }

    /// <summary>What was asked, oldest first.</summary>
    public AskedOfModel[] Asked()
    {
        lock (_gate) return [.. _asked];
    }

    /// <summary>Writes down a request; the oldest are forgotten, so that a benchmark does not fill the memory.</summary>
    public AskedOfModel Note(JsonNode? body, string? key)
    {
        var asked = new AskedOfModel(time.GetUtcNow(), key, body);
        lock (_gate)
        {
            if (_asked.Count >= MostKept) _asked.RemoveRange(0, MostKept / 10);
            _asked.Add(asked);
        }
        return asked;
    }

    private bool Use(ModelRule rule)
    {
        lock (_gate)
        {
            if (rule.Times is not { } left) return true;
            if (left <= 0) return false;
            rule.Times = left - 1;
            return true;
        }
    }
}

/// <summary>One request as it came, and how it ended.</summary>
internal sealed class AskedOfModel(DateTimeOffset at, string? key, JsonNode? body)
{
    public DateTimeOffset At { get; } = at;

    /// <summary>The bearer's key.</summary>
    public string? Key { get; } = key;

    public JsonNode? Body { get; } = body;

    /// <summary>answered | refused | cut | abandoned (the caller hung up); null while it is being answered.</summary>
    public string? Outcome { get; set; }

    public int? Status { get; set; }
}
