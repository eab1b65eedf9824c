using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatOperator.Channels.Wire;

/// <summary>Blots secrets out of what a network says, in the spellings in which JSON and URLs carry them.</summary>
internal sealed class Blotter(IEnumerable<string> secrets)
{
    /// <summary>Shorter values are no secrets, and would blot out half of every text.</summary>
    private const int ShortestSecret = 4;

    private readonly string[] _spellings =
    [
        .. secrets.Where(secret => secret.Length >= ShortestSecret)
            .SelectMany(secret => new[]
            {
                secret,
                JsonEncodedText.Encode(secret).Value,
                JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
                secret.Replace("/", "\\/", StringComparison.Ordinal),
                Uri.EscapeDataString(secret),
            })
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(spelling => spelling.Length),
    ];

    public string Blot(string text)
    {
        foreach (var spelling in _spellings) text = text.Replace(spelling, "***", StringComparison.OrdinalIgnoreCase);
        return text;
    }

    public override string ToString() => nameof(Blotter);
}
