using System.Security.Cryptography;
using System.Text;
using ChatOperator.Agents.Knowledge.Words;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Knowledge;

/// <summary>Writes the index of an entry, within the caller's transaction.</summary>
internal static class KnowledgeIndex
{
    /// <summary>
    /// Stands among the words of every entry and tells by which stems, joined words and meanings it was indexed: another version of the
    /// program may have others, and then finds what it has to index anew.
    /// </summary>
    public static readonly string Rules = Fingerprint();

    /// <summary>Indexes an entry that has no index yet; returns how many passages it has.</summary>
    public static int Write(AppDb db, KnowledgeEntry entry)
    {
        var (passages, words) = Passages.Of(entry);
        db.AddRange(passages);
        db.AddRange(words);
        db.Add(new KnowledgeWord { TenantId = entry.TenantId, Word = Rules, EntryId = entry.Id });
        return passages.Count;
    }

    public static async Task ForgetAsync(AppDb db, Guid id, CancellationToken cancel)
    {
        await db.KnowledgePassages.Where(p => p.EntryId == id).ExecuteDeleteAsync(cancel);
        await db.KnowledgeWords.Where(w => w.EntryId == id).ExecuteDeleteAsync(cancel);
    }

    // Two who write the same entry at once do so one after the other, or both would add the same words.
    public static async Task<KnowledgeEntry?> LockAsync(AppDb db, Guid tenant, Guid id, CancellationToken cancel) => db is PostgresDb
        ? (await db.KnowledgeEntries.FromSql($"SELECT * FROM knowledge_entry WHERE tenant_id = {tenant} AND id = {id} FOR UPDATE").ToListAsync(cancel)).SingleOrDefault()
        : await db.KnowledgeEntries.SingleOrDefaultAsync(e => e.Id == id, cancel);

    // The stems of all listed words change with any change of a stemmer that matters.
    private static string Fingerprint()
    {
        string[] lines = [.. Pack.Both.SelectMany(p => p.Lines("empty").Concat(p.Lines("weak")).Concat(p.Lines("joined"))), .. Pack.Read("meanings.txt")];
        var stems = lines.SelectMany(Letters.Words).SelectMany(word => Pack.Both.Select(p => p.Stem(word)));
        return "=" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines.Concat(stems)))))[..12];
    }
}
