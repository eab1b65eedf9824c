using System.Globalization;
using ChatOperator.Agents.Turns;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;

namespace ChatOperator.Traces;

/// <summary>The story of a message: every step it took, in order.</summary>
/// <param name="Ids">What it is known by; each of them finds the same story.</param>
public sealed record Trace(TraceIds Ids, IReadOnlyList<TraceStep> Steps);

/// <summary>The names of one story.</summary>
/// <param name="CorrelationId">Of the receipt, the turn or the send that began it.</param>
/// <param name="Messages">Message ids, ascending.</param>
/// <param name="ExternalIds">The networks' message ids.</param>
/// <param name="Turns">The agent's turns, oldest first: each has a log of its own.</param>
public sealed record TraceIds(Guid CorrelationId, Guid? ConversationId, Guid? ReceiptId, IReadOnlyList<long> Messages, IReadOnlyList<string> ExternalIds,
    IReadOnlyList<Guid> Turns);

/// <summary>One thing that happened.</summary>
/// <param name="Kind">receipt | item | identity | message | override | turn | agent_model | agent_tool | agent_guard | agent_lock | agent_trouble | agent_outcome | attempt | status.</param>
/// <param name="Code">What happened, as a stable word, for clients with words of their own; null inside turns of older versions.</param>
/// <param name="Title">The same in a few English words.</param>
/// <param name="Values">What the title mentions, such as <c>part</c> or <c>outcome</c>.</param>
/// <param name="Detail">Whatever else is known: codes, ids, the network's own words.</param>
public sealed record TraceStep(
    DateTimeOffset At, string Kind, string? Code, string Title, IReadOnlyDictionary<string, object?> Values, IReadOnlyDictionary<string, object?> Detail)
{
    internal TraceStep(DateTimeOffset at, string kind, StepName name, IReadOnlyDictionary<string, object?> detail)
        : this(at, kind, name.Code, name.Title, name.Values ?? Nothing, detail) { }

    internal static readonly IReadOnlyDictionary<string, object?> Nothing = new Dictionary<string, object?>();
}

internal static class TraceEndpoint
{
    public static void MapTraces(this WebApplication app)
    {
        app.MapGet("/admin/traces/{**id}", ReadAsync).WithTags("Traces").RequireAuthorization(Access.Read)
            .WithSummary("The story of a message, by correlation id, message id or network message id");
        app.MapAiLogs();
    }

    private static async Task<TaggedJson<Trace>> ReadAsync(string id, AppDb db, CancellationToken cancel)
    {
        // Networks' ids hold slashes, which routing leaves encoded so that they cannot pass for the path's own.
        id = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var seed = Guid.TryParse(id, out var correlation) ? await db.FindByCorrelationAsync(correlation, cancel)
            : long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var message) && message < 1L << 53
                ? await db.FindByMessageAsync(message, cancel) ?? await db.FindByExternalIdAsync(id, cancel)
                : await db.FindByExternalIdAsync(id, cancel);
        return new(await db.TellAsync(seed ?? throw Problem.NotFound(), cancel));
    }
}
