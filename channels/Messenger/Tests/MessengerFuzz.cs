using ChatOperator.Channels.Contract;
using ChatOperator.Channels.MetaMessaging.Tests;

namespace ChatOperator.Channels.Messenger.Tests;

/// <summary>Spoiled Messenger webhooks.</summary>
public sealed class MessengerFuzz : MessagingFuzz
{
    protected override IChannel Channel { get; } = new MessengerChannel();

    protected override string Folder => "Messenger";

    protected override string Kind => MessengerContract.Object;

    protected override (string One, string Other) Accounts => (MessengerContract.Id, MessengerContract.OtherId);
}
