using System.Text.RegularExpressions;
using ChatOperator.Agents.Tools;
using ChatOperator.Agents.Versions;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;

namespace ChatOperator.Agents.Turns;

/// <summary>
/// The last look at what the agent is about to say: no secret that the tenant has stored, nothing that looks like a key, no note of the
/// team. What it takes out is replaced, so that the answer stays readable.
/// </summary>
internal sealed partial class OutputGuard(AgentDirectory agents, SecretBox box)
{
    private const string Removed = "•••";
    private const int ShortestSecret = 8;
    private const int ShortestNote = 16;

    /// <summary>The words that may be said, and how many places were taken out.</summary>
    public (string Words, int Removed) Clean(string words, ActiveAgent agent, ConnectedAccount? account, IReadOnlyList<string> notes, string fence)
    {
        var count = 0;
        words = words.Replace($"<{fence}>", "", StringComparison.OrdinalIgnoreCase).Replace($"</{fence}>", "", StringComparison.OrdinalIgnoreCase);
        foreach (var secret in Secrets(agent, account)) Remove(secret);
        foreach (var note in notes.Where(n => n.Length >= ShortestNote)) Remove(note);
        words = LooksLikeKey().Replace(words, _ =>
        {
            count++;
            return Removed;
        });
        return (Storable(words).Trim(), count);

        void Remove(string secret)
        {
            if (!words.Contains(secret, StringComparison.OrdinalIgnoreCase)) return;
            words = words.Replace(secret, Removed, StringComparison.OrdinalIgnoreCase);
            count++;
        }
    }

    private IEnumerable<string> Secrets(ActiveAgent agent, ConnectedAccount? account)
    {
        var known = new List<string> { agent.ApiKey };
        if (account is not null)
            known.AddRange(account.Channel.Info.Settings.Where(s => s.Kind == SettingKind.Secret).Select(s => account.Settings[s.Name]));
        foreach (var tool in agents.ToolsOf(agent.TenantId)) known.AddRange(tool.Headers(box).Values.SelectMany(WithoutScheme));
        return known.Where(s => s.Length >= ShortestSecret).OrderByDescending(s => s.Length);
    }

    /// <summary>A header "Bearer x" is a secret whole, and so is x.</summary>
    private static string[] WithoutScheme(string value) =>
        value.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? [value, value[(space + 1)..]] : [value];

    /// <summary>NUL and lone surrogates, which PostgreSQL and the networks cannot take, are dropped.</summary>
    private static string Storable(string words)
    {
        var clean = new System.Text.StringBuilder(words.Length);
        foreach (var rune in words.EnumerateRunes())
            if (rune.Value is not (0 or 0xFFFD)) clean.Append(rune.ToString());
        return clean.ToString();
    }

    [GeneratedRegex(@"\b(sk-[A-Za-z0-9_-]{16,}|EAA[A-Za-z0-9]{30,}|AKIA[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{30,}|xox[abprs]-[A-Za-z0-9-]{10,}|eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,})|-----BEGIN [A-Z ]*PRIVATE KEY-----")]
    private static partial Regex LooksLikeKey();
}
