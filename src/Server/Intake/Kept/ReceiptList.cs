using System.ComponentModel.DataAnnotations;
using ChatOperator.ChannelAccounts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Kept;

/// <summary>Which receipts.</summary>
internal sealed record ReceiptQuery
{
    /// <summary>Only those with this verdict.</summary>
    [FromQuery(Name = "verdict"), AllowedValues("applied", "duplicate", "unsupported", "anomalous", "unrouted", "failed")]
    public string? Verdict { get; init; }

    /// <summary>Only those received then or later.</summary>
    [FromQuery(Name = "since")]
    public DateTimeOffset? Since { get; init; }

    /// <summary>1 to 200, by default 50.</summary>
    [FromQuery(Name = "limit"), Range(1, 200)]
    public int? Limit { get; init; }

    /// <summary>Only those that came to this account's address.</summary>
    [FromQuery(Name = "account")]
    public Guid? Account { get; init; }

    /// <summary>A receipt's id: only older ones. The next page.</summary>
    [FromQuery(Name = "before")]
    public Guid? Before { get; init; }
}

/// <summary>Reading receipts as they are kept.</summary>
internal static class ReceiptList
{
    public const int DefaultLimit = 50;

    /// <summary>Newest first, without bodies.</summary>
    /// <exception cref="Problem">400 when the verdict is none or the limit out of range.</exception>
    public static async Task<List<ReceiptRow>> ReadReceiptsAsync(this AppDb db, ReceiptQuery query, CancellationToken cancel)
    {
        if (query.Limit is < 1 or > 200) throw Problem.Invalid([new("limit", "1 to 200.")]);
        var found = db.Receipts.AsNoTracking();
        if (query.Verdict is { Length: > 0 } word)
        {
            var verdict = VerdictOf(word);
            found = found.Where(r => r.Verdict == verdict);
            // In the words of the index of trouble: SQLite does not prove them from a parameter.
            if (verdict != Intake.Verdict.Applied) found = found.Where(r => r.Verdict != Intake.Verdict.Applied);
        }
        // Ids begin with the time they were made at, so that the key alone finds the page; the moment itself decides at the border.
        if (query.Since?.ToUniversalTime() is { } since)
        {
            var first = ReceiptIds.First(since);
            found = found.Where(r => r.Id.CompareTo(first) >= 0 && r.ReceivedAt >= since);
        }
        if (query.Account is { } account) found = found.Where(r => r.AccountId == account);
        if (query.Before is { } before) found = found.Where(r => r.Id.CompareTo(before) < 0);
        var rows = await found.OrderByDescending(r => r.Id).Take(query.Limit ?? DefaultLimit)
            .Select(r => new { r.Id, r.ReceivedAt, r.Verdict, r.Reason, r.AccountId, r.Channel, r.LagMs, r.Items }).ToListAsync(cancel);
        return rows.ConvertAll(r => new ReceiptRow(r.Id, r.ReceivedAt, r.Verdict, r.Reason, r.AccountId, r.Channel, r.LagMs, r.Id, Items(r.Items)));
    }

    /// <summary>One with its body.</summary>
    /// <exception cref="Problem">404.</exception>
    public static async Task<ReceiptRow> ReadReceiptAsync(this AppDb db, Guid id, AccountDirectory accounts, CancellationToken cancel)
    {
        var r = await db.Receipts.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel) ?? throw Problem.NotFound();
        var (body, encoding) = ReceiptBody.Show(r, await accounts.OfAnyTenantAsync(r.AccountId, cancel));
        var items = await WithRepeatedAsync(db, Items(r.Items), cancel);
        return new ReceiptRow(r.Id, r.ReceivedAt, r.Verdict, r.Reason, r.AccountId, r.Channel, r.LagMs, r.Id, items)
        {
            Body = body, BodyEncoding = encoding,
        };
    }

    /// <exception cref="Problem">400.</exception>
    public static Verdict VerdictOf(string word) =>
        Word.TryRead<Verdict>(word, out var verdict)
            ? verdict : throw Problem.Invalid([new("verdict", $"One of {string.Join(", ", Enum.GetValues<Verdict>().Select(Word.Of))}.")]);

    /// <summary>What a repeated message repeats: the intake does not look for it, so it is looked up for whoever asks.</summary>
    private static async Task<List<ReceiptItemView>> WithRepeatedAsync(AppDb db, List<ReceiptItemView> items, CancellationToken cancel)
    {
        var repeats = items.FindAll(i => i is { Verdict: Intake.Verdict.Duplicate, MessageId: null, AccountId: not null, ExternalId: not null });
        if (repeats.Count == 0) return items;
        var (accounts, ids) = (repeats.Select(i => i.AccountId!.Value).Distinct().ToArray(), repeats.Select(i => i.ExternalId!).Distinct().ToArray());
        var found = await db.ExternalIds.AsNoTracking().Where(e => accounts.Contains(e.AccountId) && ids.Contains(e.Id))
            .Join(db.Messages, e => e.MessageId, m => (long?)m.Id, (e, m) => new { e.AccountId, ExternalId = e.Id, m.Id, m.ConversationId }).ToListAsync(cancel);
        return items.ConvertAll(i => repeats.Contains(i) && found.Find(f => f.AccountId == i.AccountId && f.ExternalId == i.ExternalId) is { } first
            ? i with { MessageId = first.Id, ConversationId = first.ConversationId } : i);
    }

    private static List<ReceiptItemView> Items(string json) => [.. Receipts.ItemsOf(json).Select(ReceiptItemView.Of)];
}

/// <summary>Receipts' ids sort by time.</summary>
internal static class ReceiptIds
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>No receipt made at this moment or later has a smaller id. A minute of grace: the moment is read a little before the id is made.</summary>
    /// <param name="moment">Ids know no time before 1970.</param>
    public static Guid First(DateTimeOffset moment)
    {
        var from = moment - DateTimeOffset.UnixEpoch > Grace ? moment - Grace : DateTimeOffset.UnixEpoch;
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(from).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6..].Clear();
        return new Guid(bytes, bigEndian: true);
    }
}
