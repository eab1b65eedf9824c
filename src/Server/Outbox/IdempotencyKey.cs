using System.Security.Cryptography;
using System.Text.Json;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>A client's name for one request: repeated, it gives the first answer again instead of a second message. Kept two days.</summary>
public sealed class IdempotencyKey : ITenantOwned
{
    public Guid TenantId { get; init; }

    /// <summary>What was asked for: send, react, relay, template.</summary>
    public required string Endpoint { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of the request.</summary>
    public required byte[] BodyHash { get; init; }

    /// <summary>The answer, as JSON.</summary>
    public required string Answer { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>Answering a repeated request with the first answer.</summary>
internal static class Idempotency
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 255;

    /// <summary>How long keys are kept; clients may rely on a day.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction, together with the key of the request; without a key just in a transaction. A repeated
    /// request runs nothing, gets the first answer and the header Idempotency-Replayed.
    /// </summary>
    /// <exception cref="Problem">400: the key is too long. 409 idempotency_key_reused: the key was used for another request.</exception>
    public static async Task<TAnswer> OnceAsync<TRequest, TAnswer>(
        this AppDb db, HttpContext http, string endpoint, TRequest request, Func<Task<TAnswer>> work, CancellationToken cancel)
    {
        if (KeyOf(http, request) is not { } key) return await db.WriteAsync(work, cancel);
        try
        {
            return await db.WriteAsync(() => OnceAsync(db, http, endpoint, key, work), cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // The same request ran beside this one and committed first.
            db.ChangeTracker.Clear();
            if (await ReplayAsync<TAnswer>(db, http, endpoint, key) is { } first) return first.Answer;
            throw;
        }
    }

    /// <summary>The same in a transaction that is shared with others, on a conversation that it has locked.</summary>
    /// <inheritdoc cref="OnceAsync{TRequest,TAnswer}(AppDb,HttpContext,string,TRequest,Func{Task{TAnswer}},CancellationToken)"/>
    public static Task<TAnswer> OnceAsync<TRequest, TAnswer>(
        this SharedWrites writes, Guid tenant, Guid conversation, HttpContext http, string endpoint, TRequest request, Func<AppDb, Task<TAnswer>> work)
    {
        var key = KeyOf(http, request);
        return writes.RunAsync(tenant, conversation, db => key is null ? work(db) : OnceAsync(db, http, endpoint, key, () => work(db)));
    }

    private static async Task<TAnswer> OnceAsync<TAnswer>(AppDb db, HttpContext http, string endpoint, UsedKey key, Func<Task<TAnswer>> work)
    {
        if (await ReplayAsync<TAnswer>(db, http, endpoint, key) is { } first) return first.Answer;
        var answer = await work();
        db.IdempotencyKeys.Add(new IdempotencyKey
        {
            TenantId = db.Tenant!.Value, Endpoint = endpoint, Key = key.Value, BodyHash = key.BodyHash,
            Answer = JsonSerializer.Serialize(answer, Json.Options), At = db.Databases.Time.Now(),
        });
        return answer;
    }

    private static UsedKey? KeyOf<TRequest>(HttpContext http, TRequest request)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length > LongestKey) throw Problem.Invalid($"{Header} may have at most {LongestKey} characters.");
        return key.Length == 0 ? null : new UsedKey(key, SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, Json.Options)));
    }

    private static async Task<First<TAnswer>?> ReplayAsync<TAnswer>(AppDb db, HttpContext http, string endpoint, UsedKey key)
    {
        // Also what an earlier request of the same transaction used, which is not stored yet.
        var known = db.IdempotencyKeys.Local.FirstOrDefault(k => k.Endpoint == endpoint && k.Key == key.Value)
            ?? await db.IdempotencyKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Endpoint == endpoint && k.Key == key.Value);
        if (known is null) return null;
        if (!known.BodyHash.AsSpan().SequenceEqual(key.BodyHash))
            throw new Problem(409, "idempotency_key_reused", "This Idempotency-Key was used for another request.", "Use a new key for each message.");
        http.Response.Headers["Idempotency-Replayed"] = "true";
        return new First<TAnswer>(JsonSerializer.Deserialize<TAnswer>(known.Answer, Json.Options)!);
    }

    private sealed record First<TAnswer>(TAnswer Answer);

    private sealed record UsedKey(string Value, byte[] BodyHash);
}
