using ChatOperator.Contacts;
using ChatOperator.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static ChatOperator.Harness.WhatsAppWebhook;

namespace ChatOperator.Server.Tests.Intake;

/// <summary>A person comes under several identities, any of which may be missing.</summary>
public abstract class PeopleTests(SharedServer shared) : IntakeTest(shared)
{
    [Theory]
    [InlineData("551199990001", "5511999990001")]
    [InlineData("5215512340001", "525512340001")]
    [InlineData("541155550001", "5491155550001")]
    public async Task Spellings_of_one_number_are_one_person(string one, string other)
    {
        var (tenant, account) = await ConnectAsync();
        await AcceptedAsync(account, Text(account, one, "wamid.1", "a"));
        await AcceptedAsync(account, Text(account, other, "wamid.2", "b"));
        Assert.Equal(["a", "b"], Words(await MessagesAsync(tenant)));
        // What is sent to is the spelling received last.
        Assert.Equal("+" + other, Assert.Single(await tenant.SummaryAsync()).GetProperty("customer_phone").GetString());
        Assert.Equal(1, await LookAsync(db => db.Contacts.CountAsync(c => c.TenantId == tenant.Id)));
    }

    [Fact]
    public async Task A_person_without_a_phone_has_a_chat_and_keeps_it_when_the_phone_appears()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        await AcceptedAsync(account, Of(Messages(account, [Contact(null, "Ana", "AR.1")], Message(null, "wamid.1", "a", userId: "AR.1"))));
        Assert.Equal("", Assert.Single(await tenant.SummaryAsync()).GetProperty("customer_phone").GetString());
        await AcceptedAsync(account, Of(Messages(account, [Contact(phone, "Ana", "AR.1")], Message(phone, "wamid.2", "b", userId: "AR.1"))));
        await AcceptedAsync(account, Text(account, phone, "wamid.3", "c"));
        Assert.Equal(["a", "b", "c"], Words(await MessagesAsync(tenant)));
        Assert.Equal("+" + phone, Assert.Single(await tenant.SummaryAsync()).GetProperty("customer_phone").GetString());
    }

    [Fact]
    public async Task Two_contacts_that_prove_to_be_one_are_merged_and_nothing_is_lost()
    {
        var (tenant, account) = await ConnectAsync();
        var other = await tenant.WhatsAppAsync();
        var phone = NewPhone();
        await AcceptedAsync(account, Text(account, phone, "wamid.1", "por teléfono"));
        await AcceptedAsync(account, Of(Messages(account, [Contact(null, "Ana", "AR.2")], Message(null, "wamid.2", "por usuario", userId: "AR.2"))));
        await AcceptedAsync(other, Of(Messages(other, [Contact(null, "Ana", "AR.2")], Message(null, "wamid.3", "otra cuenta", userId: "AR.2"))));
        await AcceptedAsync(account, Of(Messages(account, [Contact(phone, "Ana", "AR.2")], Message(phone, "wamid.4", "ambos", userId: "AR.2"))));
        await AcceptedAsync(account, Of(Messages(account, [Contact(null, "Ana", "AR.2")], Message(null, "wamid.5", "después", userId: "AR.2"))));

        var chats = await tenant.SummaryAsync();
        var words = new List<string>();
        foreach (var chat in chats) words.AddRange(Words(await tenant.MessagesAsync(chat.GetProperty("id").GetGuid())));
        Assert.Equal(["ambos", "después", "otra cuenta", "por teléfono", "por usuario"], words.Order(StringComparer.Ordinal));
        var contacts = await LookAsync(db => db.Contacts.Where(c => c.TenantId == tenant.Id).OrderBy(c => c.Id).ToListAsync());
        Assert.Equal([null, contacts[0].Id], contacts.Select(c => c.MergedInto));
        Assert.All(
            await LookAsync(db => db.ContactIdentities.Where(i => i.TenantId == tenant.Id).ToListAsync()), i => Assert.Equal(contacts[0].Id, i.ContactId));
        var main = chats.Single(c => c.GetProperty("last_message").GetString() == "después");
        Assert.Equal(["por teléfono", "ambos", "después"], Words(await tenant.MessagesAsync(main.GetProperty("id").GetGuid())));
    }

    [Fact]
    public async Task A_merge_within_one_batch_leaves_one_person()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        await AcceptedAsync(account, Of(
            Messages(account, [Contact(phone, "Ana")], Message(phone, "wamid.1", "a")),
            Messages(account, [Contact(null, "Ana", "AR.3")], Message(null, "wamid.2", "b", userId: "AR.3")),
            Messages(account, [Contact(phone, "Ana K.", "AR.3")], Message(phone, "wamid.3", "c", userId: "AR.3"))));
        Assert.Equal(["a", "b", "c"], Words(await MessagesAsync(tenant)));
        var contact = Assert.Single(await LookAsync(db => db.Contacts.Where(c => c.TenantId == tenant.Id).ToListAsync()));
        Assert.Equal(("Ana K.", "+" + phone), (contact.DisplayName, contact.Phone));
        Assert.Equal(2, await LookAsync(db => db.ContactIdentities.CountAsync(i => i.TenantId == tenant.Id && i.ContactId == contact.Id)));
    }

    [Fact]
    public async Task New_people_writing_at_once_are_made_once()
    {
        var (tenant, account) = await ConnectAsync();
        var phones = Enumerable.Range(0, 10).Select(_ => NewPhone()).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => AcceptedAsync(account, Text(account, phones[i % 10], $"wamid.{i}", $"{i}"))));
        var chats = await tenant.SummaryAsync();
        Assert.Equal(10, chats.Count);
        Assert.All(chats, c => Assert.Equal(10, c.GetProperty("unread_count").GetInt32()));
    }
}

public sealed class PeopleOnSqlite(OnSqlite shared) : PeopleTests(shared), IClassFixture<OnSqlite>;

public sealed class PeopleOnPostgres(OnPostgres shared) : PeopleTests(shared), IClassFixture<OnPostgres>;
