using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>What a tenant's agents used on one day.</summary>
/// <param name="Day">In UTC.</param>
/// <param name="Cost">In the currency of the models' prices, as far as they are known.</param>
public sealed record UsageOfDay(DateOnly Day, int Turns, int Answered, int HandedOff, int Failed, long InputTokens, long OutputTokens, decimal Cost);

/// <summary>Tokens and cost by day, as long as turns are kept.</summary>
internal static class AgentUsage
{
    private const int UsualDays = 30;
    private const int MostDays = 366;

    public static void Map(WebApplication app) =>
        app.MapGet("/admin/agent/usage", ReadAsync).WithTags("Agent").RequireAuthorization(Access.Read)
            .WithSummary("Turns, tokens and cost of the tenant's agents, or of one account's, by day, oldest first; the last 30 days by default");

    /// <exception cref="Problem">400: no such span of days.</exception>
    private static async Task<List<UsageOfDay>> ReadAsync(DateOnly? from, DateOnly? to, Guid? account_id, AppDb db, TimeProvider time, CancellationToken cancel)
    {
        var last = to is { } end ? Days.Check(end, "to") : DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var first = from is { } begin ? Days.Check(begin, "from") : last.AddDays(1 - UsualDays);
        if (first > last || last.DayNumber - first.DayNumber >= MostDays) throw Problem.Invalid($"from and to: at most {MostDays} days, from the earlier to the later.");
        var days = new List<UsageOfDay>();
        // A day at a time: each is one range of the index, whatever the database makes of dates.
        for (var day = first; day <= last; day = day.AddDays(1)) days.Add(await OfAsync(db, day, account_id, cancel));
        return days;
    }

    private static async Task<UsageOfDay> OfAsync(AppDb db, DateOnly day, Guid? account, CancellationToken cancel)
    {
        var begin = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var end = begin.AddDays(1);
        var sums = await db.AgentTurns.Where(t => t.StartedAt >= begin && t.StartedAt < end && (account == null || t.AccountId == account)).GroupBy(t => t.Outcome)
            .Select(g => new { Outcome = g.Key, Count = g.Count(), Input = g.Sum(t => t.InputTokens), Output = g.Sum(t => t.OutputTokens), Cost = g.Sum(t => (double?)t.Cost) })
            .ToListAsync(cancel);
        int Of(TurnOutcome outcome) => sums.Find(s => s.Outcome == outcome)?.Count ?? 0;
        return new UsageOfDay(
            day, sums.Sum(s => s.Count), Of(TurnOutcome.Answered), Of(TurnOutcome.HandedOff), Of(TurnOutcome.Failed), sums.Sum(s => s.Input), sums.Sum(s => s.Output),
            decimal.Round((decimal)sums.Sum(s => s.Cost ?? 0), 8));
    }
}
