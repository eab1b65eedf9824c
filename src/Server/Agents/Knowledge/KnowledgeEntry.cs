using ChatOperator.Tenancy;

namespace ChatOperator.Agents.Knowledge;

/// <summary>Something the business knows and the agent may say: an article, or a question with its answer.</summary>
public sealed class KnowledgeEntry : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid Id { get; init; }
    public KnowledgeKind Kind { get; set; }

    /// <summary>An article's title; a question in one or more wordings, a line each.</summary>
    public required string Title { get; set; }

    /// <summary>An article's Markdown, or the answer.</summary>
    public required string Body { get; set; }

    /// <summary><c>es</c>, <c>en</c>, or "" when the text does not tell.</summary>
    public required string Language { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The operator's or token's name.</summary>
    public required string UpdatedBy { get; set; }

    /// <summary>What it is called where one line has to do: the title, or the question's first wording.</summary>
    internal string Headline => Title.Split('\n', 2)[0].Trim();
}

/// <summary>The two ways to write knowledge down.</summary>
public enum KnowledgeKind { Article, Question }

/// <summary>A part of an entry that can be said by itself: an answer, or a section of an article.</summary>
public sealed class KnowledgePassage : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid EntryId { get; init; }

    /// <summary>Position in the entry, from 1.</summary>
    public int Number { get; init; }

    /// <summary>The section's heading, or "".</summary>
    public required string Heading { get; init; }

    /// <summary>Plain text, as it can be sent to a chat.</summary>
    public required string Text { get; init; }
}

/// <summary>
/// One word of one passage: the full-text index, the same on both databases, so that scores mean the same on both. It is an ordinary table
/// because row-level security keeps PostgreSQL from using a text-search index, and because the agent needs more of an index than either
/// database's own tells: how rare a word is, and which word a mistyped one was meant to be.
/// </summary>
public sealed class KnowledgeWord : ITenantOwned
{
    public Guid TenantId { get; init; }

    /// <summary>A stem with its language (<c>es:orari</c>), a meaning (<c>#hours</c>), or once for each entry the rules it was indexed by (<c>=…</c>).</summary>
    public required string Word { get; init; }

    public Guid EntryId { get; init; }
    public int Number { get; init; }

    /// <summary>Stands in the title or heading, not only in the text.</summary>
    public bool InTitle { get; init; }
}
