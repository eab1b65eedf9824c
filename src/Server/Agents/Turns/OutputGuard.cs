using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOperator.Agents.Tools;
using ChatOperator.Agents.Versions;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;

namespace ChatOperator.Agents.Turns;

/// <summary>Makes the guard of a turn.</summary>
internal sealed class OutputGuards(AgentDirectory agents, SecretBox box)
{
    private const int ShortestSecret = 8;

    /// <summary>Opened once for each tool as it stands.</summary>
    private readonly ConditionalWeakTable<AgentTool, string[]> _secrets = [];

    public OutputGuard For(ActiveAgent agent, ConnectedAccount? account)
    {
        var known = new List<string> { agent.ApiKey };
        if (account is not null)
            known.AddRange(account.Channel.Info.Settings.Where(s => s.Kind == SettingKind.Secret).Select(s => account.Settings[s.Name]));
        foreach (var tool in agents.ToolsOf(agent.TenantId))
            known.AddRange(_secrets.GetValue(tool, t => [.. t.Headers(box).Values.SelectMany(WithoutScheme)]));
        return new OutputGuard([.. known.Where(s => s.Length >= ShortestSecret).SelectMany(AsWritten).Distinct().OrderByDescending(s => s.Length)]);
    }

    /// <summary>A header "Bearer x" is a secret whole, and so is x.</summary>
    private static string[] WithoutScheme(string value) =>
        value.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? [value, value[(space + 1)..]] : [value];

    /// <summary>Tools answer in JSON, which may write some letters otherwise.</summary>
    private static IEnumerable<string> AsWritten(string secret) =>
        [secret, JsonEncodedText.Encode(secret).ToString(), JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()];
}

/// <summary>
/// The last look at what the agent is about to say, and at what is kept of its thoughts: no secret that the tenant has stored, nothing that
/// looks like a key; of what is said also no note of the team. What it takes out is replaced, so that the answer stays readable.
/// </summary>
internal sealed partial class OutputGuard(string[] secrets)
{
    private const string Removed = "•••";
    private const int ShortestNote = 16;

    private readonly List<Regex> _private = [];
    private string _fence = "";

    /// <summary>Adds what this turn's prompt holds and nobody outside may read.</summary>
    public void Protect(IReadOnlyList<string> notes, string fence)
    {
        _fence = fence;
        foreach (var sentence in notes.SelectMany(n => SentenceEnd().Split(n)).Where(s => s.Trim().Length >= ShortestNote))
            _private.Add(new Regex(string.Join(@"\W+", Word().Matches(sentence).Select(w => Regex.Escape(w.Value))) + "[.!?]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
    }

    /// <summary>The words that may be said, and how many places were taken out.</summary>
    public (string Words, int Removed) Clean(string words)
    {
        if (words.Length == 0) return ("", 0);
        if (_fence.Length > 0)
            words = words.Replace($"<{_fence}>", "", StringComparison.OrdinalIgnoreCase).Replace($"</{_fence}>", "", StringComparison.OrdinalIgnoreCase);
        var count = 0;
        words = Mask(words, ref count);
        foreach (var note in _private) words = Replace(note, words, ref count);
        return (Storable(words).Trim(), count);
    }

    /// <summary>What may be kept and shown to people of the team: without secrets.</summary>
    public string Mask(string text)
    {
        var count = 0;
        return Mask(text, ref count);
    }

    private string Mask(string text, ref int count)
    {
        foreach (var secret in secrets)
        {
            if (!text.Contains(secret, StringComparison.OrdinalIgnoreCase)) continue;
            text = text.Replace(secret, Removed, StringComparison.OrdinalIgnoreCase);
            count++;
        }
        return Replace(LooksLikeKey(), text, ref count);
    }

    private static string Replace(Regex what, string text, ref int count)
    {
        if (!what.IsMatch(text)) return text;
        count++;
        return what.Replace(text, Removed);
    }

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

    [GeneratedRegex(@"(?<=[.!?])\s+|[\r\n]+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
