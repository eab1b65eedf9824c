using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using Route = ChatOperator.Channels.Contract.Route;

namespace ChatOperator.Intake;

/// <summary>
/// News that a network tells of what owns accounts (a WhatsApp Business Account) without saying of which account: they are for every account
/// of that owner whose own secret signed them, whichever address they came to.
/// </summary>
internal static class OwnersNews
{
    public static bool Is(ChannelEvent news) => news is (AccountChanged or TemplateChanged) and { Route: { Account: null, Owner: not null } };

    /// <summary>The accounts concerned: those of the number it names, else those whose number nobody knows; of all when it names none.</summary>
    public static async ValueTask<IReadOnlyList<ConnectedAccount>> AccountsAsync(
        Route route, ConnectedAccount hook, AccountDirectory accounts, WebhookRequest request, CancellationToken cancel)
    {
        var candidates = await accounts.ByRouteAsync(hook.Row.Channel, route, cancel);
        return Narrow(route, candidates.Where(c => c.Id == hook.Id || c.Channel.Verify(request, c.Settings) is Verified));
    }

    /// <summary>Those of them that an item of this route concerns.</summary>
    public static List<ConnectedAccount> Narrow(Route route, IEnumerable<ConnectedAccount> candidates)
    {
        var all = candidates.ToList();
        if (route.Number is not { } number) return all;
        var named = all.FindAll(c => c.Row.Number == number);
        return named.Count > 0 ? named : all.FindAll(c => c.Row.Number.Length == 0);
    }
}
