using System.Text.Json;
using ChatOperator.Harness;
using ChatOperator.Server.Tests.Templates;

namespace ChatOperator.Server.Tests.Operators;

/// <summary>A tenant that has one of everything that has an id.</summary>
internal sealed class RichTenant
{
    private RichTenant(TemplateDesk desk) => Desk = desk;

    public TemplateDesk Desk { get; }

    /// <summary>By what an address begins with, the longest first.</summary>
    public List<(string Address, string Id)> Ids { get; } = [];

    public string this[string address] => Ids.First(i => address.StartsWith(i.Address, StringComparison.Ordinal)).Id;

    public static async Task<RichTenant> MakeAsync(TestServer server, TestSandbox sandbox)
    {
        var rich = new RichTenant(await TemplateDesk.OpenAsync(server, sandbox));
        var (api, chat) = (rich.Desk.Api, rich.Desk.Chat);
        var message = await chat.SendAsync("Hola", new { not_before = server.Time.GetUtcNow().AddHours(1) });
        var person = await Browser.OperatorAsync(chat.Tenant);
        using var form = new MultipartFormDataContent { { new ByteArrayContent("hola"u8.ToArray()) { Headers = { ContentType = new("text/plain") } }, "file", "x.txt" } };
        using var upload = await api.SendAsync(HttpMethod.Post, $"/admin/attachments?conversation_id={chat.Id}", form);
        rich.Ids.AddRange(
        [
            ("/admin/operators/", person.Id.ToString()),
            ("/admin/tokens/", Id(await api.PostAsync("/admin/tokens", new { name = "theirs", role = "viewer" }))),
            ("/admin/channel-accounts/", chat.Account.Id.ToString()),
            ("/admin/chats/", chat.Id.ToString()),
            ("/admin/conversations/", chat.Id.ToString()),
            ("/admin/contacts/", Id((await api.GetAsync($"/admin/conversations/{chat.Id}")).GetProperty("contact"))),
            ("/admin/messages/", message.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("/admin/attachments/", Id(JsonSerializer.Deserialize<JsonElement>(await upload.Content.ReadAsStringAsync()))),
            ("/admin/templates/", (await rich.Desk.IdAsync("welcome_coupon")).ToString()),
            ("/admin/snippets/", Id(await api.PostAsync("/admin/snippets", new { name = "hola", text = "¡Hola!" }))),
            ("/admin/knowledge/", Id(await api.PostAsync("/admin/knowledge", new { title = "Envíos", body = "Gratis." }))),
            ("/admin/agent/tools/", Id(await api.PostAsync("/admin/agent/tools", Tool))),
            ("/admin/receipts/", Id((await api.GetAsync("/admin/receipts"))[0])),
            ("/admin/traces/", (await chat.MessageAsync(message)).GetProperty("correlation_id").GetString()!),
            ("/admin/logs/ai/", (await chat.MessageAsync(message)).GetProperty("correlation_id").GetString()!),
        ]);
        return rich;
    }

    /// <summary>A form that is valid for this operation, so that nothing but the id can be wrong with the request.</summary>
    public static object? FormOf(string operation) => operation switch
    {
        "PATCH /admin/operators/{id}" => new { role = "viewer" },
        "PATCH /admin/channel-accounts/{id}" => new { name = "Mine now" },
        "POST /admin/chats/{id}/read" => new { up_to = 1 },
        "POST /admin/conversations/{id}/human-override" => new { locked = true },
        "PATCH /admin/contacts/{id}" => new { attributes = new { note = "x" } },
        "PUT /admin/contacts/{id}/consent" => new { category = "marketing", opted_in = false },
        "PATCH /admin/messages/{id}" => new { message = "Mine now" },
        "PUT /admin/agent/tools/{id}" => Tool,
        "PUT /admin/snippets/{id}" => new { name = "mine", text = "x" },
        "PUT /admin/knowledge/{id}" => new { title = "Mine now", body = "x" },
        "PUT /admin/channel-accounts/{id}/agent" => new { enabled = true },
        _ => operation.StartsWith("GET ", StringComparison.Ordinal) || operation.StartsWith("DELETE ", StringComparison.Ordinal) ? null : new { },
    };

    private static object Tool => new { name = "look", description = "Looks.", url = "https://example.com/x", headers = Array.Empty<object>() };

    private static string Id(JsonElement thing) => thing.GetProperty("id").GetGuid().ToString();
}
