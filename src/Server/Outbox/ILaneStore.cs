namespace ChatOperator.Outbox;

/// <summary>Reads and writes many lanes in one transaction; one implementation for each database.</summary>
internal interface ILaneStore
{
    /// <summary>
    /// Locks the lanes, reads them, lets <paramref name="work"/> decide, writes what it left in the turns, and commits.
    /// All or nothing; no two turns of one lane.
    /// </summary>
    /// <param name="now">The turn's moment.</param>
    Task RunAsync(IReadOnlyList<LaneTurn> turns, DateTimeOffset now, Action<LaneTurn> work, CancellationToken cancel);
}
