using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>What another service hands in.</summary>
/// <param name="To">The contact's number or network id, when <paramref name="ConversationId"/> is not known.</param>
/// <param name="Provider">Key of the channel, e.g. whatsapp_cloud.</param>
/// <param name="AccountId">Which account, when the tenant has several on that channel.</param>
/// <param name="Author">operator (default) or agent: an agent's word obeys the lock.</param>
public sealed record RelayRequest(
    string Text, Guid? TenantId = null, Guid? ConversationId = null, string? To = null, string? Provider = null, string? ChannelSource = null,
    Guid? AccountId = null, string? Author = null, DateTimeOffset? NotBefore = null);

/// <summary>The way in for services that live outside: one address for every channel, with the outbox's order and pace.</summary>
internal sealed class Relay(
    Databases databases, SharedWrites writes, CurrentCaller caller, AccountDirectory accounts, Outgoing outgoing, HolderChanges holders,
    TimeProvider time)
{
    /// <exception cref="Problem">400, 404, 409: see the contract's list of codes.</exception>
    public async Task<SendAnswer> RunAsync(RelayRequest request, HttpContext http, CancellationToken cancel)
    {
        var byAgent = AuthorOf(request) == MessageAuthor.Agent;
        var tenant = request.TenantId ?? caller.Tenant;
        if (tenant != caller.Tenant && !caller.IsPlatformAdministrator) throw Problem.NotFound();
        if (string.IsNullOrWhiteSpace(request.Text)) throw Problem.Invalid("text is empty.");
        var id = await FindAsync(tenant, request, cancel);
        Conversation? conversation = null;
        var answer = await writes.OnceAsync(
            tenant, id, http, "relay", request,
            async db =>
            {
                conversation = await db.LockConversationAsync(tenant, id) ?? throw Problem.NotFound();
                if (!string.IsNullOrEmpty(request.ChannelSource)) Send.Match(conversation, request.ChannelSource);
                var speech = new Speech(
                    [new TextContent(request.Text)], byAgent ? MessageAuthor.Agent : MessageAuthor.Operator, caller.Name, caller.OperatorId,
                    NotBefore: request.NotBefore);
                return await new Send(writes, caller, accounts, outgoing, holders, time).SpeakAsync(db, conversation, speech);
            });
        if (conversation is null) return answer;
        outgoing.Wake(conversation);
        holders.Announce(tenant, conversation.Id);
        return answer;
    }

    private static MessageAuthor AuthorOf(RelayRequest request) => request.Author switch
    {
        null or "" or "operator" => MessageAuthor.Operator,
        "agent" => MessageAuthor.Agent,
        _ => throw Problem.Invalid("author must be operator or agent."),
    };

    private async Task<Guid> FindAsync(Guid tenant, RelayRequest request, CancellationToken cancel)
    {
        if (request.ConversationId is { } id) return id;
        if (string.IsNullOrWhiteSpace(request.To)) throw Problem.Invalid("conversation_id or to is needed.");
        await using var db = databases.For(tenant);
        var candidates = db.ChannelAccounts.AsQueryable();
        if (request.AccountId is { } account) candidates = candidates.Where(a => a.Id == account);
        if (!string.IsNullOrEmpty(request.Provider)) candidates = candidates.Where(a => a.Channel == request.Provider);
        var to = request.To.Trim();
        var found = await db.Conversations.AsNoTracking()
            .Where(c => (c.Address == to || c.Phone == to || c.Address == "+" + to || c.Phone == "+" + to) && candidates.Any(a => a.Id == c.AccountId))
            .OrderByDescending(c => c.LastMessageAt).Select(c => new { c.Id, c.AccountId }).Take(2).ToListAsync(cancel);
        if (found.Count == 0) throw Problem.NotFound();
        if (found.Count > 1 && found[0].AccountId != found[1].AccountId)
            throw Problem.Invalid("This contact has conversations on several accounts.", "Send provider or account_id along.");
        return found[0].Id;
    }
}
