using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;

namespace ChatOperator.Channels.YCloud.Tests;

/// <summary>Spoiled events of YCloud.</summary>
public sealed class YCloudFuzz : FuzzContract
{
    protected override IChannel Channel { get; } = new YCloudChannel();

    protected override string Folder => "YCloud";
}
