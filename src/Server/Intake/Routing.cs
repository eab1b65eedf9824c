using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using Route = ChatOperator.Channels.Contract.Route;

namespace ChatOperator.Intake;

/// <summary>
/// Decides which account each item is for. An app-level webhook carries items of many accounts and tenants; an item goes only to an
/// account whose own secret signed these very bytes, so no tenant can write into another's chats.
/// </summary>
internal sealed class Routing(AccountDirectory accounts)
{
    /// <summary>
    /// The same items, each with its account or the reason for having none. What concerns all accounts of an owner becomes an item for each.
    /// </summary>
    public async ValueTask<ArrivedItem[]> RouteAsync(
        IReadOnlyList<ChannelEvent> events, ConnectedAccount hook, WebhookRequest request, CancellationToken cancel)
    {
        var items = new List<ArrivedItem>(events.Count);
        // Each route once: looking for its account checks the signature over the whole body again.
        Dictionary<Route, (ConnectedAccount? Account, string? Reason)>? seen = null;
        Route lastRoute = default;
        (ConnectedAccount? Account, string? Reason) last = default;
        for (var i = 0; i < events.Count; i++)
        {
            var route = events[i].Route;
            if (OwnersNews.Is(events[i]))
            {
                items.AddRange(ToAll(events[i], await OwnersNews.AccountsAsync(route, hook, accounts, request, cancel)));
                continue;
            }
            if (i == 0 || route != lastRoute)
            {
                if (seen?.TryGetValue(route, out last) is not true) last = await FindAsync(route, hook, request, cancel);
                if (i > 0) (seen ??= [])[route] = last;
                lastRoute = route;
            }
            items.Add(new ArrivedItem(events[i], last.Account, last.Reason));
        }
        return [.. items];
    }

    private async ValueTask<(ConnectedAccount?, string?)> FindAsync(
        Route route, ConnectedAccount hook, WebhookRequest request, CancellationToken cancel)
    {
        // What names no account at all was signed with the hook's secret and concerns whoever gave the hook out.
        if (route is { Account: null, Owner: null } || hook.IsNamedBy(route)) return Enabled(hook);
        var candidates = await accounts.ByRouteAsync(hook.Row.Channel, route, cancel);
        if (candidates.Any(c => c.Id == hook.Id)) return Enabled(hook);
        (ConnectedAccount?, string?) disabled = (null, null);
        foreach (var candidate in candidates)
        {
            if (candidate.Channel.Verify(request, candidate.Settings) is not Verified) continue;
            if (Enabled(candidate) is ({ }, _) found) return found;
            disabled = Enabled(candidate);
        }
        return disabled.Item2 is null ? (null, $"no_account: {route.Account ?? route.Owner}") : disabled;
    }

    private static IEnumerable<ArrivedItem> ToAll(ChannelEvent news, IReadOnlyList<ConnectedAccount> concerned)
    {
        var enabled = concerned.Where(a => Enabled(a) is ({ }, _)).Select(a => new ArrivedItem(news, a)).ToList();
        if (enabled.Count > 0) return enabled;
        return [new ArrivedItem(news, null, concerned.Count > 0 ? "account_disabled" : $"no_account: {news.Route.Number ?? news.Route.Owner}")];
    }

    private static (ConnectedAccount?, string?) Enabled(ConnectedAccount account) =>
        account.Row.State == AccountState.Disabled ? (null, "account_disabled") : (account, null);
}
