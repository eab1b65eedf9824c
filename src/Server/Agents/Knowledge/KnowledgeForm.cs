using ChatOperator.Hosting;

namespace ChatOperator.Agents.Knowledge;

/// <summary>An entry as it is written: either title and body, or question and answer.</summary>
/// <param name="Title">Of an article, 1 to 200 characters.</param>
/// <param name="Body">Of an article: Markdown, up to 20,000 characters.</param>
/// <param name="Question">In one or more wordings, a line each; up to 1,000 characters.</param>
/// <param name="Answer">Up to 4,000 characters.</param>
public sealed record KnowledgeForm(string? Title = null, string? Body = null, string? Question = null, string? Answer = null)
{
    internal const int MaxQuestion = 1000;
    private const int MaxTitle = 200;
    private const int MaxBody = 20_000;
    private const int MaxAnswer = 4000;

    /// <exception cref="Problem">400 with every wrong field.</exception>
    internal (KnowledgeKind Kind, string Title, string Body) Read()
    {
        var isQuestion = Question is not null || Answer is not null;
        if (isQuestion == (Title is not null || Body is not null))
            throw Problem.Invalid("Either title and body, or question and answer are needed.", "Send one of the two pairs.");
        var errors = new List<FieldError>();
        var title = Check(isQuestion ? Question : Title, isQuestion ? "question" : "title", isQuestion ? MaxQuestion : MaxTitle, errors);
        var body = Check(isQuestion ? Answer : Body, isQuestion ? "answer" : "body", isQuestion ? MaxAnswer : MaxBody, errors);
        if (!isQuestion && title.Contains('\n', StringComparison.Ordinal)) errors.Add(new("title", "One line."));
        return errors.Count > 0 ? throw Problem.Invalid(errors) : (isQuestion ? KnowledgeKind.Question : KnowledgeKind.Article, title, body);
    }

    private static string Check(string? value, string field, int most, List<FieldError> errors)
    {
        var text = (value ?? "").ReplaceLineEndings("\n").Trim();
        if (text.Length == 0 || text.Length > most) errors.Add(new(field, $"1 to {most} characters."));
        return text;
    }
}

/// <summary>An entry as the API shows it.</summary>
/// <param name="Title">Of an article; null for a question.</param>
/// <param name="Question">In its wordings, a line each; null for an article.</param>
/// <param name="Language">es, en, or "" when the text does not tell.</param>
/// <param name="Chunks">Passages that can be found and said by themselves.</param>
public sealed record KnowledgeView(
    Guid Id, KnowledgeKind Kind, string? Title, string? Body, string? Question, string? Answer, string Language, DateTimeOffset UpdatedAt,
    string UpdatedBy, int Chunks)
{
    internal static KnowledgeView Of(KnowledgeEntry entry, int chunks) => entry.Kind == KnowledgeKind.Article
        ? new(entry.Id, entry.Kind, entry.Title, entry.Body, null, null, entry.Language, entry.UpdatedAt, entry.UpdatedBy, chunks)
        : new(entry.Id, entry.Kind, null, null, entry.Title, entry.Body, entry.Language, entry.UpdatedAt, entry.UpdatedBy, chunks);
}
