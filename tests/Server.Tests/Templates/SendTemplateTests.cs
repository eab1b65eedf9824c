using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Templates;

public abstract class SendTemplateTests(SharedServer shared)
{
    [Fact]
    public async Task The_plain_form_fills_a_template_and_the_chat_shows_what_the_phone_does()
    {
        var desk = await TemplateDesk.OpenAsync(shared.Server, shared.Sandbox);
        var body = new { conversation_id = desk.Chat.Id, template_id = await desk.IdAsync("order_ready", "es_AR"), parameters = new[] { "Ana", "42", "order/42" } };
        var preview = await desk.Api.PostAsync($"/admin/templates/{body.template_id}/preview", new { body.conversation_id, body.parameters });
        var answer = await desk.Api.PostAsync("/admin/templates/send", body);
        Assert.Equal("sent", answer.GetProperty("status").GetString());
        var shown = await desk.Chat.Phone.ReceivesAsync("Hola Ana, tu pedido 42 está listo.");
        var message = await desk.Chat.ReachesAsync(answer.GetProperty("message_id").GetInt64(), "read");
        Assert.Equal(("template", "Hola Ana, tu pedido 42 está listo."), (message.GetProperty("type").GetString(), message.GetProperty("content").GetString()));
        var look = message.GetProperty("data").GetProperty("look");
        Assert.Equal("https://shop.example/order/42", look.GetProperty("buttons")[2].GetProperty("value").GetString());
        Assert.Equal(Look(preview.GetProperty("look")), Look(look));
        Assert.True(JsonElement.DeepEquals(preview.GetProperty("components"), shown.GetProperty("raw").GetProperty("template").GetProperty("components")));
    }

