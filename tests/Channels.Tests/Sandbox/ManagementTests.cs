using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ChatOperator.Sandbox;
using Xunit;

namespace ChatOperator.Channels.Tests.Sandbox;

/// <summary>Media, templates, subscriptions and the page.</summary>
public sealed class ManagementTests
{
    [Fact]
    public async Task Media_goes_up_and_comes_back_from_another_port_with_the_bearer_only()
    {
        await using var business = await Business.OpenAsync();
        using var file = new ByteArrayContent([1, 2, 3]);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var form = new MultipartFormDataContent { { new StringContent("whatsapp"), "messaging_product" }, { new StringContent("image/png"), "type" }, { file, "file", "a.png" } };
        using var uploaded = await business.Http.PostAsync("/v25.0/1060/media", form);
        var id = (await Answer.OfAsync(uploaded)).Body.GetProperty("id").GetString();

        var facts = await business.GetAsync($"/v25.0/{id}?phone_number_id=1060");
        var url = new Uri(facts.GetProperty("url").GetString()!);
        Assert.NotEqual(business.Sandbox.Address.Port, url.Port);
        Assert.Equal([1, 2, 3], await business.Http.GetByteArrayAsync(url));
        Assert.Equal("3", facts.GetProperty("file_size").GetString());

        using var stranger = new HttpClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await business.Http.GetAsync(new Uri(url + "0"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await business.Http.DeleteAsync($"/v25.0/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await business.Http.GetAsync(url)).StatusCode);
    }

    [Fact]
    public async Task Media_that_cannot_be_fetched_fails_the_message_later()
    {
        await using var business = await Business.OpenAsync();
        await business.HearAsync(new { text = "hola" });

        var sent = await business.SendAsync(new { messaging_product = "whatsapp", to = "+" + Business.Ana, type = "image", image = new { link = "http://127.0.0.1:1/none.png" } });

        await Eventually.Holds(() => business.Receiver.Statuses(sent.Id).Length == 1, "failed");
        Assert.Equal(131053, business.Receiver.Items("statuses")[0].GetProperty("errors")[0].GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Templates_are_listed_by_pages_created_reviewed_and_deleted()
    {
        await using var business = await Business.OpenAsync();
        var names = new List<string?>();
        var next = "/v25.0/2060/message_templates?limit=4";
        while (next is not null)
        {
            var page = await business.GetAsync(next);
            names.AddRange(page.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
            next = page.GetProperty("paging").TryGetProperty("next", out var more) ? more.GetString() : null;
        }
        Assert.Equal(9, names.Count);

        using var created = await business.Http.PostAsJsonAsync("/v25.0/2060/message_templates",
            new { name = "new_one", language = "en", category = "UTILITY", components = new[] { new { type = "BODY", text = "Hi {{1}}" } } });
        Assert.Equal("PENDING", (await Answer.OfAsync(created)).Body.GetProperty("status").GetString());
        await Eventually.Holds(() => business.Receiver.All.Any(one => one.Text.Contains("message_template_status_update", StringComparison.Ordinal)), "review");
        Assert.Equal("APPROVED", (await business.GetAsync("/v25.0/2060/message_templates?name=new_one")).GetProperty("data")[0].GetProperty("status").GetString());

        Assert.Equal(HttpStatusCode.OK, (await business.Http.DeleteAsync("/v25.0/2060/message_templates?name=new_one")).StatusCode);
        Assert.Equal(0, (await business.GetAsync("/v25.0/2060/message_templates?name=new_one")).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task A_paused_template_cannot_be_sent()
    {
        await using var business = await Business.OpenAsync();
        await business.ControlAsync("accounts/1060/templates", new { name = "hello_world", language = "en_US", status = "PAUSED", wait = true });

        var answer = await business.SendAsync(new { messaging_product = "whatsapp", to = "+1555000", type = "template", template = new { name = "hello_world", language = new { code = "en_US" } } });

        Assert.Equal(132015, answer.Code);
        Assert.Contains("PAUSED", business.Receiver.All[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_can_be_tested_and_a_webhook_address_must_prove_itself()
    {
        await using var business = await Business.OpenAsync();
        var number = await business.GetAsync("/v23.0/1060?fields=id,status,quality_rating");
        Assert.Equal(("1060", "CONNECTED"), (number.GetProperty("id").GetString(), number.GetProperty("status").GetString()));
        Assert.Equal(1, (await business.GetAsync("/v23.0/2060/phone_numbers")).GetProperty("data").GetArrayLength());
        Assert.True((await business.ControlAsync("accounts/1060/verify", new { })).GetProperty("ok").GetBoolean());

        using var wrong = await business.Http.PostAsJsonAsync("/v23.0/2060/subscribed_apps", new { override_callback_uri = business.Receiver.Url, verify_token = "wrong" });
        Assert.Equal(2200, (await Answer.OfAsync(wrong)).Code);
    }

    [Fact]
    public async Task Who_unsubscribes_hears_nothing()
    {
        await using var business = await Business.OpenAsync();
        using var left = await business.Http.DeleteAsync("/v25.0/2060/subscribed_apps");

        await business.HearAsync(new { text = "anyone?" });

        Assert.Empty(business.Receiver.All);
    }

    [Fact]
    public async Task The_page_is_served_and_two_sandboxes_share_nothing()
    {
        await using var one = await Business.OpenAsync();
        await using var other = await SandboxHost.StartAsync();
        using var http = new HttpClient { BaseAddress = other.Address };

        Assert.Contains("phone-thread", await http.GetStringAsync("/phone"), StringComparison.Ordinal);
        foreach (var file in new[] { "phone.js", "thread.js", "composer.js", "panel.js", "api.js", "phone.css", "icon.svg" })
            Assert.NotEmpty(await http.GetStringAsync("/phone/" + file));
        Assert.Equal(0, (await http.GetFromJsonAsync<JsonElement>("/control/accounts")).GetArrayLength());
        Assert.Equal(1, (await one.GetAsync("/control/accounts")).GetArrayLength());
    }
}
