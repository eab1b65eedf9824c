using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>Why a message does not leave: the network is asked too.</summary>
internal static class SendDiagnosis
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<List<Finding>> OfAsync(
        AppDb db, Conversation conversation, ConnectedAccount? account, AccountDirectory accounts, DateTimeOffset now, CancellationToken cancel)
    {
        var findings = new List<Finding> { Connected(account), Window(conversation, account, now, byPerson: true), await LastSendAsync(conversation, db, cancel) };
        if (account is { Row.State: not AccountState.Disabled }) findings.Add(await CredentialsAsync(account, accounts, cancel));
        return findings;
    }

    public static Finding Connected(ConnectedAccount? account) => account?.Row.State switch
    {
        AccountState.Connected => new("account", true, new("The account is connected.", "La cuenta está conectada.")),
        AccountState.Paused => new("account", false, Paused(account),
            new("Give it valid credentials", "Cargar credenciales válidas"), "open_channel"),
        AccountState.Disabled => new("account", false,
            new("The account is switched off.", "La cuenta está apagada."), new("Switch it on", "Encenderla"), "open_channel"),
        _ => new("account", false,
            new("The account no longer exists.", "La cuenta ya no existe."), new("Connect it anew", "Conectarla otra vez"), "open_channel"),
    };

    private static Words Paused(ConnectedAccount account)
    {
        var why = account.Row.StateReason is { } reason ? FailureText.WordsOf(account.Channel.Info, reason)?.Message : null;
        return new($"The account is paused, and its queue waits. {why?.En}".TrimEnd(), $"La cuenta está en pausa y su cola espera. {why?.Es}".TrimEnd());
    }

    public static Finding Window(Conversation conversation, ConnectedAccount? account, DateTimeOffset now, bool byPerson)
    {
        if (account is null || ReplyWindow.Allows(account.Can, conversation.WindowExpiresAt, now, byPerson, isTemplate: false))
            return new("reply_window", true, new("Free text is allowed at this moment.", "En este momento se permite texto libre."));
        var templates = account.Can.Templates;
        return new("reply_window", false,
            new("The reply window is closed: the network takes no free text.", "La ventana de respuesta está cerrada: la red no acepta texto libre."),
            templates ? new("Send a template", "Enviar una plantilla") : new("Wait until the contact writes again", "Esperar a que el contacto escriba"),
            templates ? "open_templates" : "wait");
    }

    public static async Task<Finding> CredentialsAsync(ConnectedAccount account, AccountDirectory accounts, CancellationToken cancel)
    {
        if (account.Channel is not IConnectionTest test)
            return new("credentials", true, new("The network needs no credentials.", "La red no necesita credenciales."));
        var report = await test.TestWithinAsync(accounts.Connect(account), Patience, cancel);
        return new("credentials", report.Ok, report.Detail, report.Ok ? null : report.Fix ?? new("Open the account", "Abrir la cuenta"), "open_channel");
    }

    private static async Task<Finding> LastSendAsync(Conversation conversation, AppDb db, CancellationToken cancel)
    {
        var last = await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversation.Id && m.Author != MessageAuthor.Contact && m.At >= conversation.CreatedAt)
            .OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Select(m => (MessageStatus?)m.Status).FirstOrDefaultAsync(cancel);
        return last switch
        {
            MessageStatus.Failed => new("last_send", false,
                new("The last message failed; its bubble says why.", "El último mensaje falló; su globo dice por qué."), new("Try it again", "Reintentarlo"), "retry"),
            MessageStatus.Uncertain => new("last_send", false,
                new("It is not known whether the last message arrived; the next one waits for that.", "No se sabe si el último mensaje llegó; el siguiente espera eso."),
                new("Wait for the network's report", "Esperar el informe de la red"), "wait"),
            _ => new("last_send", true, new("Nothing before it stands in the way.", "Nada anterior se interpone.")),
        };
    }
}
