using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Outbox;

public abstract class RelayTests(SharedServer shared)
{
    [Fact]
    public async Task A_service_may_relay_and_a_repetition_sends_nothing()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var service = await chat.Tenant.AsAsync("service");
        var body = new { tenant_id = chat.Tenant.Id, conversation_id = chat.Id, text = "Su turno es mañana" };
        using var first = await service.SendAsync(HttpMethod.Post, "/messages/relay", body, ("Idempotency-Key", "turno-1"));
        using var second = await service.SendAsync(HttpMethod.Post, "/messages/relay", body, ("Idempotency-Key", "turno-1"));
        Assert.Equal(await IdAsync(first), await IdAsync(second));
        Assert.True(second.Headers.Contains("Idempotency-Replayed"));
        await chat.Phone.ReceivesAsync("Su turno es mañana");
        Assert.Equal(["Su turno es mañana"], await chat.TextsAsync());
    }

    [Theory]
    [InlineData("+{0}")]
    [InlineData("+54 9 11 {1}-{2}")]
    [InlineData("54 11 {1} {2}")]
    public async Task A_number_is_found_however_it_is_written(string format)
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var digits = chat.Phone.Digits;
        var to = string.Format(System.Globalization.CultureInfo.InvariantCulture, format, digits, digits[5..9], digits[9..]);
        await chat.Tenant.Api.PostAsync("/messages/relay", new { tenant_id = chat.Tenant.Id, to, text = "Hola" });
        await chat.Phone.ReceivesAsync("Hola");
        await chat.Tenant.Api.PostAsync("/messages/relay", new { tenant_id = chat.Tenant.Id, to, conversation_id = chat.Id, text = "¿Sigue ahí?" });
        await chat.Phone.ReceivesAsync("¿Sigue ahí?");
    }

    [Fact]
    public async Task What_contradicts_the_conversation_is_refused_in_plain_words()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var other = await chat.Tenant.WhatsAppAsync(shared.Sandbox, "Segunda línea");
        await RefusedAsync(chat, HttpStatusCode.BadRequest, "invalid_request", new { tenant_id = chat.Tenant.Id, provider = "pigeon", conversation_id = chat.Id, text = "x" });
        await RefusedAsync(chat, HttpStatusCode.Conflict, "channel_source_mismatch", new { tenant_id = chat.Tenant.Id, provider = "messenger", conversation_id = chat.Id, text = "x" });
        await RefusedAsync(chat, HttpStatusCode.Conflict, "channel_source_mismatch", new { tenant_id = chat.Tenant.Id, account_id = other.Id, conversation_id = chat.Id, text = "x" });
        await RefusedAsync(chat, HttpStatusCode.Conflict, "window_expired", new { tenant_id = chat.Tenant.Id, to = "+54 9 11 4000-1234", text = "x" });
        await RefusedAsync(chat, HttpStatusCode.NotFound, "not_found", new { tenant_id = chat.Tenant.Id, to = "nobody", text = "x" });
        await RefusedAsync(chat, HttpStatusCode.BadRequest, "invalid_request", new { tenant_id = chat.Tenant.Id, to = "+54 9 11 4000-1234", conversation_id = chat.Id, text = "x" });
        await RefusedAsync(chat, HttpStatusCode.BadRequest, "invalid_request", new { tenant_id = chat.Tenant.Id, conversation_id = chat.Id, text = new string('x', 65_537) });
    }

    [Fact]
    public async Task For_whom_it_speaks_and_to_whom_must_be_said()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var problem = await RefusedAsync(chat, HttpStatusCode.BadRequest, "invalid_request", new { conversation_id = chat.Id, text = "x" });
        Assert.Contains("tenant_id", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await RefusedAsync(chat, HttpStatusCode.BadRequest, "invalid_request", new { tenant_id = chat.Tenant.Id, text = "x" });
        problem = await RefusedAsync(chat, HttpStatusCode.BadRequest, "invalid_request", new { tenant_id = chat.Tenant.Id, conversation_id = chat.Id });
        Assert.Contains("text", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static Task<JsonElement> RefusedAsync(OutboxChat chat, HttpStatusCode status, string code, object body) =>
        chat.Tenant.Api.RefusedAsync(status, code, HttpMethod.Post, "/messages/relay", body);

    private static async Task<long> IdAsync(HttpResponseMessage answer) =>
        (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message_id").GetInt64();
}

public sealed class RelayOnSqlite(OnSqlite shared) : RelayTests(shared), IClassFixture<OnSqlite>;

public sealed class RelayOnPostgres(OnPostgres shared) : RelayTests(shared), IClassFixture<OnPostgres>;
