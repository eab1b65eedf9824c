using ChatOperator.Hosting;

namespace ChatOperator.Snippets;

/// <summary>A snippet as it is written.</summary>
/// <param name="Name">1 to 40 letters, digits, hyphens and underscores; capitals become small.</param>
/// <param name="Text">
/// 1 to 4,096 characters. <c>{{name}}</c>, <c>{{first_name}}</c>, <c>{{phone}}</c> and <c>{{operator}}</c> are filled in when it is used.
/// </param>
public sealed record SnippetForm(string? Name = null, string? Text = null)
{
    internal const int MaxName = 40;

    /// <summary>The longest text that WhatsApp takes as one message.</summary>
    private const int MaxText = 4096;

    /// <exception cref="Problem">400 with every wrong field.</exception>
    internal (string Name, string Text) Read()
    {
        var errors = new List<FieldError>();
        var name = (Name ?? "").Trim().ToLowerInvariant();
        if (name.Length is 0 or > MaxName || !name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_'))
            errors.Add(new("name", $"1 to {MaxName} letters, digits, hyphens and underscores."));
        var text = (Text ?? "").ReplaceLineEndings("\n").Trim();
        if (text.Length is 0 or > MaxText) errors.Add(new("text", $"1 to {MaxText} characters."));
        return errors.Count > 0 ? throw Problem.Invalid(errors) : (name, text);
    }
}

/// <summary>A snippet as the API shows it.</summary>
public sealed record SnippetView(Guid Id, string Name, string Text, DateTimeOffset UpdatedAt, string UpdatedBy)
{
    internal static SnippetView Of(Snippet snippet) => new(snippet.Id, snippet.Name, snippet.Text, snippet.UpdatedAt, snippet.UpdatedBy);
}
