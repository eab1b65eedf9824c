using System.Reflection;
using ChatOperator.Channels.Contract;
using ChatOperator.Sandbox;
using Xunit;

namespace ChatOperator.Channels.Tests;

/// <summary>How channels are built: what they may see, what each folder holds, and where its parts are compiled.</summary>
public sealed class HouseRules
{
    private static readonly Assembly Channels = typeof(IChannel).Assembly;

    private static readonly string[] Parts = ["Reader.cs", "Writer.cs", "Errors.cs", "README.md", "logo.svg", "Fixtures", "Tests", "Sandbox"];

    [Fact]
    public void Channels_see_neither_storage_nor_web_nor_the_sandbox() =>
        Assert.All(Channels.GetReferencedAssemblies(), reference =>
            Assert.True(
                reference.Name!.StartsWith("System.", StringComparison.Ordinal) || reference.Name is "netstandard" or "mscorlib",
                $"Channels sees {reference.Name}."));

    [Fact]
    public void The_sandbox_never_sees_the_adapters() =>
        Assert.DoesNotContain(typeof(SandboxHost).Assembly.GetReferencedAssemblies(), reference => reference.Name == Channels.GetName().Name);

    [Fact]
    public void Every_folder_of_a_channel_is_registered_once()
    {
        var registered = All.Channels.Select(channel => channel.GetType().Name).ToArray();
        Assert.Equal(House.ChannelFolders().Select(folder => Path.GetFileName(folder) + "Channel").Order(), registered.Order());
        Assert.Equal(registered.Length, All.Channels.Select(channel => channel.Info.Key).Distinct().Count());
    }

    [Fact]
    public void Every_channel_has_the_same_parts()
    {
        var missing = House.ChannelFolders().SelectMany(folder =>
            Parts.Select(part => Path.Combine(folder, part)).Where(path => !File.Exists(path) && !Directory.Exists(path)));
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_logo_can_be_shown() =>
        Assert.All(House.ChannelFolders(), folder => Assert.Contains(
            Channels.GetManifestResourceNames(),
            name => name.Contains(Path.GetFileName(folder), StringComparison.Ordinal) && name.EndsWith("logo.svg", StringComparison.Ordinal)));

    [Fact]
    public void Tests_and_sandboxes_of_channels_are_compiled_where_they_belong()
    {
        Assert.All(House.ChannelFolders(), folder =>
        {
            var name = Path.GetFileName(folder);
            Assert.DoesNotContain(Channels.GetTypes(), type => type.Namespace?.EndsWith(".Tests", StringComparison.Ordinal) == true);
            Assert.Contains(typeof(HouseRules).Assembly.GetTypes(), type => type.Namespace == $"ChatOperator.Channels.{name}.Tests");
            Assert.Contains(typeof(SandboxHost).Assembly.GetTypes(), type => type.Namespace == $"ChatOperator.Sandbox.{name}");
        });
        Assert.DoesNotContain(Channels.GetTypes(), type => type.Namespace?.StartsWith("ChatOperator.Sandbox", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Every_channel_holds_the_contracts()
    {
        var tests = typeof(HouseRules).Assembly.GetTypes();
        Assert.All(House.ChannelFolders().Select(Path.GetFileName), name =>
        {
            var own = tests.Where(type => type.Namespace == $"ChatOperator.Channels.{name}.Tests").ToArray();
            // Where the network is this product there is no line to fail, and no double to write.
            Type[] sending = own.Any(type => type.IsSubclassOf(typeof(OwnNetworkContract)))
                ? [typeof(OwnNetworkContract)] : [typeof(ChannelContract), typeof(SandboxContract)];
            Assert.All([.. sending, typeof(FuzzContract)], contract => Assert.Contains(own, type => type.IsSubclassOf(contract)));
        });
    }
}
