using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Intake.Echoes;
using ChatOperator.Intake.People;
using ChatOperator.Intake.Singles;
using ChatOperator.Outbox;
using Npgsql;

namespace ChatOperator.Intake.Postgres;

/// <summary>
/// Two round trips for a batch of messages whose people are known: one locks and gives numbers, one writes what follows and commits; and
/// one before them for reports, which look up what they speak of. Locks are taken in the order that holds everywhere: conversations, messages, deliveries, counters.
/// </summary>
internal sealed class PostgresIntakeStore(
    Databases databases, Settings settings, KnownPeople known, SingleEvents singles, HoldEchoes holding, LateFailures failures) : IIntakeStore, IAsyncDisposable
{
    private const int Tries = 5;

    /// <summary>A batch in one piece: with less, both sides are called several times for each.</summary>
    private const int Buffer = 128 * 1024;

    // Tables grow from nothing and generic plans would scan them, or gather a bitmap for each row: every access here is by key, and planned once.
    private readonly NpgsqlDataSource _pool = Db.Postgres.Pool(
        settings.Database.ConnectionString, Db.Postgres.SystemRole,
        "-c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off -c enable_bitmapscan=off -c plan_cache_mode=force_generic_plan", Buffer);

    public async Task ApplyAsync(Batch batch)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                await TryApplyAsync(batch);
                return;
            }
            catch (Exception e) when (attempt < Tries && StoreErrors.CauseOf(e) is LostRaceException or PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected })
            {
                // Another node made the same person first, a merge crossed ours, or a lane took up what a report speaks of.
                batch.StartOver();
            }
    }

    public async Task KeepAsFailedAsync(Arrival arrival, string why)
    {
        await using var connection = await _pool.OpenConnectionAsync();
        var transaction = new PostgresTransaction(connection);
        await PostgresReceipts.RecallAsync(transaction, [arrival]);
        foreach (var item in arrival.Items) item.Conclude(Verdict.Failed, why);
        await using var batch = transaction.Batch();
        PostgresReceipts.Write(batch, [arrival]);
        batch.Add("COMMIT");
        await batch.ExecuteNonQueryAsync();
    }

    // Data exceptions, integrity violations, limits that a value exceeds.
    public bool IsDataError(Exception e) => StoreErrors.CauseOf(e) is PostgresException postgres
        ? postgres.SqlState[..2] is "22" or "23" or "54"
        : StoreErrors.AreOurs(e);

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private async Task TryApplyAsync(Batch batch)
    {
        await using var connection = await _pool.OpenConnectionAsync();
        try
        {
            var transaction = new PostgresTransaction(connection);
            await PostgresReceipts.RecallAsync(transaction, batch.Arrivals);
            var resolution = new PeopleResolution(known, databases.Time);
            await resolution.ResolveAsync(batch.Spoken, new PostgresPeopleTables(transaction));
            await PostgresPlaces.FindAsync(transaction, batch);
            await PostgresReports.GlanceAsync(transaction, batch.Reports);
            await PostgresMessages.ClaimAsync(transaction, batch);
            if (batch.Watermarks.Count > 0) await PostgresWatermarks.AdvanceAsync(transaction, batch.Watermarks);
            var parked = batch.Parked;
            var looks = batch.Singles.Count + parked.Count > 0 || batch.Unexplained.Any() || batch.Messages.Exists(m => m.Waiting is not null);
            if (looks) await PostgresMessages.StoreAsync(transaction, batch);
            if (parked.Count > 0) await EchoTicks.ApplyAsync(parked, databases, connection);
            await singles.ApplyAsync(batch, connection);
            if (batch.Unexplained.Any()) await holding.ApplyAsync(batch, connection);
            var late = batch.HasLateFailures();
            await PostgresMessages.WriteAsync(transaction, batch, stored: looks, commit: !late);
            if (late)
            {
                await failures.ApplyAsync(batch, databases, connection);
                await ExecuteAsync(connection, "COMMIT");
            }
            resolution.Committed();
        }
        catch
        {
            known.Forget();
            await RollBackAsync(connection);
            throw;
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task RollBackAsync(NpgsqlConnection connection)
    {
        try { await ExecuteAsync(connection, "ROLLBACK"); }
        // The connection is gone, and the transaction with it.
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException) { await connection.CloseAsync(); }
    }
}
