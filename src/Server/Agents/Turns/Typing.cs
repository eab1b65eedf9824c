using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;

namespace ChatOperator.Agents.Turns;

/// <summary>Shows the contact that somebody is typing while the agent thinks, where the network can. Best effort.</summary>
internal sealed class Typing(AccountDirectory accounts, Databases databases, TimeProvider time, ILogger<Typing> log)
{
    /// <summary>An answer that comes sooner needs no sign.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(400);

    /// <summary>Networks take the sign away after some 20 to 25 seconds.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(18);

    /// <summary>In our own widget an entry is worth a few seconds.</summary>
    private static readonly TimeSpan AgainHere = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2.4);

    /// <summary>Ends when the thinking does.</summary>
    /// <param name="message">The network's id of the message that is being answered.</param>
    public async Task ShowAsync(Situation found, string message, CancellationToken thinking)
    {
        var account = found.Account!;
        if (account.Channel is ITyping { TypingMarksRead: true } && !found.TellsRead) return;
        Func<Task<bool>> show = account.Channel is ITyping channel
            ? () => channel.ShowTypingAsync(message, found.Conversation.Address, accounts.Connect(account), thinking)
            : () => TellAsync(found.Conversation, thinking);
        var again = account.Channel is ITyping ? Again : AgainHere;
        try
        {
            // Most answers come before the sign: an exception for each would be dear.
            await Task.Delay(First, time, thinking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            for (var shown = 0; shown * again < Longest && !thinking.IsCancellationRequested; shown++)
            {
                if (!await show()) return;
                await Task.Delay(again, time, thinking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException)
        {
            // The answer is there.
        }
        catch (Exception e) // A sign that cannot be shown must not cost the answer.
        {
            log.LogDebug(e, "Typing could not be shown.");
        }
    }

    /// <summary>A channel without a network: whoever looks at the conversation is told.</summary>
    private async Task<bool> TellAsync(Conversation conversation, CancellationToken cancel)
    {
        await using var db = databases.For(conversation.TenantId);
        await Conversations.Typing.TellAsync(db, conversation.Id, Conversations.Typing.ByAgent, cancel);
        return true;
    }
}
