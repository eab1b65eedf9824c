using System.Globalization;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Kept;

/// <summary>The books of one day: received is the sum of the verdicts, and the counters are what the receipts say.</summary>
/// <param name="Recounted">The same counted anew from the receipts; null when some of that day were removed by retention.</param>
/// <param name="Agrees">Whether counters and receipts say the same; null when it cannot be told any more.</param>
/// <param name="Detail">What that means, for a person.</param>
public sealed record DayBooks(
    DateOnly Day, long Received, long Applied, long Duplicate, long Unsupported, long Anomalous, long Unrouted, long Failed,
    IReadOnlyList<AccountBooks> Accounts, IReadOnlyList<AccountBooks>? Recounted, bool? Agrees, string Detail);

/// <summary>One account's part, in items.</summary>
public sealed record AccountBooks(
    Guid AccountId, long Received, long Applied, long Duplicate, long Unsupported, long Anomalous, long Unrouted, long Failed);

/// <summary>Compares the counters of a day with its receipts.</summary>
internal static class Reconciliation
{
    // One statement, so that both sides are of one moment while webhooks come in.
    private const string Postgres = """
        SELECT 'counted' AS source, account_id::text AS account, verdict, items FROM intake_count WHERE tenant_id = {0} AND day = {1}
        UNION ALL
        SELECT 'receipts', coalesce(i.value ->> 'account', r.account_id::text), i.value ->> 'verdict', count(*)
        FROM receipt r, jsonb_array_elements(r.items) i
        WHERE r.tenant_id = {0} AND r.id >= {2} AND r.id < {3} AND r.received_at >= {4} AND r.received_at < {5} GROUP BY 2, 3
        """;

    private const string Sqlite = """
        SELECT 'counted' AS source, hex(account_id) AS account, verdict, items FROM intake_count WHERE tenant_id = {0} AND day = {1}
        UNION ALL
        SELECT 'receipts', coalesce(i.value ->> '$.account', hex(r.account_id)), i.value ->> '$.verdict', count(*)
        FROM receipt r, json_each(r.items) i
        WHERE r.tenant_id = {0} AND r.id >= {2} AND r.id < {3} AND r.received_at >= {4} AND r.received_at < {5} GROUP BY 2, 3
        """;

    /// <exception cref="Problem">400: no day that one can count from.</exception>
    /// <param name="owners">Whose books, each through a door that shows them; they are added up.</param>
    public static async Task<DayBooks> OfAsync(IReadOnlyList<(AppDb Door, Guid Tenant)> owners, DateOnly day, int keptDays, CancellationToken cancel)
    {
        Days.Check(day, "day");
        var rows = new List<BookLine>();
        foreach (var (db, tenant) in owners)
            rows.AddRange(await db.Database.SqlQueryRaw<BookLine>(db is PostgresDb ? Postgres : Sqlite, Parameters(db, tenant, day)).ToListAsync(cancel));
        var counted = Books(rows, "counted");
        var whole = Sum(Guid.Empty, rows.Where(r => r.Source == "counted"));
        var complete = day > DateOnly.FromDateTime(owners[0].Door.Databases.Time.GetUtcNow().UtcDateTime).AddDays(-keptDays);
        List<AccountBooks>? recounted = complete ? Books(rows, "receipts") : null;
        bool? agrees = recounted is null ? null : recounted.SequenceEqual(counted);
        var detail = agrees switch
        {
            true => "The counters are what the receipts say.",
            false => "The counters differ from the receipts.",
            null => $"Receipts are kept for {keptDays} days; those of this day are removed in part, so only the counters are left.",
        };
        return new DayBooks(
            day, whole.Received, whole.Applied, whole.Duplicate, whole.Unsupported, whole.Anomalous, whole.Unrouted, whole.Failed,
            counted, recounted, agrees, detail);
    }

    private static object[] Parameters(AppDb db, Guid tenant, DateOnly day)
    {
        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var (first, last) = (ReceiptIds.First(start), ReceiptIds.First(start.AddDays(1).AddMinutes(2)));
        return db is PostgresDb
            ? [tenant, day, first, last, start, start.AddDays(1)]
            : [Db.Sqlite.Blob(tenant), day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Db.Sqlite.Blob(first), Db.Sqlite.Blob(last),
                start.ToUnixTimeMilliseconds(), start.AddDays(1).ToUnixTimeMilliseconds()];
    }

    /// <summary>A part for each account, sorted; accounts whose items sum up to nothing are left out on both sides.</summary>
    private static List<AccountBooks> Books(List<BookLine> rows, string source) =>
        [.. from row in rows
            where row.Source == source
            group row by Guid.Parse(row.Account) into account
            let books = Sum(account.Key, account)
            where books.Received != 0
            orderby account.Key
            select books];

    private static AccountBooks Sum(Guid account, IEnumerable<BookLine> rows)
    {
        var by = rows.GroupBy(r => Word.Read<Verdict>(r.Verdict)).ToDictionary(g => g.Key, g => g.Sum(r => r.Items));
        return new AccountBooks(account, by.Values.Sum(), Of(Verdict.Applied), Of(Verdict.Duplicate), Of(Verdict.Unsupported), Of(Verdict.Anomalous),
            Of(Verdict.Unrouted), Of(Verdict.Failed));

        long Of(Verdict verdict) => by.GetValueOrDefault(verdict);
    }

    /// <summary>A line of the statement above.</summary>
    private sealed record BookLine(string Source, string Account, string Verdict, long Items);
}
