using System.ComponentModel.DataAnnotations;
using ChatOperator.Agents.Knowledge;
using ChatOperator.Agents.Models;
using ChatOperator.Agents.Turns;
using ChatOperator.Agents.Versions;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Checks;

/// <summary>Why nobody is answered, or a message does not leave: each check is made at the moment of asking, at the network and the model too.</summary>
internal sealed class AgentDiagnosis(
    CurrentCaller caller, AppDb db, AgentDirectory agents, AccountDirectory accounts, ModelClients clients, ModelTest test, TimeProvider time)
{
    /// <summary>A turn that should have begun longer ago than this was lost, or waits for room.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(10);

    public static void Map(WebApplication app) =>
        app.MapGet("/admin/conversations/{id:guid}/diagnosis", (
                Guid id, [AllowedValues("agent", "send")] string? of, AgentDiagnosis diagnosis, HttpRequest request, CancellationToken cancel) => diagnosis.OfAsync(id, of, Language.Of(request), cancel))
            .WithTags("Messages").RequireAuthorization(Access.Read)
            .WithSummary("What stands in the way of a send, or of the agent's answer; asks the network and the model too");

    /// <param name="of">send | agent.</param>
    /// <exception cref="Problem">400: another word. 404: no such conversation.</exception>
    private async Task<List<DiagnosisCheck>> OfAsync(Guid id, string? of, string language, CancellationToken cancel)
    {
        if (of is not ("send" or "agent")) throw Problem.Invalid("of must be send or agent.");
        var now = time.Now();
        var found = await Situation.ReadAsync(db, new ConversationKey(caller.Tenant, id), agents, accounts, now, cancel) ?? throw Problem.NotFound();
        var findings = of == "send"
            ? await SendDiagnosis.OfAsync(db, found.Conversation, found.Account, accounts, now, cancel)
            : await AgentAsync(found, now, cancel);
        return findings.ConvertAll(f => f.In(language));
    }

    private async Task<List<Finding>> AgentAsync(Situation found, DateTimeOffset now, CancellationToken cancel)
    {
        var last = await db.AgentTurns.AsNoTracking().Where(t => t.ConversationId == found.Conversation.Id && t.Outcome != TurnOutcome.Running)
            .OrderByDescending(t => t.StartedAt).FirstOrDefaultAsync(cancel);
        var checks = new List<Finding>
        {
            Human(found.Conversation), Match(found), Switch(found), SendDiagnosis.Connected(found.Account), Heard(found, now),
            SendDiagnosis.Window(found.Conversation, found.Account, now, byPerson: false), Budget(found), LastTurn(last),
            Due(found.Conversation, now, await db.IsUnansweredAsync(found.Conversation, cancel)), await AnswerAsync(found.Conversation, now, cancel),
        };
        if (found.Agent.Settings.Enabled) checks.Add(await ModelAsync(found.Agent, cancel));
        if (found.Account is { Row.State: not AccountState.Disabled } account) checks.Add(await SendDiagnosis.CredentialsAsync(account, accounts, cancel));
        return checks;
    }

    private static Finding Human(Conversation conversation) => !conversation.IsLocked
        ? new("human", true, new("No human has the conversation.", "Ninguna persona tiene la conversación."))
        : new("human", false,
            conversation.IsHeldByNobody
                ? new("The conversation waits for a human.", "La conversación espera a una persona.")
                : new($"{conversation.HeldBy} has the conversation.", $"{conversation.HeldBy} tiene la conversación."),
            new("Hand it back to the AI", "Devolver a la IA"), "unlock");

    private static Finding Match(Situation found) =>
        found.Account is { } account && account.Row.TenantId == found.Conversation.TenantId && account.Channel.Info.ChannelSource == found.Conversation.ChannelSource
            ? new("match", true, new("The chat, its account and its tenant belong together.", "El chat, su cuenta y su negocio se corresponden."))
            : new("match", false, new("The chat's account is gone, or is of another network.", "La cuenta del chat ya no existe, o es de otra red."),
                new("Open the account", "Abrir la cuenta"), "open_channel");

    /// <summary>Whether what the agent said last has left.</summary>
    private async Task<Finding> AnswerAsync(Conversation conversation, DateTimeOffset now, CancellationToken cancel)
    {
        var last = await db.Messages.AsNoTracking().Where(m => m.ConversationId == conversation.Id && m.Author == MessageAuthor.Agent)
            .OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Select(m => (MessageStatus?)m.Status).FirstOrDefaultAsync(cancel);
        return last switch
        {
            MessageStatus.Failed => new("answer", false, new("The agent's last answer failed; its bubble says why.", "La última respuesta del agente falló; su globo dice por qué."),
                new("Try it again", "Reintentarla"), "retry"),
            MessageStatus.Queued when conversation.EchoHeldUntil is not null => new("answer", false,
                new("Its answer waits: it is not known yet whether a person has answered.", "Su respuesta espera: todavía no se sabe si respondió una persona."),
                new("Wait a few seconds", "Esperar unos segundos"), "wait"),
            MessageStatus.Queued or MessageStatus.Sending or MessageStatus.Uncertain => new("answer", true,
                new("Its last answer is on its way.", "Su última respuesta está en camino.")),
            _ => new("answer", true, new("Nothing that it said waits.", "Nada de lo que dijo espera.")),
        };
    }

    private static Finding Switch(Situation found) => found.Agent.Settings.Enabled
        ? new("agent", true, new("The agent is on for this account.", "El agente está encendido para esta cuenta."))
        : new("agent", false,
            new("The agent is off for this account.", "El agente está apagado para esta cuenta."), new("Switch the agent on", "Encender el agente"), "enable_agent");

    private static Finding Heard(Situation found, DateTimeOffset now)
    {
        var (agent, heard) = (found.Agent, found.Conversation.LastInboundAt);
        if (heard is null)
            return new("freshness", false, new("The contact has not written yet.", "El contacto todavía no escribió."));
        var since = agent.ActivatedAt > found.Account?.Row.ActivatedAt ? agent.ActivatedAt : found.Account?.Row.ActivatedAt;
        if (agent.Settings.Enabled && heard.Value.AddSeconds(1) <= since)
            return new("freshness", false, new(
                "The last message is older than the agent's activation; the agent leaves history alone.",
                "El último mensaje es anterior a la activación del agente, que no responde historia."), new("Answer it yourself", "Respondé vos"), "answer");
        return now - heard > TimeSpan.FromSeconds(agent.Settings.MaxAgeS)
            ? new("freshness", false, new("The last message is older than the agent's age limit.", "El último mensaje supera la antigüedad máxima del agente."),
                new("Change the age limit", "Cambiar la antigüedad máxima"), "open_agent_settings")
            : new("freshness", true, new("The last message is recent enough.", "El último mensaje es suficientemente reciente."));
    }

    private static Finding Budget(Situation found)
    {
        var (used, most) = (found.AnswersLastHour, found.Agent.Settings.Handoff.MaxTurnsPerHour);
        return found.IsLoop
            ? new("budget", false, new($"{used} answers within an hour: the limit is {most}.", $"{used} respuestas en una hora: el límite es {most}."),
                new("Change the limit", "Cambiar el límite"), "open_agent_settings")
            : new("budget", true, new($"{used} of {most} answers within this hour.", $"{used} de {most} respuestas en esta hora."));
    }

    private static Finding LastTurn(AgentTurn? last)
    {
        if (last is { Outcome: TurnOutcome.Nothing, Reason: { } silent })
            return new("last_turn", false, new($"It looked at the last message and stayed silent: {silent}.", $"Miró el último mensaje y no respondió: {silent}."));
        if (last is not { Outcome: TurnOutcome.Failed })
            return new("last_turn", true, new("The last turn did not fail.", "El último turno no falló."));
        var why = last.Reason ?? "unknown";
        return new("last_turn", false, new($"The last turn failed: {why}.", $"El último turno falló: {why}."), new("Run it again", "Ejecutar otra vez"), "run_now");
    }

    private static Finding Due(Conversation conversation, DateTimeOffset now, bool isUnanswered) => conversation.AgentDueAt switch
    {
        { } due when now - due > Overdue => new("due", false,
            new($"The agent should have begun at {due:HH:mm:ss} UTC.", $"El agente debía empezar a las {due:HH:mm:ss} UTC."), new("Run it now", "Ejecutar ahora"), "run_now"),
        { } due => new("due", true, new($"The agent looks at it at {due:HH:mm:ss} UTC.", $"El agente la mira a las {due:HH:mm:ss} UTC.")),
        null when isUnanswered && !conversation.IsLocked => new("due", false,
            new("Nothing is planned for the agent, and the last message is unanswered.", "El agente no tiene nada planeado y el último mensaje está sin respuesta."),
            new("Run it now", "Ejecutar ahora"), "run_now"),
        null => new("due", true, new("Nothing waits for the agent.", "Nada espera al agente.")),
    };

    private async Task<Finding> ModelAsync(ActiveAgent agent, CancellationToken cancel)
    {
        if (clients.Of(agent) is not { } client)
            return await db.KnowledgeEntries.AnyAsync(cancel)
                ? new("model", true, new("No model is set: answers come from the knowledge alone.", "No hay modelo: responde solo con el conocimiento."))
                : new("model", false, new("No model is set, and there is no knowledge to answer from.", "No hay modelo, y no hay conocimiento con el cual responder."),
                    new("Write knowledge", "Escribir conocimiento"), "open_knowledge");
        var (failure, _) = await test.AskAsync(client, cancel);
        return failure is null
            ? new("model", true, new($"{agent.Settings.Model.Name} answers.", $"{agent.Settings.Model.Name} responde."))
            : new("model", false, failure.Explain().Detail, failure.Explain().NextStep, "open_agent_settings");
    }
}
