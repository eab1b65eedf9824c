using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests.Sandbox;
using Xunit;

namespace ChatOperator.Channels.WhatsAppCloud.Tests;

/// <summary>Templates as the network lists them, and what we make of them: everything we build is held against the network's own rules.</summary>
public sealed class TemplateTests
{
    private static readonly WhatsAppCloudChannel Channel = new();

    private static readonly TemplateHeader Place = new(Latitude: -34.6037, Longitude: -58.3816, Name: "Obelisco", Address: "Av. 9 de Julio");

    /// <summary>One template of each kind that is sent differently, and values that fit it.</summary>
    private static readonly Dictionary<string, (string Category, bool Named, string Components, TemplateValues Values, string Shown)> Kinds = new()
    {
        ["static"] = ("UTILITY", false, """[{"type":"BODY","text":"Abrimos a las 9."},{"type":"FOOTER","text":"Tienda"}]""", new(), "Abrimos a las 9."),
        ["positional"] = ("UTILITY", false, """[{"type":"BODY","text":"{{2}} para {{1}}, {{2}}"}]""", new(["Ana", "Pan"]), "Pan para Ana, Pan"),
        ["named"] = ("UTILITY", true, """[{"type":"HEADER","format":"TEXT","text":"Hola {{customer}}"},{"type":"BODY","text":"Te esperamos el {{day}}, {{customer}}."}]""",
            new(ByName: new Dictionary<string, string> { ["day"] = "martes", ["body.customer"] = "Ana", ["header.customer"] = "Anita" }), "Te esperamos el martes, Ana."),
        ["image"] = ("MARKETING", false, """[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Mirá"}]""",
            new(Header: new TemplateHeader(Link: "https://files.test/a.png")), "Mirá"),
        ["video"] = ("MARKETING", false, """[{"type":"HEADER","format":"VIDEO"},{"type":"BODY","text":"Mirá"}]""",
            new(Header: new TemplateHeader("video", MediaId: "77")), "Mirá"),
        ["document"] = ("UTILITY", false, """[{"type":"HEADER","format":"DOCUMENT"},{"type":"BODY","text":"Tu factura, {{1}}"}]""",
            new(["Ana"], Header: new TemplateHeader(Link: "https://files.test/f.pdf", FileName: "factura.pdf")), "Tu factura, Ana"),
        ["location"] = ("UTILITY", false, """[{"type":"HEADER","format":"LOCATION"},{"type":"BODY","text":"Acá"}]""", new(Header: Place), "Acá"),
        ["buttons"] = ("MARKETING", false, """
            [{"type":"BODY","text":"Hola {{1}}"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Sí"},{"type":"QUICK_REPLY","text":"No"},
             {"type":"URL","text":"Ver","url":"https://x.test/{{1}}"},{"type":"PHONE_NUMBER","text":"Llamar","phone_number":"+5411"},
             {"type":"COPY_CODE","text":"Copiar"}]}]
            """, new(["Ana", "order/42", "VERANO"], Buttons: new Dictionary<int, string> { [1] = "NO_42" }), "Hola Ana"),
        ["authentication"] = ("AUTHENTICATION", false, """
            [{"type":"BODY","text":"*{{1}}* es tu código.","add_security_recommendation":true},{"type":"FOOTER","code_expiration_minutes":10},
             {"type":"BUTTONS","buttons":[{"type":"URL","text":"Copiar","url":"https://www.whatsapp.com/otp/code/?code=otp{{1}}"}]}]
            """, new(["123456"]), "*123456* es tu código."),
    };

