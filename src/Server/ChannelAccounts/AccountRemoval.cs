using ChatOperator.Tenancy;

namespace ChatOperator.ChannelAccounts;

/// <summary>An account that is gone while its chats still are removed, little by little.</summary>
public sealed class AccountRemoval : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid AccountId { get; init; }
    public DateTimeOffset At { get; init; }
}
