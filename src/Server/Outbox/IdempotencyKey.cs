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

    /// <summary>What was asked for: send, relay, template.</summary>
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
        var key = http.Request.Headers[Header].ToString();
        if (key.Length > LongestKey) throw Problem.Invalid($"{Header} may have at most {LongestKey} characters.");
        if (key.Length == 0) return await db.WriteAsync(work, cancel);
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, Json.Options));
        try
        {
            return await db.WriteAsync(
                async () =>
                {
                    if (await ReplayAsync<TAnswer>(db, http, endpoint, key, hash, cancel) is { } first) return first.Answer;
                    var answer = await work();
                    db.IdempotencyKeys.Add(new IdempotencyKey
                    {
                        TenantId = db.Tenant!.Value, Endpoint = endpoint, Key = key, BodyHash = hash,
                        Answer = JsonSerializer.Serialize(answer, Json.Options), At = db.Databases.Time.Now(),
                    });
                    return answer;
                },
                cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // The same request ran beside this one and committed first.
            db.ChangeTracker.Clear();
            if (await ReplayAsync<TAnswer>(db, http, endpoint, key, hash, cancel) is { } first) return first.Answer;
            throw;
        }
    }

    private static async Task<First<TAnswer>?> ReplayAsync<TAnswer>(
        AppDb db, HttpContext http, string endpoint, string key, byte[] hash, CancellationToken cancel)
    {
        var known = await db.IdempotencyKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Endpoint == endpoint && k.Key == key, cancel);
        if (known is null) return null;
        if (!known.BodyHash.AsSpan().SequenceEqual(hash))
            throw new Problem(409, "idempotency_key_reused", "This Idempotency-Key was used for another request.", "Use a new key for each message.");
        http.Response.Headers["Idempotency-Replayed"] = "true";
        return new First<TAnswer>(JsonSerializer.Deserialize<TAnswer>(known.Answer, Json.Options)!);
    }

    private sealed record First<TAnswer>(TAnswer Answer);
}
