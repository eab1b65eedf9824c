using System.Text.RegularExpressions;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Architecture;

/// <summary>What the text of the repository itself must hold to.</summary>
public sealed partial class SourceTests
{
    private const int MostLines = 400;

    /// <summary>
    /// Who may open the door that shows all tenants' rows. Each has a reason that no tenant's door could serve: the tenant is not known
    /// yet, or the work is for all of them.
    /// </summary>
    private static readonly Dictionary<string, string> SystemDoor = new()
    {
        ["Db/Databases.cs"] = "defines it",
        ["Db/Postgres.cs"] = "names its role",
        ["Db/Schema.cs"] = "migrates",
        ["Agents/Knowledge/KnowledgeSweep.cs"] = "indexes anew what older versions indexed, for all tenants",
        ["Agents/Turns/AgentSweep.cs"] = "finds what is due, for all tenants",
        ["Agents/Turns/TurnSweep.cs"] = "forgets old turns of all tenants",
        ["Agents/Versions/AgentDirectory.cs"] = "knows whose agent is on, before intake asks",
        ["Changes/ChangeLog.cs"] = "names the log of the whole installation",
        ["Changes/PruneChanges.cs"] = "prunes the log of all tenants",
        ["ChannelAccounts/AccountDirectory.cs"] = "finds the account of a hook",
        ["ChannelAccounts/TokenSweep.cs"] = "finds what is due, for all tenants",
        ["Conversations/HeldUntilSweep.cs"] = "finds what is due, for all tenants",
        ["Conversations/Profiles/ProfileSweep.cs"] = "finds what is due, for all tenants",
        ["Conversations/Search/ConversationSearch.cs"] = "asks the shared index of words; what it finds is read through the tenant's door",
        ["Conversations/Search/SearchFollower.cs"] = "lists the tenants whose words are to be indexed",
        ["Conversations/Search/SearchIndex.cs"] = "writes the shared index of words",
        ["Health/HealthSetup.cs"] = "asks whether the database answers",
        ["Intake/Echoes/EchoTicks.cs"] = "applies what came for several tenants in one commit",
        ["Intake/Echoes/HoldEchoes.cs"] = "applies what came for several tenants in one commit",
        ["Intake/LateReports.cs"] = "applies what came for several tenants in one commit",
        ["Intake/Postgres/PostgresIntakeStore.cs"] = "writes what came for several tenants in one commit",
        ["Intake/Singles/SingleEvents.cs"] = "applies what came for several tenants in one commit",
        ["Outbox/PostgresLaneStore.cs"] = "claims and records for all tenants' lanes together",
        ["Intake/Echoes/HeldEchoSweep.cs"] = "finds what is due, for all tenants",
        ["Intake/Kept/ReceiptSweep.cs"] = "forgets old receipts of all tenants",
        ["Intake/Singles/WaitingChangesSweep.cs"] = "applies what waits for messages of all tenants",
        ["Intake/Removal/AccountRemovalSweep.cs"] = "removes the chats of removed accounts of all tenants",
        ["Operators/Bootstrap.cs"] = "makes the first tenant",
        ["Attachments/Inbound/FetchQueue.cs"] = "finds what is due, for all tenants",
        ["Attachments/Inbound/FetchOutcomes.cs"] = "writes what became of the files of all tenants together",
        ["Attachments/Retention.cs"] = "removes old files of all tenants",
        ["Operators/CallerAuthentication.cs"] = "finds the tenant of a token or session",
        ["Operators/Commands.cs"] = "administers all tenants from the command line",
        ["Operators/OperatorCommands.cs"] = "administers all tenants from the command line",
        ["Operators/Platform.cs"] = "administers all tenants",
        ["Operators/SignIn.cs"] = "finds the tenant of an e-mail address",
        ["Outbox/IdempotencySweep.cs"] = "forgets old keys of all tenants",
        ["Outbox/LaneSweep.cs"] = "finds what is due, for all tenants",
        ["Templates/TemplateSweep.cs"] = "finds what is due, for all tenants",
    };

    [Fact]
    public void Only_those_with_a_reason_see_all_tenants()
    {
        var users = Server().Where(f => SystemDoorOpened().IsMatch(f.Text)).Select(f => f.Path);
        Assert.Empty(users.Except(SystemDoor.Keys));
    }

    [Fact]
    public void Nobody_is_listed_without_need()
    {
        var users = Server().Where(f => SystemDoorOpened().IsMatch(f.Text)).Select(f => f.Path);
        Assert.Empty(SystemDoor.Keys.Except(users));
    }

    [Fact]
    public void Everything_is_saved_through_one_way_of_writing()
    {
        var wrong = Server().Where(f => !f.Path.StartsWith("Db/", StringComparison.Ordinal) && f.Text.Contains("SaveChanges", StringComparison.Ordinal));
        Assert.Empty(wrong.Select(f => f.Path));
    }

    [Fact]
    public void The_core_knows_no_channel_by_name()
    {
        var wrong = Server().Where(f => ChannelName().IsMatch(f.Text));
        Assert.Empty(wrong.Select(f => f.Path));
    }

    [Fact]
    public void No_file_is_too_long_to_read()
    {
        var wrong = Sources(Repository.Root).Where(f => f.Text.AsSpan().Count('\n') > MostLines).Select(f => f.Path);
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_name_says_nothing()
    {
        var wrong = Sources(Repository.Root).SelectMany(f => EmptyName().Matches(f.Text).Select(m => $"{f.Path}: {m.Groups[1].Value}"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Nothing_is_left_to_do_later()
    {
        var others = Sources(Repository.Root).Where(f => Path.GetFileNameWithoutExtension(f.Path) != nameof(SourceTests));
        var wrong = others.Where(f => Unfinished().IsMatch(f.Text)).Select(f => f.Path).ToList();
        Assert.Empty(wrong);
    }

    private static IEnumerable<(string Path, string Text)> Server() => Sources(Repository.File("src", "Server"));

    /// <summary>What people write: neither what tools generate nor what they fetch.</summary>
    private static IEnumerable<(string Path, string Text)> Sources(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true })
        where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".ts", StringComparison.Ordinal) || file.EndsWith(".tsx", StringComparison.Ordinal)
        let path = Path.GetRelativePath(folder, file)
        where !Generated().IsMatch("/" + path)
        select (path, File.ReadAllText(file));

    [GeneratedRegex(@"/(bin|obj|node_modules|dist|artifacts|Migrations|\.[^/]*)/|/web/api/generated\.ts$")]
    private static partial Regex Generated();

    [GeneratedRegex(@"\b(ForSystem\(|SystemPool\b|OnConnection\(|SystemRole\b)")]
    private static partial Regex SystemDoorOpened();

    // Not instagram: the API has a word of the same spelling for where a chat comes from.
    [GeneratedRegex("\"(whatsapp_cloud|ycloud|messenger|chatwoot)\"")]
    private static partial Regex ChannelName();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum) (\w*(?:Helpers?|Managers?|Services?|Utils?|Utilities|Common|Impl))\b")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException|\bSkip\s*=")]
    private static partial Regex Unfinished();
}
