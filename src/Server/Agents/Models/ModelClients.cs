using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using ChatOperator.Agents.Versions;
using ChatOperator.Hosting;
using Microsoft.Extensions.AI;
using OpenAI;

namespace ChatOperator.Agents.Models;

/// <summary>
/// Makes the client of an agent's model: any OpenAI-compatible endpoint, called through the connections that keep tenants out of the
/// server's own network. One client a version, shared by its turns.
/// </summary>
internal sealed class ModelClients(OutboundHttp outbound, Settings settings) : IDisposable
{
    private readonly HttpClient _public = Client(outbound, mayReachPrivate: false);
    private readonly HttpClient _private = Client(outbound, mayReachPrivate: true);
    private readonly ConditionalWeakTable<ActiveAgent, IChatClient> _clients = [];

    /// <summary>The model's client; null when none is configured. It tries once; <see cref="PatientChatClient"/> tries again.</summary>
    public IChatClient? Of(ActiveAgent agent) => agent.Settings.Model.IsConfigured ? _clients.GetValue(agent, Make) : null;

    public void Dispose()
    {
        _public.Dispose();
        _private.Dispose();
    }

    private IChatClient Make(ActiveAgent agent)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = new Uri(agent.Settings.Model.BaseUrl),
            Transport = new HttpClientPipelineTransport(agent.MayReachPrivate ? _private : _public),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = TimeSpan.FromSeconds(settings.Agent.ModelTimeoutSeconds),
        };
        // Endpoints without keys (Ollama, vLLM) ignore the header, which the library insists on.
        var key = new ApiKeyCredential(agent.ApiKey.Length > 0 ? agent.ApiKey : "none");
        return new OpenAIClient(key, options).GetChatClient(agent.Settings.Model.Name).AsIChatClient()
            .AsBuilder().UseOpenTelemetry(sourceName: Telemetry.Source).Build();
    }

    private static HttpClient Client(OutboundHttp outbound, bool mayReachPrivate) =>
        new(outbound.HandlerFor(mayReachPrivate), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
}
