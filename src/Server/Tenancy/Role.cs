namespace ChatOperator.Tenancy;

/// <summary>What a caller may do within its tenant.</summary>
public enum Role
{
    /// <summary>Reads chats, changes nothing.</summary>
    Viewer,

    /// <summary>Also answers.</summary>
    Operator,

    /// <summary>Also manages accounts, operators, tokens and settings.</summary>
    Owner,

    /// <summary>A program that hands in messages by the relay, and nothing else.</summary>
    Service,
}
