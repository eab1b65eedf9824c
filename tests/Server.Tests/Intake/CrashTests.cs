using ChatOperator.Crash;
using ChatOperator.Hosting;
using Xunit;

namespace ChatOperator.Server.Tests.Intake;

/// <summary>The short form of <c>dev/crash intake</c>.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task What_was_answered_survives_kills_and_outages_exactly_once(DatabaseProvider database)
    {
        // Enough to be in the midst of something whenever it is killed; a flood would take the machine from the tests beside it.
        var plan = new Plan(Kills: 2, Outages: 1, Seed: Environment.TickCount) { Rest = TimeSpan.FromMilliseconds(30) };
        var found = await IntakeCrash.RunAsync(database, plan, TestContext.Current.SendDiagnosticMessage);
        Assert.True(found.IsGood, found.ToString());
    }
}
