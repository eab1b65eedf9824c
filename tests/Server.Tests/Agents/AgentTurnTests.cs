using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Agents;

public abstract class AgentTurnTests(SharedServer shared)
{
    [Fact]
    public async Task It_answers_once_and_tells_how_it_came_to_it()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.SaysAsync("hola");
        await chat.Phone.ReceivesAsync("¡Hola! ¿En qué te puedo ayudar?");
        var state = await chat.EndsAsync("answered");
        Assert.Equal("idle", state.GetProperty("state").GetString());
        var message = (await chat.Tenant.MessagesAsync(chat.Id)).Single(m => m.GetProperty("author").GetProperty("kind").GetString() == "agent");
        Assert.Equal(state.GetProperty("turn_id").GetGuid(), message.GetProperty("correlation_id").GetGuid());
    }
}

public sealed class AgentTurnOnSqlite(OnSqlite shared) : AgentTurnTests(shared), IClassFixture<OnSqlite>;

public sealed class AgentTurnOnPostgres(OnPostgres shared) : AgentTurnTests(shared), IClassFixture<OnPostgres>;
