using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOperator.Agents.Versions;
using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Tools;

/// <summary>The addresses of a tenant's own tools.</summary>
internal static class ToolEndpoints
{
    public static void MapAgentTools(this WebApplication app)
    {
        app.MapGet("/admin/agent/tools", ListAsync).WithTags("Agent").RequireAuthorization(Access.Read).WithSummary("The agent's own tools");
        var manage = app.MapGroup("/admin/agent/tools").WithTags("Agent").RequireAuthorization(Access.Manage);
        manage.MapPost("", AddAsync).WithSummary("Give the agent a tool");
        manage.MapPut("/{id:guid}", (Guid id, ToolForm form, ToolEditing editing, CancellationToken cancel) => editing.ChangeAsync(id, form, cancel))
            .WithSummary("Change a tool");
        manage.MapDelete("/{id:guid}", RemoveAsync).WithSummary("Take a tool away");
    }

    private static async Task<List<ToolView>> ListAsync(AppDb db, CancellationToken cancel) =>
        (await db.AgentTools.AsNoTracking().OrderBy(t => t.Name).ToListAsync(cancel)).ConvertAll(ToolView.Of);

    private static async Task<Created<ToolView>> AddAsync(ToolForm form, ToolEditing editing, CancellationToken cancel)
    {
        var tool = await editing.AddAsync(form, cancel);
        return TypedResults.Created($"/admin/agent/tools/{tool.Id}", tool);
    }

    private static async Task<NoContent> RemoveAsync(Guid id, ToolEditing editing, CancellationToken cancel)
    {
        await editing.RemoveAsync(id, cancel);
        return TypedResults.NoContent();
    }
}

