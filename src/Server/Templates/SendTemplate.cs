using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Contacts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Templates;

/// <summary>An operator's template, to a chat or to somebody who never wrote; it leaves by the outbox like every word.</summary>
internal sealed class SendTemplate(AppDb db, CurrentCaller caller, AccountDirectory accounts, Send send, Outgoing outgoing)
{
    private const int LongestName = 200;

    /// <exception cref="Problem">400, 404, 409, 422: see the contract's list of codes.</exception>
    public async Task<SendAnswer> RunAsync(TemplateSend request, HttpContext http, CancellationToken cancel)
    {
        try { return await TryAsync(request, http, cancel); }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // The person wrote for the first time at this very moment; now they are there.
            db.ChangeTracker.Clear();
            return await TryAsync(request, http, cancel);
        }
    }

    private async Task<SendAnswer> TryAsync(TemplateSend request, HttpContext http, CancellationToken cancel)
    {
        Conversation? conversation = null;
        var answer = await db.OnceAsync(
            http, "template", request,
            async () =>
            {
                var template = await db.Templates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == request.TemplateId, cancel) ?? throw Problem.NotFound();
                conversation = await ConversationAsync(request, template, cancel);
                if (!string.IsNullOrEmpty(request.ChannelSource)) Send.Match(conversation, request.ChannelSource);
                await CheckOwnerAsync(template, conversation, cancel);
                await CheckConsentAsync(template, conversation, cancel);
                var content = template.Fill(request, conversation.Address, Language.Of(http.Request));
                var speech = new Speech([content], MessageAuthor.Operator, caller.Name, caller.OperatorId, NotBefore: request.NotBefore);
                return await send.SpeakAsync(db, conversation, speech, request.TakeOver);
            },
            cancel);
        if (conversation is not null) outgoing.Wake(conversation);
        return answer;
    }

    private async Task<Conversation> ConversationAsync(TemplateSend request, Template template, CancellationToken cancel)
    {
        if (request.ConversationId is { } id)
            return await db.LockConversationAsync(caller.Tenant, id, cancel) ?? throw Problem.NotFound();
        if (string.IsNullOrWhiteSpace(request.To)) throw Problem.Invalid("conversation_id or to is needed.");
        if (request.Name is { Length: > LongestName }) throw Problem.Invalid($"name may have at most {LongestName} characters.");
        var account = await AccountAsync(request, template, cancel);
        if (account.Channel is not IStartsConversations starts || starts.PersonOf(request.To) is not { } person)
            throw Problem.Invalid("to must be a number with its country code, such as +5491155550101.");
        return await db.ConversationWithAsync(account, person, request.Name, cancel);
    }

    private async Task<ConnectedAccount> AccountAsync(TemplateSend request, Template template, CancellationToken cancel)
    {
        var rows = await db.ChannelAccounts.AsNoTracking().Where(a => a.Channel == template.Channel).ToListAsync(cancel);
        if (request.AccountId is { } wanted) rows = rows.FindAll(a => a.Id == wanted);
        else rows = rows.FindAll(a => new CatalogueKey(a.TenantId, template.Channel, template.OwnerKey).Covers(a) && a.State != AccountState.Disabled);
        if (rows.Count > 1) throw Problem.Invalid("Several accounts have this template.", "Send account_id along: the account that shall write.");
        return rows is [var only] && await accounts.ByIdAsync(caller.Tenant, only.Id, cancel) is { } account ? account : throw Problem.NotFound();
    }

    private async Task CheckOwnerAsync(Template template, Conversation conversation, CancellationToken cancel)
    {
        var row = await db.ChannelAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == conversation.AccountId, cancel) ?? throw Problem.NotFound();
        if (!new CatalogueKey(template.TenantId, template.Channel, template.OwnerKey).Covers(row))
            throw new Problem(
                409, "template_of_other_account", $"This template does not belong to the account {row.Name}, which this chat is on.",
                "Choose one of this account's templates: GET /admin/templates?conversation_id=… lists them.");
    }

    private async Task CheckConsentAsync(Template template, Conversation conversation, CancellationToken cancel)
    {
        var category = template.Category.ToLowerInvariant();
        if (await db.OptOutAsync(conversation.TenantId, conversation.ContactId, category, cancel) is not { } stopped) return;
        throw new Problem(
            409, "opted_out", $"This person has stopped {category} messages ({stopped.At:yyyy-MM-dd}).",
            "Send another kind of template, or answer when they write. If they asked for such messages again, note it in the contact panel.");
    }
}
