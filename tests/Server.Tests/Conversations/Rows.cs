using ChatOperator.ChannelAccounts;
using ChatOperator.Changes;
using ChatOperator.Contacts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOperator.Server.Tests.Conversations;

/// <summary>Chats written straight into the database, for tests of reading that need exact times and ids.</summary>
internal sealed class Rows(TestTenant tenant)
{
    private readonly Databases _databases = tenant.Server.Services.GetRequiredService<Databases>();

    public DateTimeOffset Start { get; } = new(2026, 11, 1, 10, 0, 0, TimeSpan.Zero);

    private Guid NewId() => tenant.Server.Time.NewId();

    public async Task<Guid> AccountAsync()
    {
        var id = NewId();
        await WriteAsync(db => db.Add(new ChannelAccount
        {
            TenantId = tenant.Id, Id = id, Channel = "whatsapp_cloud", Name = "Ventas", Hook = id.ToString("N"), Settings = "{}",
            Secrets = tenant.Server.Services.GetRequiredService<SecretBox>().Seal("{}", ConnectedAccount.Purpose(id)), RouteKey = id.ToString("N"),
            CreatedAt = Start, UpdatedAt = Start, ActivatedAt = Start,
        }));
        return id;
    }

    public async Task<Guid> ChatAsync(Guid account, string name, string phone, DateTimeOffset at, string source = "whatsapp", bool locked = false)
    {
        var (id, contact) = (NewId(), NewId());
        await WriteAsync(db => db.AddRange(
            new Contact { TenantId = tenant.Id, Id = contact, DisplayName = name, Phone = phone, CreatedAt = at },
            new ContactIdentity { TenantId = tenant.Id, Key = $"phone:{phone.TrimStart('+')}", ContactId = contact, Value = phone },
            new Conversation
            {
                TenantId = tenant.Id, Id = id, AccountId = account, ContactId = contact, ChannelSource = source, Address = phone,
                DisplayName = name, Phone = phone, CreatedAt = at, LastMessageAt = at, IsLocked = locked, HeldBy = locked ? "Ana" : null,
            }));
        return id;
    }

    /// <summary>A message as intake or the outbox would store it, with what it does to the conversation's row.</summary>
    public async Task<long> SayAsync(Guid chat, string text, DateTimeOffset at, MessageAuthor author = MessageAuthor.Contact)
    {
        await using var db = _databases.For(tenant.Id);
        return await db.WriteAsync(async () =>
        {
            var locked = (await db.LockConversationAsync(tenant.Id, chat))!;
            var id = await db.NextMessageAsync();
            db.Add(new Message
            {
                TenantId = tenant.Id, Id = id, ConversationId = chat, Author = author, Type = "text", Text = text, At = at, ArrivedAt = at,
                CorrelationId = NewId(), Status = author == MessageAuthor.Contact ? MessageStatus.Received : MessageStatus.Sent,
            });
            locked.LastMessageId = id;
            if (at >= locked.LastMessageAt) (locked.LastMessage, locked.LastMessageAt) = (text, at);
            if (author == MessageAuthor.Contact) (locked.LastInboundAt, locked.LastInboundId, locked.UnreadCount) = (at, id, locked.UnreadCount + 1);
            db.Record(tenant.Id, ChangeKind.Message, id.ToString(System.Globalization.CultureInfo.InvariantCulture), chat);
            return id;
        });
    }

    public async Task WriteAsync(Action<AppDb> work)
    {
        await using var db = _databases.For(tenant.Id);
        await db.WriteAsync(() => { work(db); return Task.CompletedTask; });
    }
}