/// <summary>Changing a tenant's tools on behalf of the caller.</summary>
internal sealed partial class ToolEditing(
    CurrentCaller caller, AppDb db, SecretBox box, OutboundHttp outbound, AgentDirectory directory, TimeProvider time)
{
    private const int Most = 50;

    /// <summary>What every agent has; a tenant's tool cannot take its name.</summary>
    public static readonly string[] BuiltIn = ["search_knowledge", "hand_off", "get_contact", "update_contact"];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <exception cref="Problem">400 with every wrong field. 409 tool_exists.</exception>
    public async Task<ToolView> AddAsync(ToolForm form, CancellationToken cancel)
    {
        if (await db.AgentTools.CountAsync(cancel) >= Most) throw Problem.Invalid($"An agent can have at most {Most} tools.");
        var id = time.NewId();
        var tool = new AgentTool
        {
            TenantId = caller.Tenant, Id = id, Name = "", Description = "", Method = "", Url = "", HeaderNames = "[]", Parameters = "{}",
            HeaderValues = box.Seal("{}", AgentTool.Purpose(id)),
        };
        await FillAsync(tool, form, cancel);
        await SaveAsync(() => db.AgentTools.Add(tool), cancel);
        return ToolView.Of(tool);
    }

    /// <exception cref="Problem">400 with every wrong field. 404. 409 tool_exists.</exception>
    public async Task<ToolView> ChangeAsync(Guid id, ToolForm form, CancellationToken cancel)
    {
        var tool = await db.AgentTools.SingleOrDefaultAsync(t => t.Id == id, cancel) ?? throw Problem.NotFound();
        await FillAsync(tool, form, cancel);
        await SaveAsync(() => { }, cancel);
        return ToolView.Of(tool);
    }

    /// <exception cref="Problem">404.</exception>
    public async Task RemoveAsync(Guid id, CancellationToken cancel)
    {
        var tool = await db.AgentTools.SingleOrDefaultAsync(t => t.Id == id, cancel) ?? throw Problem.NotFound();
        await SaveAsync(() => db.AgentTools.Remove(tool), cancel);
    }

    private async Task SaveAsync(Action change, CancellationToken cancel)
    {
        try
        {
            await db.WriteAsync(
                () =>
                {
                    change();
                    db.Record(caller.Tenant, ChangeKind.AgentSettings, AgentVersion.OfTenant.ToString());
                    return Task.CompletedTask;
                },
                cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            throw new Problem(409, "tool_exists", "The agent has a tool of this name.", "Choose another name.");
        }
        await directory.RefreshAsync(cancel);
    }

    private async Task FillAsync(AgentTool tool, ToolForm form, CancellationToken cancel)
    {
        var errors = new List<FieldError>();
        if (!ToolName().IsMatch(form.Name)) errors.Add(new("name", "1 to 64 letters, digits, _ and -."));
        else if (BuiltIn.Contains(form.Name)) errors.Add(new("name", "Every agent has a tool of this name."));
        if (form.Description.Trim().Length is 0 or > 2000) errors.Add(new("description", "1 to 2000 characters: it tells the model when to use the tool."));
        if (!Methods.Contains(form.Method)) errors.Add(new("method", $"One of {string.Join(", ", Methods)}."));
        if (form.TimeoutMs is < 100 or > 60_000) errors.Add(new("timeout_ms", "100 to 60000."));
        if (form.Parameters is { } schema && !IsSchemaOfObject(schema)) errors.Add(new("parameters", "A JSON Schema of type object is needed."));
        var mayReachPrivate = tool.MayReachPrivate;
        if (form.Url != tool.Url)
        {
            mayReachPrivate = await outbound.CheckTypedAsync(form.Url, caller.IsPlatformAdministrator, "url", errors, cancel);
            // What a customer says must not choose the host.
            if (form.Url.IndexOf('{', StringComparison.Ordinal) is >= 0 and var brace && brace < form.Url.IndexOf('/', Math.Min(form.Url.Length, 8)))
                errors.Add(new("url", "Arguments can stand in the path and the query only."));
        }
        var headers = HeadersOf(tool, form, errors);
        if (errors.Count > 0) throw Problem.Invalid(errors);
        (tool.Name, tool.Description, tool.Method, tool.Url) = (form.Name, form.Description.Trim(), form.Method, form.Url);
        (tool.TimeoutMs, tool.HasEffects, tool.Enabled) = (form.TimeoutMs, form.HasEffects, form.Enabled);
        (tool.MayReachPrivate, tool.UpdatedAt) = (mayReachPrivate, time.Now());
        tool.Parameters = form.Parameters?.GetRawText() ?? """{"type":"object","properties":{}}""";
        tool.HeaderNames = JsonSerializer.Serialize(headers.Keys, Json.Options);
        tool.HeaderValues = box.Seal(JsonSerializer.Serialize(headers), AgentTool.Purpose(tool.Id));
    }

    private Dictionary<string, string> HeadersOf(AgentTool tool, ToolForm form, List<FieldError> errors)
    {
        var (known, headers) = (tool.Headers(box), new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
        var sameHost = tool.Url.Length > 0 && Uri.TryCreate(tool.Url, UriKind.Absolute, out var old) && Uri.TryCreate(form.Url, UriKind.Absolute, out var now)
            && old.Authority == now.Authority && old.Scheme == now.Scheme;
        foreach (var header in form.Headers ?? [])
        {
            if (!HeaderName().IsMatch(header.Name)) errors.Add(new("headers", $"{header.Name} is no name of a header that can be set."));
            else if (header.Value is { } value)
            {
                if (value.Length > 4096 || value.Any(c => char.IsControl(c) || c > 0xFF)) errors.Add(new("headers", $"{header.Name}: at most 4096 plain characters."));
                headers[header.Name] = value;
            }
            // A secret is for whoever it was given for; it must not follow another address.
            else if (known.GetValueOrDefault(header.Name) is { } kept && sameHost) headers[header.Name] = kept;
            else errors.Add(new("headers", $"{header.Name}: give the value again, it is not known for this address."));
        }
        return headers;
    }

    private static bool IsSchemaOfObject(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "object"
        && schema.GetRawText().Length <= 20_000;

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex ToolName();

    [GeneratedRegex("^(?!(?i:host|content-length|content-type|transfer-encoding|connection|idempotency-key)$)[A-Za-z0-9-]{1,100}$")]
    private static partial Regex HeaderName();
}
