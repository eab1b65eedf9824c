using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Agents.Turns;

/// <summary>Shows the contact that somebody is typing while the agent thinks, where the network can. Best effort.</summary>
internal sealed class Typing(AccountDirectory accounts, TimeProvider time, ILogger<Typing> log)
{
    /// <summary>An answer that comes sooner needs no sign.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(400);

    /// <summary>Networks take the sign away after some 20 to 25 seconds.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(18);

    private const int Most = 8;

    /// <summary>Ends when the thinking does.</summary>
    /// <param name="message">The network's id of the message that is being answered.</param>
    public async Task ShowAsync(ConnectedAccount account, string message, string address, CancellationToken thinking)
    {
        if (account.Channel is not ITyping channel) return;
        try
        {
            // Most answers come before the sign: an exception for each would be dear.
            await Task.Delay(First, time, thinking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            for (var shown = 0; shown < Most && !thinking.IsCancellationRequested; shown++)
            {
                if (!await channel.ShowTypingAsync(message, address, accounts.Connect(account), thinking)) return;
                await Task.Delay(Again, time, thinking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
}
