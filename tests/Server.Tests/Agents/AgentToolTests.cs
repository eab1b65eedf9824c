using System.Net;
using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Agents;

/// <summary>What the agent can do besides talk.</summary>
public abstract class AgentToolTests(SharedServer shared)
{
    [Fact]
    public async Task A_tenants_tool_is_called_with_its_secrets_and_one_with_effects_with_a_key()
    {
        await using var shop = await Shop.OpenAsync();
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        var tool = await chat.Tenant.Api.PostAsync("/admin/agent/tools", new
        {
            name = "cancel_order", description = "Cancels an order.", method = "POST", url = shop.Address + "orders/{number}/cancel", has_effects = true,
            headers = new[] { new { name = "X-Key", value = "secret of the shop" } },
            parameters = new { type = "object", properties = new { number = new { type = "string" }, why = new { type = "string" } }, required = new[] { "number" } },
        });
        Assert.DoesNotContain("secret of the shop", (await chat.Tenant.Api.GetAsync("/admin/agent/tools")).GetRawText(), StringComparison.Ordinal);
        Assert.Equal("X-Key", tool.GetProperty("headers")[0].GetProperty("name").GetString());
        await chat.ModelAsync(
            new { when = new { contains = chat.Mark, tool_result = "cancelled" }, reply = "It is cancelled." },
            new { when = new { contains = chat.Mark, tool_result = "JSON" }, tool_calls = new[] { new { name = "cancel_order", arguments = new { number = "12/../7", why = "late" } } } },
            new { when = new { contains = chat.Mark }, tool_calls = new[] { new { name = "cancel_order", arguments = new { number = "1" } } }, malformed_arguments = true });
        await chat.SaysAsync($"cancel it {chat.Mark}");
        await chat.Phone.ReceivesAsync("It is cancelled.");

        var call = Assert.Single(shop.Calls);
        Assert.Equal(("/orders/12%2F..%2F7/cancel", "secret of the shop"), (call.Path, call.Key));
        Assert.Equal(32, call.Idempotency.Length);
        Assert.Equal("""{"why":"late"}""", call.Body);
        var state = await chat.EndsAsync("answered");
        var uses = (await chat.LogAsync(state.GetProperty("turn_id").GetGuid())).GetProperty("tools_used");
        Assert.Equal(2, uses.GetArrayLength());
        Assert.Equal("12/../7", uses[1].GetProperty("arguments").GetProperty("number").GetString());
    }

