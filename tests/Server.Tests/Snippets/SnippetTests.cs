using System.Net;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Snippets;

public abstract class SnippetTests(SharedServer shared)
{
    [Fact]
    public async Task A_snippet_is_written_replaced_listed_by_name_and_deleted()
    {
        var tenant = await shared.Server.TenantAsync();
        var hours = await tenant.Api.PostAsync("/admin/snippets", new { name = " Horario ", text = "Hola {{first_name}},\r\nabrimos de 9 a 13.\n" });
        Assert.Equal(("horario", "Hola {{first_name}},\nabrimos de 9 a 13."), (hours.GetProperty("name").GetString(), hours.GetProperty("text").GetString()));
        Assert.NotEmpty(hours.GetProperty("updated_by").GetString()!);
        await tenant.Api.PostAsync("/admin/snippets", new { name = "envíos-2", text = "Enviamos a todo el barrio." });
        Assert.Equal(["envíos-2", "horario"], await NamesAsync(tenant));

        var path = $"/admin/snippets/{hours.GetProperty("id").GetGuid()}";
        var changed = await tenant.Api.PutAsync(path, new { name = "abierto", text = "Abrimos de 9 a 13." });
        Assert.Equal(("abierto", "Abrimos de 9 a 13."), (changed.GetProperty("name").GetString(), changed.GetProperty("text").GetString()));
        Assert.Equal(["abierto", "envíos-2"], await NamesAsync(tenant));

        await tenant.Api.DeleteAsync(path);
        await tenant.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Delete, path);
        Assert.Equal(["envíos-2"], await NamesAsync(tenant));
    }

    [Fact]
    public async Task A_name_is_taken_once_in_a_tenant_and_is_free_in_another()
    {
        var (tenant, other) = (await shared.Server.TenantAsync(), await shared.Server.TenantAsync());
        await tenant.Api.PostAsync("/admin/snippets", new { name = "gracias", text = "¡Gracias!" });
        await tenant.Api.RefusedAsync(HttpStatusCode.Conflict, "name_taken", HttpMethod.Post, "/admin/snippets", new { name = "GRACIAS", text = "otra" });
        var second = await tenant.Api.PostAsync("/admin/snippets", new { name = "chau", text = "¡Chau!" });
        await tenant.Api.RefusedAsync(
            HttpStatusCode.Conflict, "name_taken", HttpMethod.Put, $"/admin/snippets/{second.GetProperty("id").GetGuid()}", new { name = "gracias", text = "x" });
        await other.Api.PostAsync("/admin/snippets", new { name = "gracias", text = "Thanks!" });
        Assert.Equal(["gracias"], await NamesAsync(other));
    }

    [Theory]
    [InlineData("", "x", "name")]
    [InlineData("dos palabras", "x", "name")]
    [InlineData("a/b", "x", "name")]
    [InlineData("vacio", " \n ", "text")]
    public async Task What_cannot_be_a_snippet_is_refused_with_its_field(string name, string text, string field)
    {
        var tenant = await shared.Server.TenantAsync();
        var problem = await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, "/admin/snippets", new { name, text });
        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("field").GetString());
        Assert.Empty(await NamesAsync(tenant));
    }

    [Fact]
    public async Task Names_and_texts_are_as_long_as_they_may_be_and_no_longer()
    {
        var tenant = await shared.Server.TenantAsync();
        await tenant.Api.PostAsync("/admin/snippets", new { name = new string('n', 40), text = new string('t', 4096) });
        await tenant.Api.RefusedAsync(
            HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, "/admin/snippets", new { name = new string('n', 41), text = new string('t', 4097) });
    }

    private static async Task<string[]> NamesAsync(TestTenant tenant) =>
        [.. (await tenant.Api.GetAsync("/admin/snippets")).EnumerateArray().Select(s => s.GetProperty("name").GetString()!)];
}

public sealed class SnippetsOnSqlite(OnSqlite shared) : SnippetTests(shared), IClassFixture<OnSqlite>;

public sealed class SnippetsOnPostgres(OnPostgres shared) : SnippetTests(shared), IClassFixture<OnPostgres>;
