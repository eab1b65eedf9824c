namespace ChatOperator.Conversations.Search;

/// <summary>How far one tenant's search index has come.</summary>
internal enum SearchProgress
{
    /// <summary>All is in it, or another node is at work.</summary>
    Done,

    /// <summary>There may be more to do.</summary>
    Behind,

    /// <summary>There is more, which may not be read before an older transaction has ended.</summary>
    HeldBack,
}