    [Fact]
    public async Task A_tool_cannot_be_pointed_at_the_servers_own_network_nor_take_its_secrets_elsewhere()
    {
        var tenant = await shared.Server.TenantAsync();
        object Form(string url, object? headers = null) => new { name = "look", description = "Looks.", url, headers = headers ?? Array.Empty<object>() };
        await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, "/admin/agent/tools", Form("http://10.0.0.1/x"));
        await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, "/admin/agent/tools", Form("https://{host}/x"));
        await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Put, "/admin/agent", new { model = new { base_url = "http://169.254.169.254/v1", name = "m" } });
        var made = await tenant.Api.PostAsync("/admin/agent/tools", Form("http://127.0.0.1:9/x", new[] { new { name = "X-Key", value = "mine" } }));
        await tenant.Api.RefusedAsync(
            HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Put, $"/admin/agent/tools/{made.GetProperty("id").GetGuid()}",
            Form("http://127.0.0.1:10/x", new[] { new { name = "X-Key" } }));
    }

    [Fact]
    public async Task Handing_over_says_why_and_its_parting_words_arrive()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ModelAsync(
            new { when = new { contains = chat.Mark, tool_result = "handed_off" }, reply = "Ana goes on." },
            new { when = new { contains = chat.Mark }, tool_calls = new[] { new { name = "hand_off", arguments = new { reason = "A refund", summary = "Wants 20 back." } } } });
        await chat.SaysAsync($"refund {chat.Mark}");
        await chat.Phone.ReceivesAsync("Ana goes on.");
        var state = await chat.BecomesAsync("locked");
        Assert.Equal(("handed_off", "hand_off"), (state.GetProperty("last_outcome").GetString(), state.GetProperty("why").GetString()));
        var history = await chat.Tenant.Api.GetAsync($"/admin/conversations/{chat.Id}/override-history");
        Assert.Equal("A refund\nWants 20 back.", history[0].GetProperty("note").GetString());
        // Nobody has it yet, so anybody may take it without asking.
        Assert.NotEqual("", (await chat.LockAsync()).GetProperty("held_by").GetString());
    }

    [Fact]
    public async Task A_keyword_hands_over_without_thinking_and_facts_are_noted_on_the_contact()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox, new { handoff = new { keywords = new[] { "lawyer" } } });
        await chat.ModelAsync(
            new { when = new { contains = chat.Mark, tool_result = "noted" }, reply = "Noted." },
            new { when = new { contains = chat.Mark }, tool_calls = new[] { new { name = "update_contact", arguments = new { attributes = new { size = "L" } } } } });
        await chat.SaysAsync($"I wear L {chat.Mark}");
        await chat.Phone.ReceivesAsync("Noted.");
        var contact = (await chat.Tenant.Api.GetAsync($"/admin/conversations/{chat.Id}")).GetProperty("contact");
        Assert.Equal("L", contact.GetProperty("attributes").GetProperty("size").GetString());
        var asked = (await chat.AskedAsync()).Count;
        await chat.SaysAsync($"My LAWYER will write {chat.Mark}");
        await chat.BecomesAsync("locked");
        Assert.Equal(asked, (await chat.AskedAsync()).Count);
        // Nobody is left without a word.
        await chat.Phone.ReceivesAsync(PassingOn);
        var history = await chat.Tenant.Api.GetAsync($"/admin/conversations/{chat.Id}/override-history");
        Assert.Equal("keyword", history[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_keyword_counts_in_each_of_several_messages_as_a_word_of_its_own_and_without_its_accents()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox, new { debounce_ms = 1500, handoff = new { keywords = new[] { "baja", "reclamación formal" } } });
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, reply = "Abajo a la derecha." });
        await chat.SaysAsync($"¿Está abajo? {chat.Mark}");
        await chat.Phone.ReceivesAsync("Abajo a la derecha.");
        await chat.SaysAsync("Quiero hacer una RECLAMACION  formal");
        await chat.SaysAsync("gracias");
        await chat.Phone.ReceivesAsync("Te paso con una persona del equipo, que sigue por acá.");
        await chat.BecomesAsync("locked");
    }

    [Fact]
    public async Task Parting_words_that_break_off_are_replaced_by_whole_ones_in_the_customers_language()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ModelAsync(
            new { when = new { contains = chat.Mark, tool_result = "handed_off" }, chunks = new[] { "Te paso ", "con Ana" }, error_after_chunks = 1, error_code = "insufficient_quota" },
            new { when = new { contains = chat.Mark }, tool_calls = new[] { new { name = "hand_off", arguments = new { reason = "Un reembolso", summary = "" } } } });
        await chat.SaysAsync($"quiero que me devuelvan la plata {chat.Mark}");
        await chat.BecomesAsync("locked");
        await chat.Phone.ReceivesAsync("Te paso con una persona del equipo, que sigue por acá.");
        Assert.Single(await chat.AnswersAsync());
    }

    [Fact]
    public async Task What_a_tool_did_not_declare_is_not_passed_on_and_its_secrets_are_shown_to_nobody()
    {
        await using var shop = await Shop.OpenAsync(echoes: true);
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.Tenant.Api.PostAsync("/admin/agent/tools", new
        {
            name = "find_order", description = "Finds an order.", method = "POST", url = shop.Address + "orders",
            headers = new[] { new { name = "X-Key", value = "Bearer secret-of+the/shop" } },
            parameters = new { type = "object", properties = new { number = new { type = "integer" }, kind = new { type = "string", @enum = new[] { "new", "old" } } } },
        });
        object Call(object arguments) => new[] { new { name = "find_order", arguments } };
        await chat.ModelAsync(
            new { when = new { contains = chat.Mark, tool_result = "•••" }, reply = "Found." },
            new { when = new { contains = chat.Mark, tool_result = "one of" }, tool_calls = Call(new { number = 7, kind = "old" }) },
            new { when = new { contains = chat.Mark, tool_result = "of type integer" }, tool_calls = Call(new { number = 7, kind = "odd" }) },
            new { when = new { contains = chat.Mark, tool_result = "no argument" }, tool_calls = Call(new { number = "seven" }) },
            new { when = new { contains = chat.Mark }, tool_calls = Call(new { number = 7, is_admin = true }) });
        await chat.SaysAsync($"find it {chat.Mark}");
        await chat.Phone.ReceivesAsync("Found.");
        Assert.Equal("""{"number":7,"kind":"old"}""", Assert.Single(shop.Calls).Body);
        var turn = (await chat.EndsAsync("answered")).GetProperty("turn_id").GetGuid();
        var told = (await chat.LogAsync(turn)).GetRawText() + (await chat.Tenant.Api.GetAsync($"/admin/traces/{turn}")).GetRawText();
        Assert.DoesNotContain("secret-of", told, StringComparison.Ordinal);
        Assert.Contains("X-Key", told, StringComparison.OrdinalIgnoreCase);
    }

    private const string PassingOn = "I am passing you on to a person of our team, who will go on here.";
}

public sealed class AgentToolOnSqlite(OnSqlite shared) : AgentToolTests(shared), IClassFixture<OnSqlite>;

public sealed class AgentToolOnPostgres(OnPostgres shared) : AgentToolTests(shared), IClassFixture<OnPostgres>;
