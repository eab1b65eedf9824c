using System.Text.Json;
using ChatOperator.Harness;
using ChatOperator.Server.Tests.Outbox;

namespace ChatOperator.Server.Tests.Templates;

/// <summary>A chat whose account has the sandbox's templates.</summary>
public sealed class TemplateDesk
{
    private readonly TestSandbox _sandbox;

    private TemplateDesk(OutboxChat chat, TestSandbox sandbox) => (Chat, _sandbox) = (chat, sandbox);

    public OutboxChat Chat { get; }
    public Api Api => Chat.Tenant.Api;

    public static async Task<TemplateDesk> OpenAsync(TestServer server, TestSandbox sandbox)
    {
        var desk = new TemplateDesk(await OutboxChat.OpenAsync(server, sandbox), sandbox);
        await desk.Api.PostAsync("/admin/templates/sync");
        return desk;
    }

    public async Task<JsonElement> TemplateAsync(string name, string language = "es") =>
        (await Api.GetAsync($"/admin/templates?conversation_id={Chat.Id}&q={name}")).EnumerateArray().Single(t => t.GetProperty("name").GetString() == name && t.GetProperty("language").GetString() == language);

    public async Task<Guid> IdAsync(string name, string language = "es") => (await TemplateAsync(name, language)).GetProperty("id").GetGuid();

    /// <summary>The network changes a template.</summary>
    public Task ChangeAsync(object verdict) => _sandbox.Control.PostAsync($"/control/accounts/{Chat.Account["phone_number_id"]}/templates", verdict);

    /// <summary>The customer stops marketing, or resumes it, in their own app.</summary>
    public Task PreferAsync(string value) =>
        _sandbox.Control.PostAsync($"/control/accounts/{Chat.Account["phone_number_id"]}/preferences", new { phone = Chat.Phone.Digits, value });

    public async Task<long> SendAsync(object body) => (await Api.PostAsync("/admin/templates/send", body)).GetProperty("message_id").GetInt64();

    /// <summary>What the contact wants of marketing, once it is known.</summary>
    public async Task<JsonElement> ConsentAsync(Func<JsonElement, bool> reached)
    {
        var contact = (await Api.GetAsync($"/admin/conversations/{Chat.Id}")).GetProperty("contact").GetProperty("id").GetGuid();
        return await Eventually.GetAsync(
            async () => (await Api.GetAsync($"/admin/contacts/{contact}/consent")).GetProperty("consent"), c => c.EnumerateArray().Any(reached), 15, "consent");
    }
}
