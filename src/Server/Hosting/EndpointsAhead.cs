namespace ChatOperator.Hosting;

/// <summary>
/// The web server builds the endpoints when it starts, and it starts last. Building them once before costs what was never compiled nor
/// described yet (the JSON of everything that they read and write), so it is done beside the silo and the database.
/// </summary>
internal static class EndpointsAhead
{
    /// <summary>Call it when everything is mapped.</summary>
    public static void BuildEndpointsAhead(this WebApplication app) =>
        // A failure is met again, and told, by the web server.
        Task.Run(() => ((IEndpointRouteBuilder)app).DataSources.Sum(source => source.Endpoints.Count));
}
