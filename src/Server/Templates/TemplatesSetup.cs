using System.Text.Json;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using ChatOperator.Templates.Consent;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Templates;

internal static class TemplatesSetup
{
    public static void AddTemplates(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SyncTemplates>();
        builder.Services.AddScoped<SendTemplate>();
        builder.Services.AddHostedService<TemplateSweep>();
        builder.Services.AddHostedService<RefusalFollower>();
    }

    public static void MapTemplates(this WebApplication app)
    {
        var read = app.MapGroup("/admin/templates").WithTags("Templates").RequireAuthorization(Access.Read);
        read.MapGet("", ListTemplates.ReadAsync).WithSummary("All templates, by status, language, category, words or chat");
        read.MapGet("/{id:guid}", ListTemplates.ReadOneAsync).WithSummary("One template, and everything that became different about it");
        read.MapGet("/catalogues", Catalogues.ListAsync).WithSummary("When the templates of each owner were last read");
        read.MapPost("/{id:guid}/preview", PreviewAsync).WithSummary("Exactly what would be sent; sends nothing");

        var write = app.MapGroup("/admin/templates").WithTags("Templates").RequireAuthorization(Access.Write);
        write.MapPost("/sync", (
                [FromQuery(Name = "tenant_id")] string? tenantId, [FromBody] SyncForm? form, CurrentCaller caller, AppDb db, SyncTemplates sync,
                HttpRequest request, CancellationToken cancel) => Catalogues.SyncAsync(tenantId, form, caller, db, sync, request, cancel))
            .WithSummary("Read all templates from the networks now");
        write.MapPost("/send", (TemplateSend request, SendTemplate send, HttpContext http, CancellationToken cancel) => send.RunAsync(request, http, cancel))
            .WithSummary("Send a template, to a chat or to somebody who never wrote").WithIdempotencyKey();
        app.MapConsent();
    }

    private static async Task<TemplatePreviewAnswer> PreviewAsync(
        Guid id, TemplatePreview preview, AppDb db, HttpRequest request, CancellationToken cancel)
    {
        var template = await db.Templates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancel) ?? throw Problem.NotFound();
        var address = preview.ConversationId is { } chat
            ? await db.Conversations.Where(c => c.Id == chat).Select(c => c.Address).SingleOrDefaultAsync(cancel) ?? throw Problem.NotFound()
            : null;
        var content = template.Fill(preview, address, Language.Of(request));
        return new TemplatePreviewAnswer(
            content.Text, content.Look!, content.PayloadJson is { } payload ? JsonSerializer.Deserialize<JsonElement>(payload) : null);
    }
}
