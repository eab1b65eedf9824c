using ChatOperator.Tenancy;

namespace ChatOperator.Changes;

/// <summary>
/// The name of the installation's change log; one row. A new name makes every cursor outside foreign, so clients read everything anew.
/// </summary>
public sealed class ChangeEpoch
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; }

    /// <summary>Eight random hexadecimal digits.</summary>
    public required string Name { get; set; }

    public DateTimeOffset Since { get; set; }
}

/// <summary>How far a tenant's log has been pruned: a cursor before this place has missed what is gone.</summary>
public sealed class ChangePruned : ITenantOwned
{
    public Guid TenantId { get; init; }
    public ulong Xid { get; set; }
    public long Seq { get; set; }
}
