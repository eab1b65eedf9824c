using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOperator.Channels;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Xunit;

namespace ChatOperator.Server.Tests.Hosting;

/// <summary>Nobody is told only a code: whatever can be refused or fail is said in both languages, with what to do next.</summary>
public sealed partial class WordsTests(OnSqlite shared) : IClassFixture<OnSqlite>
{
    [Fact]
    public void Every_problem_that_is_thrown_has_spanish_words()
    {
        var thrown = CodesIn("src/Server", Thrown());
        Assert.True(thrown.Count > 40, "The problems are no longer found in the source.");
        Assert.All(thrown, code => Assert.True(ProblemWords.Know(code), $"{code} has no words in Spanish."));
    }

    [Fact]
    public void Every_failure_of_a_send_has_words_on_every_channel_that_can_have_it()
    {
        var ours = CodesIn("src/Server", Failing());
        Assert.Contains("outcome_unknown", ours);
        foreach (var (folder, channels) in Adapters())
            foreach (var code in CodesIn(folder, Failing()).Concat(ours))
                Assert.All(channels, channel => Assert.True(FailureText.WordsOf(channel, code) is not null, $"{channel.Key} has no words for {code}."));
        // The account is gone, and with it what it was.
        Assert.NotNull(FailureText.WordsOf(null, "account_not_found"));
    }

    [Fact]
    public async Task The_callers_language_decides()
    {
        foreach (var (language, words, step) in ((string, string, string)[])[("es-AR,en;q=0.5", "No hay nada", "Revisá"), ("en", "There is nothing", "Check")])
            await SaysAsync(language, words, step);
    }

    private async Task SaysAsync(string language, string words, string step)
    {
        using var answer = await shared.Server.Api.SendAsync(HttpMethod.Get, "/admin/nothing-here", null, ("Accept-Language", language));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.StartsWith(words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(step, problem.GetProperty("next_step").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Folders that word failures, and the channels that speak through them.</summary>
    private static IEnumerable<(string Folder, ChannelInfo[] Channels)> Adapters()
    {
        ChannelInfo[] Named(params string[] keys) => [.. All.Channels.Select(c => c.Info).Where(i => keys.Length == 0 || keys.Contains(i.Key))];
        yield return ("channels/WhatsAppCloud", Named("whatsapp_cloud"));
        yield return ("channels/YCloud", Named("ycloud"));
        yield return ("channels/Wire/WhatsApp", Named("whatsapp_cloud", "ycloud"));
        yield return ("channels/MetaMessaging", Named("messenger", "instagram"));
        yield return ("channels/Messenger", Named("messenger"));
        yield return ("channels/Instagram", Named("instagram"));
        yield return ("channels/Chatwoot", Named("chatwoot"));
        yield return ("channels/Wire", Named());
    }

    private static HashSet<string> CodesIn(string folder, Regex pattern) =>
        [.. Directory.EnumerateFiles(Repository.File(folder.Split('/')), "*.cs", folder == "channels/Wire" ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories)
            .Where(f => !f.Contains("/Tests/", StringComparison.Ordinal) && !f.Contains("/Sandbox/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => pattern.Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"new(?: Problem)?\(\s*(?:[45]\d\d|status), ""([a-z_]+)""")]
    private static partial Regex Thrown();

    [GeneratedRegex(@"\(\s*""([a-z_]+)"", (?:FailureReaction\.)?(?:Retry|Stop|PauseAccount|PauseRecipient|SlowAccount)\b")]
    private static partial Regex Failing();
}
