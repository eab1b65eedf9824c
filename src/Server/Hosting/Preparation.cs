namespace ChatOperator.Hosting;

/// <summary>
/// What must be done before anything reads the database: begun as soon as the node is built, so that it runs beside the mapping of
/// routes and the start of the silo, which need no database. As a hosted service it stands right behind the silo: whatever starts after
/// it, the web server included, finds a prepared database.
/// </summary>
public sealed class Preparation : IHostedService
{
    /// <summary>Ends when everything is prepared, or with the reason why the node cannot start.</summary>
    public Task Done { get; private set; } = Task.CompletedTask;

    public void Begin(Func<Task> work) => Done = Task.Run(work);

    /// <exception cref="StartException">The database cannot be reached or prepared.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => Done.WaitAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
