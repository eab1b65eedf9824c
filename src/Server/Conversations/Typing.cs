using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>
/// That somebody is typing, told through the change log like everything else, so that it reaches whoever looks at the conversation on
/// whichever node. An entry is worth a few seconds; who writes on is told again.
/// </summary>
internal static class Typing
{
    public const string ByContact = "contact", ByAgent = "agent";

    /// <summary>What stands for a program with a token; a person's id follows it after a colon.</summary>
    private const string Operator = "operator";

    public static string ByOperator(Guid? person) => person is { } id ? $"{Operator}:{id}" : Operator;

    /// <summary>Whether it was somebody of the business, so that the contact may see it.</summary>
    public static bool IsOurs(string who) => who == ByAgent || who.StartsWith(Operator, StringComparison.Ordinal);

    /// <summary>Entries of one side come no closer than this, however fast somebody's client is.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(2);

    /// <exception cref="Problem">404.</exception>
    public static async Task TellAsync(AppDb db, Guid conversation, string who, CancellationToken cancel)
    {
        var tenant = db.Tenant!.Value;
        if (!await db.Conversations.AnyAsync(c => c.Id == conversation, cancel)) throw Problem.NotFound();
        if (await WasJustToldAsync(db, tenant, conversation, who, cancel)) return;
        await db.WriteAsync(() => { db.Record(tenant, ChangeKind.Typing, who, conversation); return Task.CompletedTask; }, cancel);
    }

    /// <summary>The same inside a transaction of the caller's, for a conversation that exists.</summary>
    public static async Task RecordAsync(AppDb db, Guid tenant, Guid conversation, string who, CancellationToken cancel)
    {
        if (!await WasJustToldAsync(db, tenant, conversation, who, cancel)) db.Record(tenant, ChangeKind.Typing, who, conversation);
    }

    private static async Task<bool> WasJustToldAsync(AppDb db, Guid tenant, Guid conversation, string who, CancellationToken cancel)
    {
        var since = db.Databases.Time.GetUtcNow() - Least;
        var newest = await db.Changes.AsNoTracking().Where(c => c.TenantId == tenant)
            .OrderByDescending(c => c.Xid).ThenByDescending(c => c.Seq).Take(20).ToListAsync(cancel);
        return newest.Exists(c => c.Kind == ChangeKind.Typing && c.EntityId == who && c.ConversationId == conversation && c.At > since);
    }
}
