using ChatOperator.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace ChatOperator.Health;

/// <summary>The API as a document at /openapi/v1.json, and as a page at /reference.</summary>
internal static class ApiReference
{
    private const string Bearer = "bearer", AdminToken = "admin_token", ProblemName = "Problem";

    public static void AddApiReference(this WebApplicationBuilder builder) => builder.Services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(AnswerProblemsAsync);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // Written by a converter of ours, whose form the generator cannot know.
            if (context.JsonTypeInfo.Type == typeof(DateTimeOffset)) schema.Type = JsonSchemaType.String;
            if (context.JsonTypeInfo.Type == typeof(DateTimeOffset?)) schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
            return Task.CompletedTask;
        });
    });

    public static void MapApiReference(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        // Whatever of the page would speak to its makers' services stays off: what an installation's API holds is nobody else's business.
        app.MapScalarApiReference("/reference", o =>
        {
            o.WithTitle("Chat Operator API").DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp();
            (o.ShowDeveloperTools, o.HideClientButton) = (DeveloperToolsVisibility.Never, true);
        }).AllowAnonymous();
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Chat Operator", Version = "v1",
            Description = "Times are RFC 3339 in UTC with milliseconds. Every error is application/problem+json with a stable code.",
        };
        // Generated documents must be the same wherever the server listens.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API token." },
            [AdminToken] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Admin-Token", Description = "The same, in a header of its own.",
            },
        };
    }

    private static async Task AnswerProblemsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var document = context.Document!;
        if (document.Components?.Schemas?.ContainsKey(ProblemName) != true)
            document.AddComponent(ProblemName, await context.GetOrCreateSchemaAsync(typeof(ProblemBody), null, cancel));
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "A problem",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(ProblemName, document) },
            },
        };
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(AdminToken, document)] = [] },
            ];
        }
    }
}
