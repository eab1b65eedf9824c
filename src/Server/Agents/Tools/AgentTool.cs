using System.Text.Json;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;

namespace ChatOperator.Agents.Tools;

/// <summary>Something of the tenant's own that its agent can ask or do by HTTP.</summary>
public sealed class AgentTool : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid Id { get; init; }

    /// <summary>What the model calls it.</summary>
    public required string Name { get; set; }

    /// <summary>Tells the model when to use it.</summary>
    public required string Description { get; set; }

    /// <summary>GET, POST, PUT, PATCH or DELETE.</summary>
    public required string Method { get; set; }

    /// <summary>May hold arguments in braces: https://shop.example.com/orders/{number}.</summary>
    public required string Url { get; set; }

    /// <summary>Names of the headers sent along, as a JSON array.</summary>
    public required string HeaderNames { get; set; }

    /// <summary>Their values: a sealed JSON object.</summary>
    public required byte[] HeaderValues { get; set; }

    /// <summary>JSON Schema of its arguments.</summary>
    public required string Parameters { get; set; }
    public int TimeoutMs { get; set; }

    /// <summary>Whether it changes something: it then gets an idempotency key, and a turn that used it is not begun anew.</summary>
    public bool HasEffects { get; set; }
    public bool Enabled { get; set; }

    /// <summary>Whether its address may be in a private range: a platform administrator set it.</summary>
    public bool MayReachPrivate { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>What header values are sealed for.</summary>
    internal static string Purpose(Guid id) => $"agent_tool:{id:N}";

    /// <summary>The headers with their values.</summary>
    internal Dictionary<string, string> Headers(SecretBox box) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(box.Open(HeaderValues, Purpose(Id))) ?? [];
}
