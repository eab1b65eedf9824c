namespace ChatOperator.Intake.People;

/// <summary>The rows behind a person, read and written in sets inside the intake's transaction. One implementation for each database.</summary>
internal interface IPeopleTables
{
    /// <summary>The contacts that have these identity keys.</summary>
    Task<Dictionary<(Guid Tenant, string Key), Guid>> FindContactsAsync(IReadOnlyCollection<(Guid Tenant, string Key)> keys);

    /// <summary>The conversations of these contacts on these accounts, with how the person is known there.</summary>
    Task<Dictionary<(Guid Account, Guid Contact), Place>> FindConversationsAsync(IReadOnlyCollection<(Guid Tenant, Guid Account, Guid Contact)> wanted);

    Task InsertContactsAsync(IReadOnlyCollection<NewContact> contacts);

    /// <summary>False when another node made one of these identities first.</summary>
    Task<bool> InsertIdentitiesAsync(IReadOnlyCollection<NewIdentity> identities);

    /// <summary>False when another node made one of these conversations first.</summary>
    Task<bool> InsertConversationsAsync(IReadOnlyCollection<NewConversation> conversations);

    /// <summary>The person is now known otherwise: name, phone, address, picture. Another picture is due to be fetched.</summary>
    Task UpdateAsync(IReadOnlyCollection<ChangedPlace> changes);

    /// <summary>
    /// Two contacts turned out to be one. Identities move to the survivor, and so do conversations on accounts where it has none; where it
    /// has one, the other's thread stays as it is, under the contact that points to its survivor.
    /// </summary>
    Task MergeAsync(Guid tenant, Guid loser, Guid survivor);
}

internal sealed record NewContact(Guid TenantId, Guid Id, string Name, string Phone, DateTimeOffset At);

internal sealed record NewIdentity(Guid TenantId, string Key, Guid ContactId, string Value);

internal sealed record NewConversation(Guid TenantId, Guid AccountId, string ChannelSource, Place Place, DateTimeOffset At, DateTimeOffset? ProfileDueAt);

internal sealed record ChangedPlace(Guid TenantId, Place Place, DateTimeOffset At);

/// <summary>Somebody else was first; the whole batch is tried again and finds what they made.</summary>
internal sealed class LostRaceException() : Exception("Somebody else stored the same first.");
