using System.Text.Json.Serialization.Metadata;
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
        options.AddOperationTransformer((operation, context, _) =>
        {
            ApiDetails.TellPath(operation, context);
            ApiDetails.TellHeaders(operation, context);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            ApiDetails.TellWords(schema, context);
            // Written by converters of ours, whose form the generator cannot know.
            if (context.JsonTypeInfo.Type == typeof(string))
                schema.Type = context.JsonPropertyInfo?.IsGetNullable == true ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            if (context.JsonTypeInfo.ElementType == typeof(string))
            {
                var text = new OpenApiSchema { Type = JsonSchemaType.String };
                if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Dictionary) schema.AdditionalProperties = text;
                else schema.Items = text;
            }
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
            Description = "Times are RFC 3339 in UTC with milliseconds. Every error is application/problem+json with a stable code; its detail and "
                + "next_step are in Spanish or English, as the request's Accept-Language asks.",
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
        operation.Responses["default"] = Problem("A problem", document);
        operation.Responses["503"] = Problem("The server cannot take this at the moment", document);
        operation.Responses["503"].Headers!["Retry-After"] = ApiDetails.Header("Seconds until the request may be sent again.");
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
        {
            operation.Responses["401"] = Problem("No credentials, or wrong ones", document);
            operation.Responses["403"] = Problem("The caller's role does not allow this", document);
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(AdminToken, document)] = [] },
            ];
        }
        if (context.Description.RelativePath!.Contains('{', StringComparison.Ordinal))
            operation.Responses["404"] = Problem("Nothing has this id, or it is another tenant's", document);
        if (context.Description.ParameterDescriptions.Count > 0) operation.Responses["400"] = Problem("The request cannot be accepted as it stands", document);
    }

    private static OpenApiResponse Problem(string description, OpenApiDocument document) => new()
    {
        Description = description, Headers = new Dictionary<string, IOpenApiHeader>(),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(ProblemName, document) },
        },
    };
}
