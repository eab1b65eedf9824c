using System.Globalization;
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
        await OtherSignAsync();
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

    /// <summary>Signs are shown one after the other: once this one is, so are those before it.</summary>
    private async Task OtherSignAsync()
    {
        var (account, phone, chat) = await OpenAsync("messenger");
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
        var phone = shared.Sandbox.Phone($"54911{Interlocked.Increment(ref _phones).ToString(CultureInfo.InvariantCulture)}");
        await phone.SaysAsync("Hola", account, new { wait = true });
        return (account, phone, (await Eventually.GetAsync(() => tenant.SummaryAsync(), all => all.Count == 1))[0].GetProperty("id").GetGuid());
    }

    private async Task<bool> IsTypingAsync(TestAccount account, TestPhone phone) =>
        (await shared.Sandbox.Control.GetAsync($"/control/phones/{phone.Digits}/typing?account={account.NetworkId}")).GetProperty("typing").GetBoolean();
}

public sealed class ContactSignsOnSqlite(OnSqlite shared) : ContactSignsTests(shared), IClassFixture<OnSqlite>;

public sealed class ContactSignsOnPostgres(OnPostgres shared) : ContactSignsTests(shared), IClassFixture<OnPostgres>;
