using System.Text;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;
using CsCheck;
using Xunit;

namespace ChatOperator.Channels.MetaMessaging.Tests;

/// <summary>Spoiled webhooks of a Page or an Instagram account, which share one shape.</summary>
public abstract class MessagingFuzz : FuzzContract
{
    /// <summary>The word in the envelope's <c>object</c>.</summary>
    protected abstract string Kind { get; }

    /// <summary>The two accounts that the fixtures speak of.</summary>
    protected abstract (string One, string Other) Accounts { get; }

    /// <summary>An envelope whose lists are all empty.</summary>
    protected override bool MayBeSilent(byte[] body) =>
        JsonDocument.Parse(body).RootElement.GetProperty("entry").EnumerateArray().All(entry => entry.EnumerateObject()
            .Any(list => list.Name is "messaging" or "standby" or "changes" && list.Value.GetArrayLength() == 0));

    [Fact]
    public void A_spoiled_item_never_hides_its_siblings()
    {
        var item = JsonDocument.Parse(Fixture.Of(Folder).Single(fixture => fixture.Name == "image_with_words").Body).RootElement
            .GetProperty("entry")[0].GetProperty("messaging")[0];
        Mutation.Some.Sample(mutations =>
        {
            var body = Body($"{Sibling("BEFORE")},{Mutation.Apply(item, mutations)},{Sibling("AFTER")}");
            var ids = Channel.Read(body).OfType<MessageReceived>()
                .Where(found => found.Content is TextContent { Body: "intact" }).Select(found => found.ExternalId);
            // Only what is no JSON at all, or too deep for any parser's patience, may take its siblings along.
            if (IsJson(body)) Assert.Equal(["BEFORE", "AFTER"], ids);
        }, iter: Count / 3);
    }

    [Fact]
    public void A_slice_reads_like_its_part_of_the_whole()
    {
        var documents = Fixture.Of(Folder).Where(fixture => !fixture.Name.StartsWith("odd", StringComparison.Ordinal))
            .Select(fixture => JsonDocument.Parse(fixture.Body).RootElement).ToArray();
        Gen.Select(Mutation.OneOf(documents), Mutation.Some).Sample((document, mutations) =>
        {
            var body = Encoding.UTF8.GetBytes(Mutation.Apply(document, mutations));
            foreach (var account in new[] { Accounts.One, Accounts.Other })
            {
                var cut = ((ISlicesWebhooks)Channel).Slice(body, route => route.Account == account);
                Assert.Equal(Said(body, account), Said(cut, account));
                Assert.All(Channel.Read(cut), found => Assert.True(found is Anomalous || found.Route.Account == account));
            }
        }, iter: Count / 10);
    }

    private IEnumerable<ChannelEvent> Said(byte[] body, string account) =>
        Channel.Read(body).Where(found => found.Route.Account == account && found is not Anomalous);

    private static string Sibling(string id) =>
        $$$"""{"sender":{"id":"77001"},"recipient":{"id":"1"},"timestamp":1753000001000,"message":{"mid":"{{{id}}}","text":"intact"}}""";

    private byte[] Body(string items) =>
        Encoding.UTF8.GetBytes($$$"""{"object":"{{{Kind}}}","entry":[{"id":"{{{Accounts.One}}}","time":1,"messaging":[{{{items}}}]}]}""");

    private static bool IsJson(byte[] body)
    {
        try
        {
            JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 48 }).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
