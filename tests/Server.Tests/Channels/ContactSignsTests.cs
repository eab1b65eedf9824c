using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Channels;

/// <summary>That an operator types is shown to the contact, on each network that can.</summary>
public abstract class ContactSignsTests(SharedServer shared)
{
    private static int _phones = 90_000_000;

    [Theory]
    [InlineData("whatsapp_cloud")]
    [InlineData("ycloud")]
    [InlineData("messenger")]
    [InlineData("instagram")]
    [InlineData("chatwoot")]
    public async Task The_contact_sees_an_operator_typing_until_the_message_comes(string channel)
    {
        var (account, phone, chat) = await OpenAsync(channel);
        await account.Tenant.Api.PostAsync($"/admin/conversations/{chat}/typing");
        await Eventually.TrueAsync(() => IsTypingAsync(account, phone));
        var source = (await account.Tenant.SummaryAsync())[0].GetProperty("channel_source").GetString();
        await account.Tenant.Api.PostAsync("/admin/whatsapp/send", new { conversation_id = chat, message = "Listo", channel_source = source });
        await phone.ReceivesAsync("Listo");
        Assert.False(await IsTypingAsync(account, phone));

        // Keys are many, requests to the network few.
        for (var i = 0; i < 5; i++) await account.Tenant.Api.PostAsync($"/admin/conversations/{chat}/typing");
        await OtherSignAsync(account);
        Assert.False(await IsTypingAsync(account, phone));
    }

    /// <summary>WhatsApp shows typing only together with the blue ticks.</summary>
    [Fact]
    public async Task Whoever_keeps_reading_to_themselves_is_not_given_away_by_typing()
    {
        var (account, phone, chat) = await OpenAsync("whatsapp_cloud");
        var settings = await account.Tenant.Api.GetAsync("/admin/settings");
        await account.Tenant.Api.PutAsync("/admin/settings", new
        {
            name = settings.GetProperty("name").GetString(), lock_on_reply = true, send_read_receipts = false,
            receipt_days = settings.GetProperty("receipt_days").GetInt32(), troubled_receipt_days = settings.GetProperty("troubled_receipt_days").GetInt32(),
        });
        await account.Tenant.Api.PostAsync($"/admin/conversations/{chat}/typing");
        await OtherSignAsync();
        Assert.False(await IsTypingAsync(account, phone));
    }

    [Fact]
    public async Task A_network_that_does_not_answer_delays_no_other_accounts_signs()
    {
        // Takes connections and says nothing: each of its signs costs all the time that a sign may take.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var tenant = await shared.Server.TenantAsync();
        var gone = await tenant.WhatsAppAsync(shared.Sandbox, more: new { base_url = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}" });
        for (var i = 0; i < 5; i++)
        {
            var writer = shared.Sandbox.Phone($"54911{Interlocked.Increment(ref _phones).ToString(CultureInfo.InvariantCulture)}");
            await writer.SaysAsync("Hola", gone, new { wait = true });
            await tenant.Api.PostAsync($"/admin/conversations/{await tenant.ConversationAsync("+" + writer.Digits)}/typing");
        }
        await OtherSignAsync();
    }

    /// <summary>An account's signs are shown one after the other: once this one is, so are those before it.</summary>
    private async Task OtherSignAsync(TestAccount? of = null)
    {
        var (account, phone, chat) = of is null ? await OpenAsync("messenger") : await JoinAsync(of);
        await account.Tenant.Api.PostAsync($"/admin/conversations/{chat}/typing");
        await Eventually.TrueAsync(() => IsTypingAsync(account, phone));
    }

    private async Task<(TestAccount Account, TestPhone Phone, Guid Chat)> OpenAsync(string channel)
    {
        var tenant = await shared.Server.TenantAsync();
        var account = channel switch
        {
            "whatsapp_cloud" => await tenant.WhatsAppAsync(shared.Sandbox),
            "ycloud" => await tenant.YCloudAsync(shared.Sandbox),
            "messenger" => await tenant.MessengerAsync(shared.Sandbox),
            "instagram" => await tenant.InstagramAsync(shared.Sandbox),
            _ => await tenant.ChatwootAsync(shared.Sandbox),
        };
        return await JoinAsync(account);
    }

    /// <summary>Somebody else who writes to the account.</summary>
    private async Task<(TestAccount Account, TestPhone Phone, Guid Chat)> JoinAsync(TestAccount account)
    {
        var known = (await account.Tenant.SummaryAsync()).Select(c => c.GetProperty("id").GetGuid()).ToHashSet();
        var phone = shared.Sandbox.Phone($"54911{Interlocked.Increment(ref _phones).ToString(CultureInfo.InvariantCulture)}");
        await phone.SaysAsync("Hola", account, new { wait = true });
        var chats = await Eventually.GetAsync(() => account.Tenant.SummaryAsync(), all => all.Count == known.Count + 1);
        return (account, phone, chats.Select(c => c.GetProperty("id").GetGuid()).Single(id => !known.Contains(id)));
    }

    private async Task<bool> IsTypingAsync(TestAccount account, TestPhone phone) =>
        (await shared.Sandbox.Control.GetAsync($"/control/phones/{phone.Digits}/typing?account={account.NetworkId}")).GetProperty("typing").GetBoolean();
}

public sealed class ContactSignsOnSqlite(OnSqlite shared) : ContactSignsTests(shared), IClassFixture<OnSqlite>;

public sealed class ContactSignsOnPostgres(OnPostgres shared) : ContactSignsTests(shared), IClassFixture<OnPostgres>;
