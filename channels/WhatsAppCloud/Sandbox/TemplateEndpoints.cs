using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary><c>/{waba-id}/message_templates</c>: list by pages, create, edit, delete; and the review that follows.</summary>
internal sealed class TemplateEndpoints(World world, Accounts accounts, Templates templates, Webhooks webhooks)
{
    private const int DefaultPage = 25;

    public void Map(RouteGroupBuilder graph)
    {
        graph.MapGet("/{waba}/message_templates", List);
        graph.MapPost("/{waba}/message_templates", Create);
        graph.MapDelete("/{waba}/message_templates", Delete);
    }

    private IResult List(HttpContext http, string waba, string? fields, int? limit, string? after, string? name, string? status, string? category, string? language)
    {
        if (Denied(http, waba, "get") is { } denied) return denied;
        var wanted = templates.OfWaba(waba).All.Where(one =>
            (name is null || one.Name.Contains(name, StringComparison.Ordinal)) && (status is null || one.Status == status)
            && (category is null || one.Category == category) && (language is null || one.Language == language)).ToArray();
        var skip = after is null ? 0 : Cursor(after);
        if (skip is null) return GraphError.Of(100, "Invalid cursor.");
        var page = wanted.Skip(skip.Value).Take(Math.Clamp(limit ?? DefaultPage, 1, 1000)).ToArray();
        var only = fields is null ? null : fields.Split(',').ToHashSet();

        var answer = new JsonObject { ["data"] = new JsonArray([.. page.Select(one => one.Describe(only))]) };
        if (page.Length > 0)
        {
            var next = Cursor(skip.Value + page.Length);
            var paging = new JsonObject { ["cursors"] = new JsonObject { ["before"] = Cursor(skip.Value), ["after"] = next } };
            if (skip.Value + page.Length < wanted.Length)
                paging["next"] = NextPage(http.Request, next);
            answer["paging"] = paging;
        }
        return Results.Json(answer);
    }

    private async Task<IResult> Create(HttpContext http, string waba)
    {
        if (Denied(http, waba, "post") is { } denied) return denied;
        if (await GraphBody.ReadAsync(http.Request) is not { } body) return GraphError.Of(100, "The body is not JSON.");
        if (body.Text("name") is not { Length: > 0 and <= 512 } name || name.Any(c => c is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '_')))
            return GraphError.Of(100, "Param name must be lowercase letters, digits and underscores.");
        if (body.Text("language") is not { Length: > 0 } language) return GraphError.Of(100, "The parameter language is required.");
        if (body.Text("category") is not ("AUTHENTICATION" or "MARKETING" or "UTILITY"))
            return GraphError.Of(100, "Param category must be one of {AUTHENTICATION, MARKETING, UTILITY}.");
        if (!body.Items("components").Any(one => one.Text("type") == "BODY")) return GraphError.Of(100, "A template needs a BODY component.");
        if (body.Items("components").Any(one => one.Text("text") is { Length: > 1024 })) return GraphError.Of(2388040, "The text of a component is too long.");
        var set = templates.OfWaba(waba);
        if (set.Find(name, language) is not null) return GraphError.Of(100, "There is already content in this language.") with { Subcode = 2388024 };

        var template = set.Add(name, language, body.Text("category")!, body.Text("parameter_format") == "NAMED",
            body.GetProperty("components").Clone(), "PENDING");
        _ = ReviewAsync(waba, template);
        return Results.Json(new { id = template.Id, status = template.Status, category = template.Category });
    }

    private IResult Delete(HttpContext http, string waba, string? name, string? hsm_id)
    {
        if (Denied(http, waba, "delete") is { } denied) return denied;
        if (name is null) return GraphError.Of(100, "The parameter name is required.");
        var removed = templates.OfWaba(waba).Remove(one => one.Name == name && (hsm_id is null || one.Id == hsm_id));
        return removed > 0 ? Results.Json(new { success = true }) : GraphError.Of(100, $"No template is called {name}.");
    }

    /// <summary><c>POST /{template-id}</c>: an edited template is reviewed again.</summary>
    public IResult Edit(string waba, Template template, JsonElement body)
    {
        if (template.Status is not ("APPROVED" or "REJECTED" or "PAUSED"))
            return GraphError.Of(100, $"A template that is {template.Status} cannot be edited.");
        if (body.Items("components").Any()) template.Components = body.GetProperty("components").Clone();
        if (body.Text("category") is { } category) template.Category = category;
        template.Status = "PENDING";
        _ = ReviewAsync(waba, template);
        return Results.Json(new { success = true });
    }

    /// <summary>Gives a template another status and tells every number of its account's app.</summary>
    public Task<WebhookOutcome> ChangeStatusAsync(string waba, Template template, string status, string? reason)
    {
        template.Status = status;
        template.RejectedReason = reason ?? "NONE";
        // Templates belong to the WABA, so one webhook says it, whichever number's app hears it.
        var account = accounts.OfWaba(waba).FirstOrDefault();
        return account is null ? Task.FromResult(WebhookOutcome.Nowhere) : webhooks.ChangeAsync(account, "templates", "message_template_status_update", new JsonObject
        {
            ["event"] = status,
            ["message_template_id"] = long.Parse(template.Id, CultureInfo.InvariantCulture),
            ["message_template_name"] = template.Name,
            ["message_template_language"] = template.Language,
            ["message_template_category"] = template.Category,
            ["reason"] = template.RejectedReason,
        });
    }

    private async Task ReviewAsync(string waba, Template template)
    {
        var review = accounts.OfWaba(waba).FirstOrDefault()?.Settings.TemplateReview;
        if (review is not ("approve" or "reject")) return;
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(1), world.Time, world.Courier.Life);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        await ChangeStatusAsync(waba, template, review == "approve" ? "APPROVED" : "REJECTED", review == "approve" ? null : "INVALID_FORMAT");
    }

    private GraphError? Denied(HttpContext http, string waba, string verb) =>
        accounts.Authorize(http, out var token)
        ?? (accounts.OfWaba(waba).Any(one => one.Settings.AccessToken == token) ? null : GraphError.NoSuchObject(waba, verb));

    private static string NextPage(HttpRequest request, string after)
    {
        var query = request.Query.Where(one => one.Key != "after").SelectMany(one => one.Value, (one, value) => KeyValuePair.Create(one.Key, value))
            .Append(KeyValuePair.Create("after", (string?)after));
        return $"{request.Scheme}://{request.Host}{request.Path}{QueryString.Create(query)}";
    }

    private static string Cursor(int position) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"p{position}"));

    private static int? Cursor(string text)
    {
        Span<byte> bytes = stackalloc byte[32];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 1
            && int.TryParse(bytes[1..length], CultureInfo.InvariantCulture, out var position) ? position : null;
    }
}
