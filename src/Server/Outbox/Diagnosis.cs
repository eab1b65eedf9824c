using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>One thing that may stand in the way.</summary>
/// <param name="Check">Stable word.</param>
/// <param name="Detail">What was found, for a person.</param>
/// <param name="Fix">What that person can do about it; null when all is well.</param>
public sealed record DiagnosisCheck(string Check, bool Ok, string Detail, string? Fix);

/// <summary>Why a message does not leave, or nobody answers: each check is made at the moment of asking, the network's included.</summary>
internal static class Diagnosis
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="of">send | agent.</param>
    /// <exception cref="Problem">400: another word. 404: no such conversation.</exception>
    public static async Task<List<DiagnosisCheck>> OfAsync(
        Guid id, string? of, AppDb db, AccountDirectory accounts, HttpRequest request, TimeProvider time, CancellationToken cancel)
    {
        if (of is not ("send" or "agent")) throw Problem.Invalid("of must be send or agent.");
        var language = Language.Of(request);
        var conversation = await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw Problem.NotFound();
        var account = await accounts.ByIdAsync(conversation.TenantId, conversation.AccountId, cancel);
        var checks = of == "send"
            ? (List<Finding>)[Connected(account), Window(conversation, account, time.Now()), await QueueAsync(conversation, db, cancel)]
            : [Human(conversation), Agent(), Connected(account)];
        if (account is { Row.State: not AccountState.Disabled }) checks.Add(await CredentialsAsync(account, accounts, cancel));
        return checks.ConvertAll(c => new DiagnosisCheck(c.Check, c.Ok, c.Detail.In(language), c.Ok ? null : c.Fix?.In(language)));
    }

    private static Finding Connected(ConnectedAccount? account) => account?.Row.State switch
    {
        AccountState.Connected => new("account", true, new("The account is connected.", "La cuenta está conectada.")),
        AccountState.Paused => new("account", false,
            new($"The account is paused: {account.Row.StateReason}. Its queue waits.", $"La cuenta está en pausa: {account.Row.StateReason}. Su cola espera."),
            new("Give it valid credentials, then test the connection.", "Cargue credenciales válidas y pruebe la conexión.")),
        AccountState.Disabled => new("account", false,
            new("The account is switched off.", "La cuenta está apagada."), new("Enable it under Channels.", "Enciéndala en Canales.")),
        _ => new("account", false,
            new("The account no longer exists.", "La cuenta ya no existe."), new("Connect it anew.", "Conéctela otra vez.")),
    };

    private static Finding Window(Conversation conversation, ConnectedAccount? account, DateTimeOffset now) =>
        account is null || ReplyWindow.Allows(account.Channel.Info.Capabilities, conversation.WindowExpiresAt, now, byPerson: true, isTemplate: false)
            ? new("reply_window", true, new("Free text is allowed at this moment.", "En este momento se permite texto libre."))
            : new("reply_window", false,
                new("The reply window is closed: the network takes no free text.", "La ventana de respuesta está cerrada: la red no acepta texto libre."),
                new("Wait until the contact writes again.", "Espere a que el contacto vuelva a escribir."));

    private static async Task<Finding> QueueAsync(Conversation conversation, AppDb db, CancellationToken cancel)
    {
        var last = await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversation.Id && m.Author != MessageAuthor.Contact && m.At >= conversation.CreatedAt)
            .OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Select(m => (MessageStatus?)m.Status).FirstOrDefaultAsync(cancel);
        return last switch
        {
            MessageStatus.Failed => new("last_send", false,
                new("The last message failed; its bubble says why.", "El último mensaje falló; su globo dice por qué."), new("Correct the cause and retry it.", "Corrija la causa y reinténtelo.")),
            MessageStatus.Uncertain => new("last_send", false,
                new("It is not known whether the last message arrived; the next one waits for that.", "No se sabe si el último mensaje llegó; el siguiente espera eso."),
                new("Wait for the network's report.", "Espere el informe de la red.")),
            _ => new("last_send", true, new("Nothing before it stands in the way.", "Nada anterior se interpone.")),
        };
    }

    private static Finding Human(Conversation conversation) => conversation.IsLocked
        ? new("human", false,
            new("A human has the conversation.", "Una persona tiene la conversación."), new("Hand it back to the AI.", "Devuélvala a la IA."))
        : new("human", true, new("No human has the conversation.", "Ninguna persona tiene la conversación."));

    private static Finding Agent() => new("agent", false,
        new("No AI agent can be set up in this version: people answer.", "En esta versión no se puede configurar un agente de IA: responden personas."),
        new("Answer it yourself.", "Responda usted."));

    private static async Task<Finding> CredentialsAsync(ConnectedAccount account, AccountDirectory accounts, CancellationToken cancel)
    {
        if (account.Channel is not IConnectionTest test)
            return new("credentials", true, new("The network needs no credentials.", "La red no necesita credenciales."));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        var report = await test.TestAsync(accounts.Connect(account), patience.Token);
        return new("credentials", report.Ok, report.Detail, report.Fix);
    }

    private sealed record Finding(string Check, bool Ok, Words Detail, Words? Fix = null);
}