    [Fact]
    public async Task The_richer_form_gives_headers_buttons_and_names()
    {
        var desk = await TemplateDesk.OpenAsync(shared.Server, shared.Sandbox);
        await desk.SendAsync(new { conversation_id = desk.Chat.Id, template_id = await desk.IdAsync("appointment", "en"), parameters = new { day = "Friday", customer = "Ana" } });
        await desk.Chat.Phone.ReceivesAsync("Hi Ana, we expect you on Friday.");
        await desk.SendAsync(new
        {
            conversation_id = desk.Chat.Id, template_id = await desk.IdAsync("store_visit"), parameters = new[] { "Ana", "martes" },
            header = new { latitude = -34.6, longitude = -58.38, name = "Tienda", address = "Corrientes 1" }, buttons = new[] { new { index = 0, value = "VOY" } },
        });
        await desk.Chat.Phone.ReceivesAsync("Ana, te esperamos el martes.");
        var coupon = await desk.SendAsync(new { conversation_id = desk.Chat.Id, template_id = await desk.IdAsync("welcome_coupon"), parameters = new[] { "Ana", "20 %", "domingo", "HOLA20" } });
        var shown = await desk.Chat.Phone.ReceivesAsync("Tenés 20 % de descuento en tu próxima compra, hasta el domingo.");
        Assert.Contains("\"coupon_code\":\"HOLA20\"", shown.GetProperty("raw").GetRawText().Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await desk.Chat.ReachesAsync(coupon, "read");
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_naming_the_parameter_and_nothing_leaves()
    {
        var desk = await TemplateDesk.OpenAsync(shared.Server, shared.Sandbox);
        var id = await desk.IdAsync("order_ready", "en");
        foreach (var (parameters, wrong) in new (object, string)[]
        {
            (new[] { "Ana" }, "body.2"), (new[] { "Ana", "42", "x" }, "parameters.2"), (new[] { "Ana", "a\nb" }, "body.2"), (new { nobody = "x" }, "nobody"),
        })
        {
            var problem = await desk.Api.RefusedAsync(HttpStatusCode.UnprocessableEntity, "template_parameter_invalid", HttpMethod.Post, "/admin/templates/send",
                new { conversation_id = desk.Chat.Id, template_id = id, parameters });
            Assert.Equal(wrong, problem.GetProperty("parameter").GetString());
        }
        await desk.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, "/admin/templates/send",
            new { conversation_id = desk.Chat.Id, template_id = id, parameters = new[] { new { deep = 1 } } });
        await desk.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Post, "/admin/templates/send",
            new { conversation_id = desk.Chat.Id, template_id = Guid.CreateVersion7(shared.Server.Time.GetUtcNow()) });
        var other = await TemplateDesk.OpenAsync(shared.Server, shared.Sandbox);
        await desk.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Post, "/admin/templates/send",
            new { conversation_id = desk.Chat.Id, template_id = await other.IdAsync("order_ready", "en"), parameters = new[] { "Ana", "42" } });
        Assert.Empty(await desk.Chat.TextsAsync());
    }

    [Fact]
    public async Task A_number_that_never_wrote_gets_a_chat_once()
    {
        var desk = await TemplateDesk.OpenAsync(shared.Server, shared.Sandbox);
        var phone = shared.Sandbox.Phone("5491160" + Random.Shared.Next(100_000, 999_999));
        var body = new { to = "+" + phone.Digits, account_id = desk.Chat.Account.Id, name = "Bruno", template_id = await desk.IdAsync("order_ready", "en"), parameters = new[] { "Bruno", "7" } };
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAsync(desk, body, "k-new")));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Single(answers.Select(a => a.Body.GetProperty("message_id").GetInt64()).Distinct());
        await phone.ReceivesAsync("Hello Bruno, your order 7 is ready.");
        var chat = await desk.Chat.Tenant.ConversationAsync("+" + phone.Digits);
        await phone.SaysAsync("Gracias", desk.Chat.Account);
        await Eventually.GetAsync(() => desk.Chat.Tenant.MessagesAsync(chat), m => m.Any(x => x.GetProperty("content").GetString() == "Gracias"), 10, "the same chat");
        Assert.Single((await desk.Chat.Tenant.SummaryAsync()), c => c.GetProperty("customer_phone").GetString() == "+" + phone.Digits);
        await desk.SendAsync(new { to = phone.Digits, template_id = body.template_id, parameters = new[] { "Bruno", "8" } });
        await phone.ReceivesAsync("Hello Bruno, your order 8 is ready.");
        Assert.Equal(3, (await desk.Chat.Tenant.MessagesAsync(chat)).Count);
        await desk.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, "/admin/templates/send",
            new { to = "nobody", template_id = body.template_id, body.parameters });
    }

    [Fact]
    public async Task One_time_codes_go_to_numbers_only_and_viewers_send_nothing()
    {
        var desk = await TemplateDesk.OpenAsync(shared.Server, shared.Sandbox);
        var id = await desk.IdAsync("login_code", "en");
        await desk.Api.RefusedAsync(HttpStatusCode.UnprocessableEntity, "recipient_phone_required", HttpMethod.Post, "/admin/templates/send",
            new { to = "AR.24681357902468", template_id = id, parameters = new[] { "123456" } });
        await desk.SendAsync(new { conversation_id = desk.Chat.Id, template_id = id, parameters = new[] { "123456" } });
        await desk.Chat.Phone.ReceivesAsync("123456 is your code.");
        var viewer = await desk.Chat.Tenant.AsAsync("viewer");
        await viewer.GetAsync("/admin/templates");
        await viewer.RefusedAsync(HttpStatusCode.Forbidden, null, HttpMethod.Post, "/admin/templates/send", new { conversation_id = desk.Chat.Id, template_id = id });
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(TemplateDesk desk, object body, string key)
    {
        using var answer = await desk.Api.SendAsync(HttpMethod.Post, "/admin/templates/send", body, ("Idempotency-Key", key));
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static TemplateLook? Look(JsonElement look) => JsonSerializer.Deserialize(look, ContentJson.Default.TemplateLook);
}

public sealed class SendTemplateOnSqlite(OnSqlite shared) : SendTemplateTests(shared), IClassFixture<OnSqlite>;

public sealed class SendTemplateOnPostgres(OnPostgres shared) : SendTemplateTests(shared), IClassFixture<OnPostgres>;
