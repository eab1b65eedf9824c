using ChatOperator.Hosting;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Conversations;

/// <summary>Names that a network does not tell at first.</summary>
public abstract class ProfileTests(DatabaseProvider provider)
{
    /// <summary>Meta's permission for names is granted apart from the one for messages, often days later.</summary>
    [Fact]
    public async Task A_name_that_may_be_seen_only_days_later_is_found_while_the_person_still_writes()
    {
        await using var server = await TestServer.StartAsync(provider, new() { FrozenTime = true });
        await using var sandbox = await TestSandbox.StartAsync(server.FrozenTime);
        var tenant = await server.TenantAsync();
        var account = await tenant.MessengerAsync(sandbox);
        var phone = sandbox.Phone("5491150607080");
        await sandbox.Control.PutAsync($"/control/phones/{phone.Digits}", new { fail_with = 10, name = "Ana Ledesma" });
        await phone.SaysAsync("hola", account, new { wait = true });
        for (var day = 0; day < 3; day++)
        {
            // Each step is short enough for the sweep to look, long enough for it to find something due.
            for (var step = 0; step < 6; step++)
            {
                server.FrozenTime!.Advance(TimeSpan.FromHours(4));
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
            }
            await phone.SaysAsync("¿hola?", account, new { wait = true });
        }
        Assert.DoesNotContain("Ana", (await tenant.SummaryAsync())[0].ToString(), StringComparison.Ordinal);

        await sandbox.Control.PutAsync($"/control/phones/{phone.Digits}", new { fail_with = 0 });
        server.FrozenTime!.Advance(TimeSpan.FromHours(25));
        await Eventually.GetAsync(
            async () =>
            {
                server.FrozenTime.Advance(TimeSpan.FromSeconds(2));
                return (await tenant.SummaryAsync())[0].GetProperty("display_name").GetString();
            },
            name => name == "Ana Ledesma", 20, "the name is shown");
    }
}

public sealed class ProfilesOnSqlite() : ProfileTests(DatabaseProvider.Sqlite);

public sealed class ProfilesOnPostgres() : ProfileTests(DatabaseProvider.Postgres);
