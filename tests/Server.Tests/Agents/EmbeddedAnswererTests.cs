using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Agents;

/// <summary>The agent without any model, talked to in the playground, which thinks as a turn does.</summary>
public abstract class EmbeddedAnswererTests(SharedServer shared)
{
    [Fact]
    public async Task It_answers_what_is_written_down_and_nothing_else()
    {
        var talk = await OpenAsync();
        Assert.Equal(("answered", "Abrimos de martes a domingo de 8 a 20."), await talk.SayAsync("Hola! a que ora abren?"));
        // Two questions in one message; the language of the customer; a follow-up that needs what came before.
        var (_, both) = await talk.NewAsync().SayAsync("¿Hacen envíos? ¿Y puedo pagar con tarjeta?");
        Assert.Equal("Sí, llevamos a todo el barrio.\n\nEfectivo y tarjeta de débito.", both);
        Assert.Equal("I have this only in Spanish:\n\nAbrimos de martes a domingo de 8 a 20.", (await talk.NewAsync().SayAsync("What are your opening hours?")).Reply);
        Assert.Equal(("answered", "On Thursdays, in an oven of its own."), await talk.NewAsync().SayAsync("is there gluten free bread?"));

        // Not written down: it says so, and the second time it fetches a person, with what was asked.
        talk = talk.NewAsync();
        var (outcome, reply) = await talk.SayAsync("¿Venden helicópteros?");
        Assert.Equal("answered", outcome);
        Assert.StartsWith("No encontré información sobre eso", reply, StringComparison.Ordinal);
        (outcome, reply) = await talk.SayAsync("helicópteros a control remoto");
        Assert.Equal(("handed_off", "Te paso con una persona del equipo, que sigue por acá."), (outcome, reply));
        var handOff = talk.Log.GetProperty("tools_used").EnumerateArray().Single(t => t.GetProperty("name").GetString() == "hand_off").GetProperty("arguments");
        Assert.Equal("¿Venden helicópteros? / helicópteros a control remoto", handOff.GetProperty("summary").GetString());

        // The log shows what it looked for and found, as for any model.
        await talk.NewAsync().SayAsync("aceptan tarjeta");
        Assert.Contains(talk.Last.Log.GetProperty("knowledge").EnumerateArray(), k => k.GetProperty("title").GetString() == "Medios de pago");
    }

    [Fact]
    public async Task It_asks_back_when_either_may_be_meant_and_understands_the_choice()
    {
        foreach (var (choice, answer) in ((string, string)[])[("2", "Doce mil la docena."), ("la primera", "Pasanos el CUIT."), ("Factura A", "Pasanos el CUIT.")])
        {
            var talk = await OpenAsync();
            Assert.Equal(
                ("answered", "¿Tu consulta es sobre alguno de estos temas?\n1. Factura A\n2. Facturas y medialunas\nRespondé con el número, o contame con otras palabras."),
                await talk.SayAsync("qué facturas tienen"));
            Assert.Equal(("answered", answer), await talk.SayAsync(choice));
        }
        var none = await OpenAsync();
        await none.SayAsync("facturas");
        Assert.Equal("handed_off", (await none.SayAsync("ninguna")).Outcome);
    }

