using ChatOperator.Channels.Contract;
using ChatOperator.Channels.MetaMessaging.Tests;

namespace ChatOperator.Channels.Instagram.Tests;

/// <summary>Spoiled Instagram webhooks.</summary>
public sealed class InstagramFuzz : MessagingFuzz
{
    protected override IChannel Channel { get; } = new InstagramChannel();

    protected override string Folder => "Instagram";

    protected override string Kind => InstagramContract.Object;

    protected override (string One, string Other) Accounts => (InstagramContract.Id, InstagramContract.OtherId);
}
