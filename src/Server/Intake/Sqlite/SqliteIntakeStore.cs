using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Intake.Echoes;
using ChatOperator.Intake.People;
using ChatOperator.Intake.Singles;
using ChatOperator.Outbox;
using Microsoft.Data.Sqlite;

namespace ChatOperator.Intake.Sqlite;

/// <summary>One connection of its own, prepared statements, one transaction per batch in turn with the process's other writes.</summary>
internal sealed class SqliteIntakeStore(Databases databases, KnownPeople known, SingleEvents singles, HoldEchoes holding, LateFailures failures) : IIntakeStore, IDisposable
{
    // SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_RANGE: the row is at fault, not the disk or the lock.
    private static readonly int[] DataErrors = [19, 18, 20, 25];

    private SqliteConnection? _connection;
    private SqliteIntakeTables? _tables;
    private SqlitePeopleTables? _people;
    private SqliteWatermarks? _watermarks;

    public Task ApplyAsync(Batch batch) => InTransactionAsync(async (connection, tables, people) =>
    {
        foreach (var arrival in batch.Arrivals) if (arrival.Replays is not null) tables.Recall(arrival);
        var resolution = new PeopleResolution(known, databases.Time);
        await resolution.ResolveAsync(batch.Spoken, people);
        Store(batch, tables);
        foreach (var report in batch.Reports) Apply(report, tables);
        foreach (var mark in batch.Watermarks) _watermarks!.Apply(mark);
        foreach (var echo in batch.Messages) if (echo is { IsNew: true, Inbound: false }) _watermarks!.CatchUp(echo);
        RecordChanges(batch, tables);
        if (batch.HasLateFailures()) await failures.ApplyAsync(batch, databases, connection);
        if (batch.Parked is { Count: > 0 } parked) await EchoTicks.ApplyAsync(parked, databases, connection);
        await singles.ApplyAsync(batch, connection);
        if (batch.Unexplained.Any()) await holding.ApplyAsync(batch, connection);
        Keep(batch.Arrivals, tables);
        return resolution.Committed;
    });

    public Task KeepAsFailedAsync(Arrival arrival, string why) => InTransactionAsync((_, tables, _) =>
    {
        if (arrival.Replays is not null) tables.Recall(arrival);
        foreach (var item in arrival.Items) item.Conclude(Verdict.Failed, why);
        Keep([arrival], tables);
        return Task.FromResult<Action?>(null);
    });

    public bool IsDataError(Exception e) => StoreErrors.CauseOf(e) is SqliteException sqlite ? DataErrors.Contains(sqlite.SqliteErrorCode) : StoreErrors.AreOurs(e);

    public void Dispose() => Close();

    private static void Store(Batch batch, SqliteIntakeTables tables)
    {
        if (batch.Messages.Count == 0) return;
        var id = tables.Draw(Numbers.Message, batch.Messages.Count);
        foreach (var message in batch.Messages)
        {
            if (!tables.Claim(message, id, out var pending))
            {
                message.SeenBefore();
                continue;
            }
            if (pending > 0 && !message.Inbound) message.Status = MessageStatusRank.Of((Channels.Contract.DeliveryStatus)pending);
            tables.Insert(message, id);
            message.Stored(id++);
        }
        foreach (var file in batch.NewFiles()) tables.Insert(file);
        foreach (var file in batch.UploadedFiles()) tables.Adopt(file);
        foreach (var update in batch.ConversationUpdates()) tables.Update(update);
    }

    private static void Apply(Report report, SqliteIntakeTables tables)
    {
        report.Delivery = tables.Find(report, out var named);
        if (report.Delivery is { } delivery && !named) report.Waited = tables.Name(report, delivery);
        if (report.Delivery is null || report.Waits) tables.Park(report);
        else if (report.Advances) tables.Advance(report, report.Delivery);
        report.Conclude();
    }

    private static void RecordChanges(Batch batch, SqliteIntakeTables tables)
    {
        var stored = batch.Messages.Where(m => m.IsNew).ToList();
        var advanced = batch.Reports.Where(r => r.Advances).ToList();
        var moved = batch.Watermarks.SelectMany(w => w.Messages, (w, message) => (Mark: w, Message: message)).ToList();
        if (stored.Count + advanced.Count + moved.Count == 0) return;
        var seq = tables.Draw(Numbers.Change, stored.Count + advanced.Count + moved.Count);
        foreach (var m in stored) tables.Record(m.Account.TenantId, seq++, m.Id, m.Place.ConversationId, m.Arrival.At);
        foreach (var r in advanced) tables.Record(r.Account.TenantId, seq++, r.Delivery!.MessageId, r.Delivery.ConversationId, r.Arrival.At);
        foreach (var (w, message) in moved) tables.Record(w.Account.TenantId, seq++, message, w.ConversationId!.Value, w.Arrival.At);
    }

    private static void Keep(IReadOnlyList<Arrival> arrivals, SqliteIntakeTables tables)
    {
        foreach (var arrival in arrivals)
        {
            foreach (var receipt in Receipts.Of(arrival)) tables.Insert(receipt);
        }
        foreach (var count in Receipts.Counts(arrivals)) tables.Count(count);
        foreach (var arrival in arrivals)
            if (Receipts.OfReplay(arrival) is { } replayed) tables.Conclude(replayed);
    }

    private async Task InTransactionAsync(Func<SqliteConnection, SqliteIntakeTables, SqlitePeopleTables, Task<Action?>> work)
    {
        using var turn = await databases.Gate.EnterAsync();
        try
        {
            var connection = Open();
            Run("BEGIN IMMEDIATE");
            var committed = await work(connection, _tables!, _people!);
            Run("COMMIT");
            committed?.Invoke();
        }
        catch
        {
            // Whatever the state of the connection is, closing it rolls back; the next batch opens a new one.
            Close();
            known.Forget();
            throw;
        }
    }

    private SqliteConnection Open()
    {
        if (_connection is not null) return _connection;
        _connection = Db.Sqlite.Open(databases.SqliteConnectionString!);
        (_tables, _people, _watermarks) = (new SqliteIntakeTables(_connection), new SqlitePeopleTables(_connection), new SqliteWatermarks(_connection));
        return _connection;
    }

    private void Run(string sql)
    {
        using var statement = new SqliteStatement(_connection!, sql);
        statement.Run();
    }

    private void Close()
    {
        _tables?.Dispose();
        _people?.Dispose();
        _watermarks?.Dispose();
        _connection?.Dispose();
        (_connection, _tables, _people, _watermarks) = (null, null, null, null);
    }
}
