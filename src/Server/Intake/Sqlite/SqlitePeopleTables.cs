using ChatOperator.Db;
using ChatOperator.Intake.People;
using Microsoft.Data.Sqlite;

namespace ChatOperator.Intake.Sqlite;

/// <inheritdoc cref="IPeopleTables"/>
internal sealed class SqlitePeopleTables(SqliteConnection connection) : IPeopleTables, IDisposable
{
    private readonly SqliteStatement _findContact = new(connection, "SELECT contact_id FROM contact_identity WHERE tenant_id = ? AND key = ?");

    private readonly SqliteStatement _findConversation = new(connection,
        "SELECT id, display_name, phone, address, picture_url FROM conversation WHERE tenant_id = ? AND account_id = ? AND contact_id = ?");

    private readonly SqliteStatement _insertContact = new(connection,
        "INSERT INTO contact (tenant_id, id, display_name, phone, created_at) VALUES (?, ?, ?, ?, ?)");

    private readonly SqliteStatement _insertIdentity = new(connection,
        "INSERT INTO contact_identity (tenant_id, key, contact_id, value) VALUES (?, ?, ?, ?)");

    private readonly SqliteStatement _insertConversation = new(connection, """
        INSERT INTO conversation (tenant_id, id, account_id, contact_id, channel_source, address, display_name, phone, picture_url, created_at, profile_due_at,
            last_message, last_message_at, last_message_id, last_inbound_id, unread_count, read_up_to, lock_version, is_locked, bucket_tokens)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, 0, 0, 0, 0, 0, 0, 0)
        """);

    private readonly SqliteStatement _updateConversation = new(connection, """
        UPDATE conversation SET display_name = ?1, phone = ?2, address = ?3,
            profile_due_at = CASE WHEN picture_url <> ?4 THEN ?5 ELSE profile_due_at END, picture_url = ?4
        WHERE tenant_id = ?6 AND id = ?7
        """);

    private readonly SqliteStatement _updateContact = new(connection,
        "UPDATE contact SET display_name = ?, phone = ? WHERE tenant_id = ? AND id = ?");

    private readonly SqliteStatement _moveIdentities = new(connection,
        "UPDATE contact_identity SET contact_id = ? WHERE tenant_id = ? AND contact_id = ?");

    private readonly SqliteStatement _moveConversations = new(connection, """
        UPDATE conversation SET contact_id = ?1 WHERE tenant_id = ?2 AND contact_id = ?3
            AND account_id NOT IN (SELECT account_id FROM conversation WHERE tenant_id = ?2 AND contact_id = ?1)
        """);

    private readonly SqliteStatement _pointToSurvivor = new(connection, "UPDATE contact SET merged_into = ? WHERE tenant_id = ? AND id = ?");

    public Task<Dictionary<(Guid Tenant, string Key), Guid>> FindContactsAsync(IReadOnlyCollection<(Guid Tenant, string Key)> keys)
    {
        var found = new Dictionary<(Guid, string), Guid>(keys.Count);
        foreach (var (tenant, key) in keys)
            if (_findContact.Bind(tenant).Bind(key).Read())
            {
                found[(tenant, key)] = _findContact.Guid(0);
                _findContact.Reset();
            }
        return Task.FromResult(found);
    }

    public Task<Dictionary<(Guid Account, Guid Contact), Place>> FindConversationsAsync(IReadOnlyCollection<(Guid Tenant, Guid Account, Guid Contact)> wanted)
    {
        var found = new Dictionary<(Guid, Guid), Place>(wanted.Count);
        foreach (var (tenant, account, contact) in wanted)
            if (_findConversation.Bind(tenant).Bind(account).Bind(contact).Read())
            {
                found[(account, contact)] = new Place(
                    contact, _findConversation.Guid(0), _findConversation.Text(1), _findConversation.Text(2), _findConversation.Text(3),
                    _findConversation.Text(4));
                _findConversation.Reset();
            }
        return Task.FromResult(found);
    }

    public Task InsertContactsAsync(IReadOnlyCollection<NewContact> contacts)
    {
        foreach (var c in contacts) _insertContact.Bind(c.TenantId).Bind(c.Id).Bind(c.Name).Bind(c.Phone).Bind(c.At).Run();
        return Task.CompletedTask;
    }

    public Task<bool> InsertIdentitiesAsync(IReadOnlyCollection<NewIdentity> identities)
    {
        foreach (var i in identities) _insertIdentity.Bind(i.TenantId).Bind(i.Key).Bind(i.ContactId).Bind(i.Value).Run();
        return Task.FromResult(true);
    }

    public Task<bool> InsertConversationsAsync(IReadOnlyCollection<NewConversation> conversations)
    {
        foreach (var c in conversations)
            _insertConversation.Bind(c.TenantId).Bind(c.Place.ConversationId).Bind(c.AccountId).Bind(c.Place.ContactId).Bind(c.ChannelSource)
                .Bind(c.Place.Address).Bind(c.Place.Name).Bind(c.Place.Phone).Bind(c.Place.Picture).Bind(c.At).Bind(c.ProfileDueAt).Run();
        return Task.FromResult(true);
    }

    public Task UpdateAsync(IReadOnlyCollection<ChangedPlace> changes)
    {
        foreach (var (tenant, place, at) in changes)
        {
            _updateConversation.Bind(place.Name).Bind(place.Phone).Bind(place.Address).Bind(place.Picture).Bind(at).Bind(tenant).Bind(place.ConversationId).Run();
            _updateContact.Bind(place.Name).Bind(place.Phone).Bind(tenant).Bind(place.ContactId).Run();
        }
        return Task.CompletedTask;
    }

    public Task MergeAsync(Guid tenant, Guid loser, Guid survivor)
    {
        _moveIdentities.Bind(survivor).Bind(tenant).Bind(loser).Run();
        _moveConversations.Bind(survivor).Bind(tenant).Bind(loser).Run();
        _pointToSurvivor.Bind(survivor).Bind(tenant).Bind(loser).Run();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])
            [_findContact, _findConversation, _insertContact, _insertIdentity, _insertConversation, _updateConversation, _updateContact,
                _moveIdentities, _moveConversations, _pointToSurvivor])
            statement.Dispose();
    }
}
