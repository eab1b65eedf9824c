using System.Net;
using System.Text.Json;
using ChatOperator.Agents.Knowledge;
using ChatOperator.Db;
using ChatOperator.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatOperator.Server.Tests.Agents;

public abstract class KnowledgeTests(SharedServer shared)
{
    private const string Cakes = """
        # Pedidos de tortas
        Hacemos tortas **a pedido**, decoradas a mano.

        ## Con cuánta anticipación
        Pedilas con *48 horas* de anticipación. Las de más de tres pisos, con una semana.

        ## Seña y cancelación
        Tomamos una seña del 30 %. Si cancelás con 24 horas, la devolvemos entera.

        - Efectivo
        - Transferencia
        """;

    [Fact]
    public async Task An_article_is_written_cut_into_sections_replaced_and_deleted()
    {
        var tenant = await shared.Server.TenantAsync();
        var made = await tenant.Api.PostAsync("/admin/knowledge", new { title = "Tortas", body = Cakes });
        var path = $"/admin/knowledge/{made.GetProperty("id").GetGuid()}";
        Assert.Equal(
            ("article", "Tortas", "es", 3),
            (made.GetProperty("kind").GetString(), made.GetProperty("title").GetString(), made.GetProperty("language").GetString(), made.GetProperty("chunks").GetInt32()));

        var hit = (await SearchAsync(tenant, "¿con cuánto tiempo de anticipación tengo que pedir?"))[0];
        Assert.Equal(
            ("Tortas – Con cuánta anticipación", "Pedilas con 48 horas de anticipación. Las de más de tres pisos, con una semana."),
            (hit.GetProperty("title").GetString(), hit.GetProperty("passage").GetString()));
        hit = (await SearchAsync(tenant, "si cancelo me devuelven la seña?"))[0];
        Assert.EndsWith("• Efectivo\n• Transferencia", hit.GetProperty("passage").GetString(), StringComparison.Ordinal);

        var changed = await tenant.Api.PutAsync(path, new { question = "¿Hacen tortas?", answer = "No, solo pan." });
        Assert.Equal(("question", 1), (changed.GetProperty("kind").GetString(), changed.GetProperty("chunks").GetInt32()));
        Assert.Equal(changed.GetRawText(), (await tenant.Api.GetAsync(path)).GetRawText());
        Assert.Empty(await SearchAsync(tenant, "seña"));
        Assert.Equal("No, solo pan.", (await SearchAsync(tenant, "hacen tortas"))[0].GetProperty("passage").GetString());

        await tenant.Api.DeleteAsync(path);
        await tenant.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Get, path);
        Assert.Empty(await SearchAsync(tenant, "hacen tortas"));
        await using var db = shared.Server.Services.GetRequiredService<Databases>().For(tenant.Id);
        Assert.Equal((0, 0), (await db.Set<KnowledgeWord>().CountAsync(), await db.Set<KnowledgePassage>().CountAsync()));
    }

    [Theory]
    [InlineData("¿A qué hora abren?", "Horarios")] // Other words, another form.
    [InlineData("orarios", "Horarios")] // A mute letter left out.
    [InlineData("horairos", "Horarios")] // Letters swapped.
    [InlineData("what time do you open", "Horarios")] // Another language.
    [InlineData("ENVIOS A DOMICILIO", "¿Hacen envíos?")] // Capitals, no accents.
    [InlineData("me lo podrían enviar a casa?", "¿Hacen envíos?")]
    [InlineData("Do you have anything for coeliacs?", "Gluten free")]
    [InlineData("baked without gluten", "Gluten free")]
    public async Task Questions_find_what_answers_them(string question, string title)
    {
        var tenant = await shared.Server.TenantAsync();
        foreach (var entry in new object[]
        {
            new { title = "Horarios", body = "Abrimos de martes a domingo de 8 a 20. Los lunes está cerrado." },
            new { question = "¿Hacen envíos?\n¿Tienen delivery?", answer = "Sí, llevamos pedidos a domicilio dentro del barrio." },
            new { title = "Gluten free", body = "We bake gluten free bread on Thursdays in an oven of its own." },
            new { title = "Medios de pago", body = "Efectivo, tarjeta y transferencia." },
        }) await tenant.Api.PostAsync("/admin/knowledge", entry);
        var hits = await SearchAsync(tenant, question);
        Assert.Equal(title, hits[0].GetProperty("title").GetString());
        Assert.Equal(hits.OrderByDescending(h => h.GetProperty("score").GetDouble()), hits);
        // The console's list is filtered by the same search.
        Assert.Equal(title, Title((await tenant.Api.GetAsync($"/admin/knowledge?q={Uri.EscapeDataString(question)}")).EnumerateArray().First()));
        Assert.Equal(4, (await tenant.Api.GetAsync("/admin/knowledge?q=")).GetArrayLength());
    }

    [Fact]
    public async Task What_is_near_but_not_it_is_not_confident_and_the_rest_is_not_found()
    {
        var tenant = await shared.Server.TenantAsync();
        await tenant.Api.PostAsync("/admin/knowledge", new { question = "¿Tienen estacionamiento para autos?", answer = "Sí, en la esquina." });
        Assert.True((await SearchAsync(tenant, "tienen estacionamiento?"))[0].GetProperty("confident").GetBoolean());
        Assert.DoesNotContain(await SearchAsync(tenant, "¿Venden baterías y repuestos para autos importados?"), h => h.GetProperty("confident").GetBoolean());
        Assert.Empty(await SearchAsync(tenant, "¿Cuál es la capital de Mongolia?"));
        Assert.Empty(await SearchAsync(tenant, "¿y por qué no?"));
    }

    [Fact]
    public async Task Forms_tell_all_that_is_wrong_and_who_may_write()
    {
        var tenant = await shared.Server.TenantAsync();
        foreach (var form in new object[]
        {
            new { }, new { title = "x" }, new { title = "x", body = " " }, new { title = "x", answer = "y" }, new { question = "x", answer = "" },
            new { title = new string('x', 201), body = "y" }, new { title = "x\ny", body = "z" }, new { title = "x", body = new string('x', 20_001) },
        }) await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, "/admin/knowledge", form);
        var both = await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, "/admin/knowledge", new { title = "", body = "" });
        Assert.Equal(2, both.GetProperty("errors").GetArrayLength());
        await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Get, "/admin/knowledge/search?q=x&limit=21");

        using var oper = new Api(shared.Server.Address, await shared.Server.TokenAsync(tenant.Id, "operator"));
        await oper.RefusedAsync(HttpStatusCode.Forbidden, null, HttpMethod.Post, "/admin/knowledge", new { title = "x", body = "y" });
        Assert.Equal(0, (await oper.GetAsync("/admin/knowledge")).GetArrayLength());
        // Whatever stands in a text goes in and out as it is.
        var made = await tenant.Api.PostAsync("/admin/knowledge", new { question = "a' OR 1=1 --", answer = "<b></b> 🍞 ñ" });
        Assert.Equal("<b></b> 🍞 ñ", made.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Nobody_finds_or_touches_another_tenants_knowledge()
    {
        var (ours, theirs) = (await shared.Server.TenantAsync(), await shared.Server.TenantAsync("Otra"));
        var secret = await theirs.Api.PostAsync("/admin/knowledge", new { title = "Receta secreta", body = "Tres cucharadas de azafrán." });
        await ours.Api.PostAsync("/admin/knowledge", new { title = "Recetas", body = "No damos recetas." });
        Assert.DoesNotContain("azafrán", JsonSerializer.Serialize(await SearchAsync(ours, "receta secreta azafrán cucharadas")), StringComparison.Ordinal);
        // The mistyped word is looked for among our own words only.
        Assert.Empty(await SearchAsync(ours, "azafrna"));
        var path = $"/admin/knowledge/{secret.GetProperty("id").GetGuid()}";
        foreach (var (method, body) in ((HttpMethod, object?)[])[(HttpMethod.Get, null), (HttpMethod.Put, new { title = "x", body = "y" }), (HttpMethod.Delete, null)])
            await ours.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", method, path, body);
        Assert.Equal("Receta secreta", (await theirs.Api.GetAsync(path)).GetProperty("title").GetString());

        if (shared.Server.Services.GetRequiredService<Databases>().For(ours.Id) is not PostgresDb behindWall) return;
        // The second wall holds without the first.
        Assert.Equal(1, await behindWall.Set<KnowledgeEntry>().IgnoreQueryFilters().CountAsync());
        Assert.DoesNotContain(await behindWall.Set<KnowledgeWord>().IgnoreQueryFilters().ToListAsync(), w => w.TenantId == theirs.Id);
        await behindWall.DisposeAsync();
    }

    [Fact]
    public async Task What_another_version_indexed_by_other_rules_is_indexed_anew()
    {
        var tenant = await shared.Server.TenantAsync();
        await tenant.Api.PostAsync("/admin/knowledge", new { title = "Tortas", body = Cakes });
        await using var db = shared.Server.Services.GetRequiredService<Databases>().For(tenant.Id);
        var index = await WordsAsync();
        await db.Set<KnowledgeWord>().Where(w => w.Word == KnowledgeIndex.Rules || w.Word == "es:tort" || w.Word == "#cake").ExecuteDeleteAsync();
        Assert.Empty(await SearchAsync(tenant, "tortas"));

        using var sweep = ActivatorUtilities.CreateInstance<KnowledgeSweep>(shared.Server.Services);
        await sweep.SweepAsync();
        Assert.Equal("Tortas – Con cuánta anticipación", (await SearchAsync(tenant, "tortas, con cuánta anticipación"))[0].GetProperty("title").GetString());
        Assert.Equal(index, await WordsAsync());
        await sweep.SweepAsync();
        Assert.Equal(index, await WordsAsync());

        async Task<List<string>> WordsAsync() =>
            (await db.Set<KnowledgeWord>().AsNoTracking().ToListAsync()).Select(w => $"{w.Word} {w.Number}").Order(StringComparer.Ordinal).ToList();
    }

    private static async Task<List<JsonElement>> SearchAsync(TestTenant tenant, string question) =>
        [.. (await tenant.Api.GetAsync($"/admin/knowledge/search?q={Uri.EscapeDataString(question)}")).EnumerateArray()];

    private static string Title(JsonElement entry) => (entry.GetProperty("title").GetString() ?? entry.GetProperty("question").GetString()!).Split('\n')[0];
}

public sealed class KnowledgeOnSqlite(OnSqlite shared) : KnowledgeTests(shared), IClassFixture<OnSqlite>;

public sealed class KnowledgeOnPostgres(OnPostgres shared) : KnowledgeTests(shared), IClassFixture<OnPostgres>;
