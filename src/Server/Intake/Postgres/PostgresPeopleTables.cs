using ChatOperator.Db;
using ChatOperator.Intake.People;
using Npgsql;

namespace ChatOperator.Intake.Postgres;

/// <inheritdoc cref="IPeopleTables"/>
internal sealed class PostgresPeopleTables(PostgresTransaction transaction) : IPeopleTables
{
    public async Task<Dictionary<(Guid Tenant, string Key), Guid>> FindContactsAsync(IReadOnlyCollection<(Guid Tenant, string Key)> keys)
    {
        await using var batch = transaction.Batch();
        batch.Add("""
            SELECT i.tenant_id, i.key, i.contact_id FROM unnest($1, $2) AS u(tenant, key)
            JOIN contact_identity i ON i.tenant_id = u.tenant AND i.key = u.key
            """).Column(keys, k => k.Tenant).Column(keys, k => k.Key);
        await using var reader = await batch.ExecuteReaderAsync();
        var found = new Dictionary<(Guid, string), Guid>(keys.Count);
        while (await reader.ReadAsync()) found[(reader.GetGuid(0), reader.GetString(1))] = reader.GetGuid(2);
        return found;
    }

    public async Task<Dictionary<(Guid Account, Guid Contact), Place>> FindConversationsAsync(IReadOnlyCollection<(Guid Tenant, Guid Account, Guid Contact)> wanted)
    {
        await using var batch = transaction.Batch();
        batch.Add("""
            SELECT c.account_id, c.contact_id, c.id, c.display_name, c.phone, c.address, c.picture_url FROM unnest($1, $2, $3) AS u(tenant, account, contact)
            JOIN conversation c ON c.tenant_id = u.tenant AND c.account_id = u.account AND c.contact_id = u.contact
            """).Column(wanted, w => w.Tenant).Column(wanted, w => w.Account).Column(wanted, w => w.Contact);
        await using var reader = await batch.ExecuteReaderAsync();
        var found = new Dictionary<(Guid, Guid), Place>(wanted.Count);
        while (await reader.ReadAsync())
            found[(reader.GetGuid(0), reader.GetGuid(1))] =
                new Place(reader.GetGuid(1), reader.GetGuid(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6));
        return found;
    }

    public Task InsertContactsAsync(IReadOnlyCollection<NewContact> contacts) => RunAsync(batch => batch
        .Add("INSERT INTO contact (tenant_id, id, display_name, phone, created_at) SELECT * FROM unnest($1, $2, $3, $4, $5)")
        .Column(contacts, c => c.TenantId).Column(contacts, c => c.Id).Column(contacts, c => c.Name).Column(contacts, c => c.Phone).Column(contacts, c => c.At));

    public async Task<bool> InsertIdentitiesAsync(IReadOnlyCollection<NewIdentity> identities) => identities.Count == await RunAsync(batch => batch
        .Add("INSERT INTO contact_identity (tenant_id, key, contact_id, value) SELECT * FROM unnest($1, $2, $3, $4) ON CONFLICT DO NOTHING")
        .Column(identities, i => i.TenantId).Column(identities, i => i.Key).Column(identities, i => i.ContactId).Column(identities, i => i.Value));

    public async Task<bool> InsertConversationsAsync(IReadOnlyCollection<NewConversation> conversations) => conversations.Count == await RunAsync(batch => batch
        .Add("""
            INSERT INTO conversation (tenant_id, id, account_id, contact_id, channel_source, address, display_name, phone, picture_url, created_at, profile_due_at,
                last_message, last_message_at, last_message_id, last_inbound_id, unread_count, read_up_to, lock_version, is_locked, bucket_tokens)
            SELECT u.*, '', 'epoch', 0, 0, 0, 0, 0, false, 0 FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS u
            ON CONFLICT DO NOTHING
            """)
        .Column(conversations, c => c.TenantId).Column(conversations, c => c.Place.ConversationId).Column(conversations, c => c.AccountId)
        .Column(conversations, c => c.Place.ContactId).Column(conversations, c => c.ChannelSource).Column(conversations, c => c.Place.Address)
        .Column(conversations, c => c.Place.Name).Column(conversations, c => c.Place.Phone).Column(conversations, c => c.Place.Picture).Column(conversations, c => c.At)
        .Column(conversations, c => c.ProfileDueAt));

    public Task UpdateAsync(IReadOnlyCollection<ChangedPlace> changes) => RunAsync(batch =>
    {
        batch.Add("""
            UPDATE conversation c SET display_name = u.name, phone = u.phone, address = u.address,
                profile_due_at = CASE WHEN c.picture_url <> u.picture THEN u.at ELSE c.profile_due_at END, picture_url = u.picture
            FROM unnest($1, $2, $3, $4, $5, $6, $7) AS u(tenant, id, name, phone, address, picture, at) WHERE c.tenant_id = u.tenant AND c.id = u.id
            """)
            .Column(changes, c => c.TenantId).Column(changes, c => c.Place.ConversationId).Column(changes, c => c.Place.Name)
            .Column(changes, c => c.Place.Phone).Column(changes, c => c.Place.Address).Column(changes, c => c.Place.Picture).Column(changes, c => c.At);
        batch.Add("""
            UPDATE contact c SET display_name = u.name, phone = u.phone
            FROM unnest($1, $2, $3, $4) AS u(tenant, id, name, phone) WHERE c.tenant_id = u.tenant AND c.id = u.id
            """)
            .Column(changes, c => c.TenantId).Column(changes, c => c.Place.ContactId).Column(changes, c => c.Place.Name).Column(changes, c => c.Place.Phone);
    });

    public Task MergeAsync(Guid tenant, Guid loser, Guid survivor) => RunAsync(batch =>
    {
        batch.Add("UPDATE contact_identity SET contact_id = $3 WHERE tenant_id = $1 AND contact_id = $2").Value(tenant).Value(loser).Value(survivor);
        batch.Add("""
            UPDATE conversation SET contact_id = $3 WHERE tenant_id = $1 AND contact_id = $2
                AND account_id NOT IN (SELECT account_id FROM conversation WHERE tenant_id = $1 AND contact_id = $3)
            """).Value(tenant).Value(loser).Value(survivor);
        batch.Add("UPDATE contact SET merged_into = $3 WHERE tenant_id = $1 AND id = $2").Value(tenant).Value(loser).Value(survivor);
    });

    private async Task<int> RunAsync(Action<NpgsqlBatch> fill)
    {
        await using var batch = transaction.Batch();
        fill(batch);
        return await batch.ExecuteNonQueryAsync();
    }
}
