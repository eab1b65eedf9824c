using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Contacts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>What another service hands in.</summary>
/// <param name="TenantId">For whom it speaks: always said, so that a token for several businesses never speaks for one by mistake.</param>
/// <param name="To">The contact's number or network id, when <paramref name="ConversationId"/> is not known; beside it, it must be that contact's.</param>
/// <param name="Provider">Key of the channel, e.g. whatsapp_cloud.</param>
/// <param name="AccountId">Which account, when the tenant has several on that channel.</param>
/// <param name="Author">operator (default) or agent: an agent's word obeys the lock.</param>
public sealed record RelayRequest(
    string Text, Guid TenantId, Guid? ConversationId = null, string? To = null, string? Provider = null, string? ChannelSource = null,
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
        var tenant = request.TenantId;
        if (tenant != caller.Tenant && !caller.IsPlatformAdministrator) throw Problem.NotFound();
        if (string.IsNullOrWhiteSpace(request.Text)) throw Problem.Invalid("`text` is empty.");
        Outgoing.CheckLength("text", request.Text);
        if (!string.IsNullOrEmpty(request.Provider) && !Channels.All.Channels.Any(c => c.Info.Key == request.Provider))
            throw Problem.Invalid($"`{request.Provider}` is not a provider.", $"Use one of {string.Join(", ", Channels.All.Channels.Select(c => c.Info.Key))}.");
        var id = await FindAsync(tenant, request, cancel);
        Conversation? conversation = null;
        var before = 0;
        var answer = await writes.OnceAsync(
            tenant, id, http, "relay", request,
            async db =>
            {
                conversation = await db.LockConversationAsync(tenant, id) ?? throw Problem.NotFound();
                before = conversation.LockVersion;
                if (!string.IsNullOrEmpty(request.ChannelSource)) Send.Match(conversation, request.ChannelSource);
                await MatchAsync(db, conversation, request);
                var speech = new Speech(
                    [new TextContent(request.Text)], byAgent ? MessageAuthor.Agent : MessageAuthor.Operator, caller.Name, caller.OperatorId,
                    NotBefore: request.NotBefore);
                return await new Send(writes, caller, accounts, outgoing, holders, time).SpeakAsync(db, conversation, speech);
            });
        if (conversation is null) return answer;
        outgoing.Wake(conversation);
        if (conversation.LockVersion != before) holders.Announce(tenant, conversation.Id);
        return answer;
    }

    private static MessageAuthor AuthorOf(RelayRequest request) => request.Author switch
    {
        null or "" or "operator" => MessageAuthor.Operator,
        "agent" => MessageAuthor.Agent,
        _ => throw Problem.Invalid("`author` must be operator or agent."),
    };

    private async Task<Guid> FindAsync(Guid tenant, RelayRequest request, CancellationToken cancel)
    {
        if (request.ConversationId is { } id) return id;
        if (string.IsNullOrWhiteSpace(request.To)) throw Problem.Invalid("`conversation_id` or `to` is needed.");
        await using var db = databases.For(tenant);
        var candidates = db.ChannelAccounts.AsQueryable();
        if (request.AccountId is { } account) candidates = candidates.Where(a => a.Id == account);
        if (!string.IsNullOrEmpty(request.Provider)) candidates = candidates.Where(a => a.Channel == request.Provider);
        var found = await With(db, request.To).Where(c => candidates.Any(a => a.Id == c.AccountId))
            .OrderByDescending(c => c.LastMessageAt).Select(c => new { c.Id, c.AccountId }).Take(2).ToListAsync(cancel);
        if (found.Count == 0) throw PhoneNumber.Identify(request.To.Trim()) is null ? Problem.NotFound() : NeverWrote();
        if (found.Count > 1 && found[0].AccountId != found[1].AccountId)
            throw Problem.Invalid("This contact has conversations on several accounts.", "Send `provider` or `account_id` along.");
        return found[0].Id;
    }

    /// <summary>Conversations with somebody, however the number is written, and by whichever of its country's spellings.</summary>
    private static IQueryable<Conversation> With(AppDb db, string to)
    {
        to = to.Trim();
        var number = PhoneNumber.Identify(to)?.Key;
        var identities = db.ContactIdentities;
        return db.Conversations.AsNoTracking().Where(c => c.Address == to || identities.Any(i => i.Key == number && i.ContactId == c.ContactId));
    }

    /// <exception cref="Problem">400: `to` is somebody else. 409 channel_source_mismatch: the conversation is not where the request says.</exception>
    private async Task MatchAsync(AppDb db, Conversation conversation, RelayRequest request)
    {
        if (!string.IsNullOrWhiteSpace(request.To) && !await With(db, request.To).AnyAsync(c => c.Id == conversation.Id))
            throw Problem.Invalid("`to` is not the contact of this conversation.", "Leave `to` or `conversation_id` out.");
        if (request.AccountId is { } id && id != conversation.AccountId)
            throw Elsewhere("This conversation belongs to another account.", "Leave `account_id` out, or name the conversation's own.");
        if (string.IsNullOrEmpty(request.Provider)) return;
        var account = await accounts.ByIdAsync(conversation.TenantId, conversation.AccountId) ?? throw Problem.NotFound();
        if (account.Channel.Info.Key != request.Provider)
            throw Elsewhere($"This conversation is on {account.Channel.Info.Key}, not on {request.Provider}.", "Leave `provider` out, or name the conversation's own.");
    }

    private static Problem Elsewhere(string detail, string nextStep) => new(409, "channel_source_mismatch", detail, nextStep);

    private static Problem NeverWrote() => new(
        409, "window_expired", "This number has never written here, so free text cannot be sent to it.", "Send an approved template; once the person answers, text can follow.");
}
