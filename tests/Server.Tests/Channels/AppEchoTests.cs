using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Channels;

/// <summary>Instagram says at times which app sent a message that comes back. An app is no person, be it ours or another.</summary>
public abstract class AppEchoTests(SharedServer shared)
{
    [Fact]
    public async Task Another_apps_message_is_shown_and_takes_nothing_over()
    {
        var chat = await OpenAsync();
        await chat.WriteOutsideAsync("Gracias por escribirnos (respuesta automática)", new { app_id = "555000555" });
        await Eventually.GetAsync(() => chat.WordsAsync(), words => words.Contains("Gracias por escribirnos (respuesta automática)"), 30, "the app's word is shown");
        Assert.False(await chat.IsLockedAsync());
        await chat.ReachesAsync(await chat.AgentSaysAsync("Soy el agente"), "read");
    }

    [Fact]
    public async Task Our_own_sends_stay_ours_though_the_echo_names_an_app_and_comes_first()
    {
        var chat = await OpenAsync();
        await BridgeChat.PlayAsync(shared.Sandbox, chat.Account, new { instagram_id = chat.Account["instagram_id"], names_app = true });
        await shared.Sandbox.FaultsAsync(new { send = new { account = chat.Account.NetworkId, status_before_response = true } });
        await chat.ReachesAsync(await chat.AgentSaysAsync("Soy el agente, uno"), "read");
        await chat.ReachesAsync(await chat.AgentSaysAsync("Soy el agente, dos"), "read");
        await shared.Sandbox.HealAsync();
        Assert.False(await chat.IsLockedAsync());
        Assert.Equal(["Hola", "Soy el agente, uno", "Soy el agente, dos"], await chat.WordsAsync());
    }

    [Fact]
    public async Task Metas_own_inbox_is_a_person()
    {
        var chat = await OpenAsync();
        await chat.WriteOutsideAsync("Te atiendo yo", new { app_id = "263902037430900" });
        Assert.True(await chat.IsLockedAsync());
    }

    private async Task<BridgeChat> OpenAsync()
    {
        var tenant = await shared.Server.TenantAsync();
        return await BridgeChat.OpenFirstAsync(await tenant.InstagramAsync(shared.Sandbox, more: new { spacing_ms = "0", settle_seconds = "2" }), shared.Sandbox);
    }
}

public sealed class AppEchoOnSqlite(OnSqlite shared) : AppEchoTests(shared), IClassFixture<OnSqlite>;

public sealed class AppEchoOnPostgres(OnPostgres shared) : AppEchoTests(shared), IClassFixture<OnPostgres>;
