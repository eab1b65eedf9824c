using ChatOperator.Tenancy;

namespace ChatOperator.Conversations.Search;

/// <summary>How far a tenant's search index has come.</summary>
public sealed class SearchMark : ITenantOwned
{
    public Guid TenantId { get; init; }

    /// <summary>Everything of the change log up to here is in the index.</summary>
    public string Cursor { get; set; } = "";

    /// <summary>While the index is built from the tables: the last message that is in it. Null: built, the log is followed.</summary>
    public long? BuiltUpTo { get; set; }
}
