using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire;

/// <summary>What the reading of one body has found so far.</summary>
internal sealed class Findings
{
    /// <summary>Anomalies listed one by one. A body can hold a million of them; the rest is only counted.</summary>
    private const int MaxAnomalies = 100;

    private readonly List<ChannelEvent> _events = new(1);
    private int _anomalies;

    public void Add(ChannelEvent found) => _events.Add(found);

    public void Anomaly(Route route, string why)
    {
        if (++_anomalies <= MaxAnomalies) _events.Add(new Anomalous(route, why));
    }

    /// <summary>All events in the network's order.</summary>
    public IReadOnlyList<ChannelEvent> Events()
    {
        if (_anomalies > MaxAnomalies) _events.Add(new Anomalous(default, $"{_anomalies - MaxAnomalies} more anomalies"));
        return _events;
    }
}
