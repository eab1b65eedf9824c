using ChatOperator.Sandbox.Model;

namespace ChatOperator.Sandbox;

/// <summary>Everything one sandbox remembers, shared by its networks and its control API.</summary>
internal sealed class World : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public World(TimeProvider time)
    {
        Time = time;
        Phones = new Phones(time);
        Sends = new Sends(time);
        Courier = new Courier(time, Faults);
        LanguageModel = new LanguageModel(time);
        Networks = Sandbox.Networks.All(this);
    }

    public TimeProvider Time { get; }

    public Phones Phones { get; }

    public Sends Sends { get; }

    public Faults Faults { get; } = new();

    public Courier Courier { get; }

    public MediaShelf Media { get; } = new();

    /// <summary>Not a network: what an agent thinks with.</summary>
    public LanguageModel LanguageModel { get; }

    public IReadOnlyList<INetwork> Networks { get; }

    /// <summary>Known once the media server listens, which is before the API does.</summary>
    public Uri MediaAddress { get; set; } = new("http://127.0.0.1");

    public IEnumerable<Account> Accounts => Networks.SelectMany(network => network.Accounts);

    /// <summary>
    /// The account with this id; without an id, the only account there is. Null when none or several fit.
    /// </summary>
    public Account? Account(string? id)
    {
        if (id is { Length: > 0 }) return Accounts.FirstOrDefault(account => account.Id == id);
        var two = Accounts.Take(2).ToArray();
        return two.Length == 1 ? two[0] : null;
    }

    /// <summary>Forgets everything, webhooks that still wait for their turn included.</summary>
    public void Reset()
    {
        Courier.Reset();
        Faults.Clear();
        Phones.Clear();
        Sends.Clear();
        Media.Clear();
        LanguageModel.Reset();
        foreach (var network in Networks) network.Reset();
    }

    /// <summary>Cancelled when the sandbox stops: nobody may hold a connection open past it.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public void Stop() => _stopping.Cancel();

    public void Dispose()
    {
        _stopping.Cancel();
        Courier.Dispose();
        _stopping.Dispose();
    }
}