    public static TheoryData<string> KindNames => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(KindNames))]
    public async Task What_we_build_is_what_the_network_takes_and_the_phone_shows(string kind)
    {
        var (category, named, components, values, shown) = Kinds[kind];
        await using var business = await Business.OpenAsync(new { template_review = "hold" });
        var template = await CreateAsync(business, kind, category, named, components);
        Assert.True(Channel.FormOf(template).Approved);
        Assert.Empty(Channel.FormOf(template).Unsendable);

        var filled = Assert.IsType<FilledTemplate>(Channel.Fill(template, values, "+" + Business.Ana));
        Assert.Equal(shown, filled.Content.Body);
        using var http = new HttpClient();
        var outcome = await Channel.SendAsync(new OutboundMessage("d-1", "+" + Business.Ana, filled.Content), ConnectionTo(business, http), CancellationToken.None);
        Assert.True(outcome is Accepted, outcome.Raw);
        Assert.Equal(shown, Assert.Single(await business.ScreenAsync()));
    }

    [Fact]
    public async Task All_pages_statuses_and_unknown_kinds_are_listed()
    {
        await using var business = await Business.OpenAsync(new { template_review = "hold" });
        for (var i = 0; i < 120; i++) await CreateAsync(business, $"many_{i}", "UTILITY", false, """[{"type":"BODY","text":"x"}]""", list: false);
        var strange = await CreateAsync(
            business, "strange", "MARKETING", false, """[{"type":"BODY","text":"x"},{"type":"HOLOGRAM","text":"y"},{"type":"CAROUSEL","cards":[]}]""");
        await business.ControlAsync($"accounts/{Business.Number}/templates", new { name = "many_1", language = "es", status = "SOME_NEW_STATUS" });
        var listed = await ListAsync(business);
        Assert.Equal(listed.Count, listed.Select(t => t.ExternalId).Distinct().Count());
        Assert.Equal(120, listed.Count(t => t.Name.StartsWith("many_", StringComparison.Ordinal)));
        Assert.Equal("SOME_NEW_STATUS", listed.Single(t => t.Name == "many_1").Status);
        Assert.False(Channel.FormOf(listed.Single(t => t.Name == "many_1")).Approved);
        Assert.Equal(["HOLOGRAM", "CAROUSEL"], Channel.FormOf(strange).Unsendable);
        Assert.Contains("HOLOGRAM", strange.Components, StringComparison.Ordinal);
        Assert.True(listed.Single(t => t.Name == "appointment").Named);
        Assert.Equal("TAG_CONTENT_MISMATCH", listed.Single(t => t.Name == "winter_sale").Reason);
        Assert.Equal("GREEN", listed.Single(t => t.Name == "spring_sale").Quality);
    }

    [Theory]
    [InlineData("positional", """["Ana"]""", "body.2")]
    [InlineData("positional", """["Ana","Pan","más"]""", "parameters.2")]
    [InlineData("positional", """["Ana","dos\nlíneas"]""", "body.2")]
    [InlineData("positional", """["Ana","a     b"]""", "body.2")]
    [InlineData("positional", """["Ana"," "]""", "body.2")]
    [InlineData("named", """{"day":"martes","header.customer":"A"}""", "body.customer")]
    [InlineData("named", """{"day":"martes","nobody":"A"}""", "nobody")]
    [InlineData("image", "[]", "header")]
    [InlineData("location", "[]", "header")]
    [InlineData("static", """["x"]""", "parameters.0")]
    [InlineData("buttons", """["Ana"]""", "buttons.2")]
    [InlineData("buttons", """["Ana","with space","V"]""", "buttons.2")]
    [InlineData("authentication", """["1234567890123456"]""", "body.1")]
    public void What_does_not_fit_is_named(string kind, string given, string parameter)
    {
        var (category, named, components, _, _) = Kinds[kind];
        var template = new NetworkTemplate("1", kind, "es", "APPROVED", category, components, named);
        var values = JsonNode.Parse(given) is JsonArray list
            ? new TemplateValues([.. list.Select(v => (string)v!)])
            : new TemplateValues(ByName: JsonSerializer.Deserialize<Dictionary<string, string>>(given));
        var unfit = Assert.IsType<UnfitTemplate>(Channel.Fill(template, values, "+5491155550101"));
        Assert.Equal(("template_parameter_invalid", parameter), (unfit.Code, unfit.Parameter));
    }

    [Fact]
    public void A_body_that_grows_too_long_is_refused_and_a_code_needs_a_phone()
    {
        var template = new NetworkTemplate("1", "long", "es", "APPROVED", "UTILITY", """[{"type":"BODY","text":"{{1}} {{2}}"}]""");
        var unfit = Assert.IsType<UnfitTemplate>(Channel.Fill(template, new([new('a', 600), new('b', 600)]), "+1"));
        Assert.Equal("body", unfit.Parameter);
        var (category, named, components, values, _) = Kinds["authentication"];
        var code = new NetworkTemplate("1", "code", "es", "APPROVED", category, components, named);
        Assert.Equal("recipient_phone_required", Assert.IsType<UnfitTemplate>(Channel.Fill(code, values, "AR.24681357902468")).Code);
        Assert.True(Channel.FormOf(code).NeedsPhone);
        Assert.Equal("code", Assert.Single(Channel.FormOf(code).Slots).Kind);
    }

    [Fact]
    public async Task A_catalogue_that_cannot_be_read_says_why()
    {
        await using var business = await Business.OpenAsync();
        using var http = new HttpClient();
        var wrong = new ChannelSettings([new("base_url", business.Sandbox.Address.ToString()), new("waba_id", Business.Waba), new("access_token", "wrong")]);
        var unlisted = Assert.IsType<UnlistedTemplates>(await Channel.ListTemplatesAsync(new Connection(wrong, http), CancellationToken.None));
        Assert.Equal("token_expired", unlisted.Failure.Code);
    }

    private static async Task<NetworkTemplate> CreateAsync(
        Business business, string name, string category, bool named, string components, bool list = true)
    {
        using var created = await business.Http.PostAsJsonAsync($"/v25.0/{Business.Waba}/message_templates", new
        {
            name, language = "es", category, parameter_format = named ? "NAMED" : "POSITIONAL", components = JsonNode.Parse(components),
        });
        Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync());
        if (!list) return null!;
        await business.ControlAsync($"accounts/{Business.Number}/templates", new { name, language = "es", status = "APPROVED" });
        return (await ListAsync(business)).Single(t => t.Name == name);
    }

    private static async Task<IReadOnlyList<NetworkTemplate>> ListAsync(Business business)
    {
        using var http = new HttpClient();
        return Assert.IsType<ListedTemplates>(await Channel.ListTemplatesAsync(ConnectionTo(business, http), CancellationToken.None)).Templates;
    }

    private static Connection ConnectionTo(Business business, HttpClient http) => new(new ChannelSettings(
    [
        new("base_url", business.Sandbox.Address.ToString()), new("waba_id", Business.Waba), new("phone_number_id", Business.Number),
        new("access_token", Business.Token),
    ]), http);
}
