using ChatOperator.Channels.Contract;

namespace ChatOperator.ChannelAccounts;

/// <summary>Testing a connection without waiting for ever: silence is an answer too.</summary>
internal static class PatientTest
{
    public static async Task<ConnectionReport> TestWithinAsync(
        this IConnectionTest test, Connection connection, TimeSpan patience, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try { return await test.TestAsync(connection, limit.Token); }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ConnectionReport(
                false, new($"The network did not answer within {patience.TotalSeconds:0} s.", $"La red no respondió en {patience.TotalSeconds:0} s."),
                new("Try again in a moment; if it stays, check the address and the network's status page.",
                    "Reintentá en un momento; si persiste, revisá la dirección y la página de estado de la red."));
        }
    }
}