    [Theory]
    [InlineData("quiero hablar con una persona", "Te paso con una persona"), InlineData("Can I talk to a human please?", "I am passing you on")]
    [InlineData("La torta llegó toda aplastada!!", "Lamento mucho"), InlineData("my order never arrived", "I am very sorry")]
    public async Task A_person_comes_when_one_is_wanted_or_somebody_is_hurt(string said, string reply)
    {
        var (outcome, words) = await (await OpenAsync()).SayAsync(said);
        Assert.Equal("handed_off", outcome);
        Assert.StartsWith(reply, words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_greets_thanks_and_says_what_it_can_be_asked()
    {
        var talk = await OpenAsync();
        Assert.Equal(
            "¡Hola! Soy el asistente automático. 👋 Te puedo contar, por ejemplo, sobre:\n• Horarios\n• Medios de pago\n• Factura A\n• Facturas y medialunas\n• ¿Hacen envíos?\nEscribime tu pregunta, o pedime hablar con una persona cuando quieras.",
            (await talk.SayAsync("¡Hola, buenas tardes!")).Reply);
        Assert.Equal("¡De nada! Acá estoy si necesitás algo más.", (await talk.SayAsync("Muchas gracias!! 🙏")).Reply);
        Assert.StartsWith("Hello! I am the automatic assistant. 👋 I can tell you, for example, about:\n• Gluten free bread?", (await talk.NewAsync().SayAsync("What can you do?")).Reply, StringComparison.Ordinal);
        Assert.Equal("Goodbye! Have a lovely day.", (await talk.NewAsync().SayAsync("bye, see you later")).Reply);
    }

    [Fact]
    public async Task Small_talk_gets_one_short_reply_and_never_a_person()
    {
        var talk = await OpenAsync(whenUnsure: true);
        foreach (var said in (string[])["👍", "jaja", "🙏", "Bien, gracias", "Ah ok", "está bien", "dale", "listo", "Gracias, muy amable", "thank you, that helps"])
        {
            await (talk = talk.NewAsync()).SayAsync("a qué hora abren?");
            var (outcome, reply) = await talk.SayAsync(said);
            Assert.True(outcome is "answered" or "nothing" && reply.Length < 60, $"{said}: {outcome} {reply}");
            Assert.Equal(("nothing", ""), await talk.SayAsync(said));
        }
    }

    [Fact]
    public async Task What_names_no_matter_is_asked_of_the_one_that_was_talked_of()
    {
        var talk = await OpenAsync(whenUnsure: true, [
            new { question = "¿Cuánto salen los panes?", answer = "Dos mil cada uno." },
            new { title = "Tortas", body = "## Sabores\nChocolate o vainilla.\n\n## Precios\nCada torta cuesta nueve mil." },
        ]);
        await talk.SayAsync("¿qué tortas tienen?");
        Assert.Equal(("answered", "Cada torta cuesta nueve mil."), await talk.SayAsync("¿cuánto salen?"));
    }

    [Theory]
    [InlineData("¿Venden autos?"), InlineData("¿Hacen envíos a casamientos?"), InlineData("¿Tienen vino frío?"), InlineData("Do you sell cars?")]
    public async Task A_word_that_only_looks_like_another_is_no_answer(string question)
    {
        var talk = await OpenAsync(false, [
            new { title = "Estacionamiento", body = "Hay una cochera a media cuadra." },
            new { title = "Empresas y eventos", body = "Vendemos a cafeterías desde 40 piezas." },
        ]);
        var (outcome, reply) = await talk.SayAsync(question);
        Assert.Equal("answered", outcome);
        Assert.DoesNotContain("cochera a media", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("40 piezas", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_orders_is_told_that_a_person_confirms_it()
    {
        var (outcome, reply) = await (await OpenAsync()).SayAsync("dos docenas de medialunas para mañana a las 9");
        Assert.Equal(("handed_off", "¡Gracias! Le paso tu pedido a una persona del equipo, que te lo confirma por acá."), (outcome, reply));
    }

    [Fact]
    public async Task Unsure_it_leaves_to_people_at_once_where_the_owner_wants_it_so()
    {
        var talk = await OpenAsync(whenUnsure: true);
        Assert.Equal("handed_off", (await talk.SayAsync("¿Venden helicópteros?")).Outcome);
    }

    private async Task<Talk> OpenAsync(bool whenUnsure = false, object[]? more = null)
    {
        var tenant = await shared.Server.TenantAsync();
        foreach (var entry in new object[]
        {
            new { title = "Horarios", body = "Abrimos de martes a domingo de 8 a 20." },
            new { title = "Medios de pago", body = "Efectivo y tarjeta de débito." },
            new { title = "Factura A", body = "Pasanos el CUIT." },
            new { title = "Facturas y medialunas", body = "Doce mil la docena." },
            new { question = "¿Hacen envíos?", answer = "Sí, llevamos a todo el barrio." },
            new { question = "Gluten free bread?", answer = "On Thursdays, in an oven of its own." },
        }.Concat(more ?? [])) await tenant.Api.PostAsync("/admin/knowledge", entry);
        return new Talk(tenant, new { handoff = new { keywords = Array.Empty<string>(), when_unsure = whenUnsure, max_turns_per_hour = 30 } });
    }

    private sealed class Talk(TestTenant tenant, object settings)
    {
        private readonly List<object> _said = [];
        private Talk? _next;

        public JsonElement Log { get; private set; }

        public Talk Last => _next?.Last ?? this;

        public Talk NewAsync() => _next = new Talk(tenant, settings);

        public async Task<(string Outcome, string Reply)> SayAsync(string text)
        {
            _said.Add(new { role = "user", text });
            var answer = await tenant.Api.PostAsync("/admin/agent/playground", new { messages = _said, settings });
            var reply = answer.GetProperty("reply").GetString()!;
            _said.Add(new { role = "agent", text = reply });
            Log = answer.GetProperty("log");
            return (answer.GetProperty("outcome").GetString()!, reply);
        }
    }
}

public sealed class EmbeddedAnswererOnSqlite(OnSqlite shared) : EmbeddedAnswererTests(shared), IClassFixture<OnSqlite>;

public sealed class EmbeddedAnswererOnPostgres(OnPostgres shared) : EmbeddedAnswererTests(shared), IClassFixture<OnPostgres>;
