using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOperator.Hosting;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatOperator.Health;

/// <summary>What the generator of the API's document leaves out: headers, 304, path parameters that no signature names, closed sets of words.</summary>
internal static partial class ApiDetails
{
    /// <summary>Headers that the endpoint reads or sets by itself, and the conditional form of answers with an ETag.</summary>
    public static void TellHeaders(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var told = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var header in told.OfType<DocumentedHeader>())
            if (header.IsRead) Reads(operation, header.Name, header.Description);
            else Sets(operation, header.Name, header.Description);
        if (told.OfType<IProducesResponseTypeMetadata>().All(p => p.StatusCode != StatusCodes.Status304NotModified)) return;
        Reads(operation, "If-None-Match", "The ETag of the answer the client has: 304 without a body while nothing of it changed.");
        Sets(operation, "ETag", "Weak; names this very answer.");
        operation.Responses!["304"] = new OpenApiResponse { Description = "Not Modified" };
    }

    /// <summary>Parameters of the path that the endpoint reads by itself; all such are ids.</summary>
    public static void TellPath(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var name in PathParameter().Matches(context.Description.RelativePath ?? "").Select(m => m.Groups[1].Value))
        {
            if (operation.Parameters?.Any(p => p.In == ParameterLocation.Path && p.Name == name) == true) continue;
            Add(operation, new OpenApiParameter
            {
                Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
            });
        }
    }

    /// <summary>Texts of which only some are possible.</summary>
    public static void TellWords(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var attributes = context.JsonPropertyInfo?.AttributeProvider
            ?? (context.ParameterDescription?.ParameterDescriptor as Microsoft.AspNetCore.Mvc.Infrastructure.IParameterInfoParameterDescriptor)?.ParameterInfo;
        if (attributes?.GetCustomAttributes(typeof(AllowedValuesAttribute), false).OfType<AllowedValuesAttribute>().FirstOrDefault() is { } allowed)
            schema.Enum = [.. allowed.Values.Select(v => (JsonNode)JsonValue.Create((string)v!))];
    }

    private static void Reads(OpenApiOperation operation, string name, string description) => Add(operation, new OpenApiParameter
    {
        Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });

    private static void Sets(OpenApiOperation operation, string name, string description)
    {
        foreach (var (_, response) in operation.Responses!.Where(r => r.Key.StartsWith('2')))
            if (response is OpenApiResponse answer)
                (answer.Headers ??= new Dictionary<string, IOpenApiHeader>())[name] = Header(description);
    }

    public static OpenApiHeader Header(string description) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static void Add(OpenApiOperation operation, OpenApiParameter parameter) => (operation.Parameters ??= []).Add(parameter);

    [GeneratedRegex(@"\{\**(\w+)")]
    private static partial Regex PathParameter();
}
