using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatOperator.Server.Tests.Outbox;

/// <summary>SQLite has one writer at a time; on PostgreSQL two may want what the other holds.</summary>
public sealed class CollisionTests(OnPostgres shared) : IClassFixture<OnPostgres>
{
    [Fact]
    public async Task Two_transactions_that_block_each_other_both_succeed()
    {
        var one = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var other = await OutboxChat.JoinAsync(one.Tenant, one.Account, shared.Sandbox);
        var databases = shared.Server.Services.GetRequiredService<Databases>();
        var (holders, both) = (0, new TaskCompletionSource());
        await Task.WhenAll(WriteAsync(one.Id, other.Id), WriteAsync(other.Id, one.Id));
        Assert.Equal(["1", "1"], (await one.Tenant.SummaryAsync()).Select(c => c.GetProperty("display_name").GetString()));

        async Task WriteAsync(Guid first, Guid second)
        {
            await using var db = databases.For(one.Tenant.Id);
            await db.WriteAsync(async () =>
            {
                await db.LockConversationAsync(one.Tenant.Id, first);
                if (Interlocked.Increment(ref holders) == 2) both.SetResult();
                await both.Task;
                (await db.LockConversationAsync(one.Tenant.Id, second))!.DisplayName = "1";
            });
        }
    }
}
