using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatOperator.Server.Tests.Intake;

/// <summary>What the tests of the intake have in common: they speak as the network does and look through the API, at rows where it is silent.</summary>
public abstract class IntakeTest(SharedServer shared)
{
    private static long _phones = 5_491_160_000_000;

    protected SharedServer Shared => shared;

    protected TestServer Server => shared.Server;

    /// <summary>A number that nobody else writes from.</summary>
    protected static string NewPhone() => Interlocked.Increment(ref _phones).ToString(System.Globalization.CultureInfo.InvariantCulture);

    protected async Task<(TestTenant Tenant, TestAccount Account)> ConnectAsync()
    {
        var tenant = await Server.TenantAsync();
        return (tenant, await tenant.WhatsAppAsync());
    }

    /// <summary>Posts a webhook that must be answered 200.</summary>
    protected static async Task AcceptedAsync(TestAccount account, JsonObject body)
    {
        using var answer = await account.WebhookAsync(body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>The messages of the only chat of a tenant.</summary>
    protected static async Task<List<JsonElement>> MessagesAsync(TestTenant tenant) =>
        await tenant.MessagesAsync(Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid(), "?limit=200");

    protected static IEnumerable<string> Words(IEnumerable<JsonElement> messages) => messages.Select(m => m.GetProperty("content").GetString()!);

    internal async Task<T> LookAsync<T>(Func<AppDb, Task<T>> look)
    {
        await using var db = Server.Services.GetRequiredService<Databases>().ForSystem();
        return await look(db);
    }

    /// <summary>A tenant's receipts, oldest first.</summary>
    protected Task<List<Receipt>> ReceiptsAsync(Guid tenant) =>
        LookAsync(db => db.Receipts.AsNoTracking().Where(r => r.TenantId == tenant).OrderBy(r => r.Id).ToListAsync());

    /// <summary>Items of a tenant by verdict, as counted.</summary>
    protected Task<Dictionary<Verdict, long>> CountsAsync(Guid tenant) => LookAsync(db => db.IntakeCounts.Where(c => c.TenantId == tenant)
        .GroupBy(c => c.Verdict).Select(g => new { g.Key, Sum = g.Sum(c => c.Items) }).ToDictionaryAsync(g => g.Key, g => g.Sum));
}
