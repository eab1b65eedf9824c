using System.Text;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;
using CsCheck;
using Xunit;

namespace ChatOperator.Channels.WhatsAppCloud.Tests;

/// <summary>Spoiled WhatsApp webhooks.</summary>
public sealed class WhatsAppCloudFuzz : FuzzContract
{
    protected override IChannel Channel { get; } = new WhatsAppCloudChannel();

    protected override string Folder => "WhatsAppCloud";

    /// <summary>An envelope whose lists are all empty.</summary>
    protected override bool MayBeSilent(byte[] body) =>
        JsonDocument.Parse(body).RootElement.GetProperty("entry").EnumerateArray().All(entry =>
            entry.GetProperty("changes").EnumerateArray().All(change => change.GetProperty("value").EnumerateObject()
                .Any(property => property.Name is "message_echoes" or "user_preferences" && property.Value.GetArrayLength() == 0)));

    [Fact]
    public void A_spoiled_message_never_hides_its_siblings()
    {
        var batch = JsonDocument.Parse(Fixture.Of(Folder).Single(fixture => fixture.Name == "text_without_contacts").Body).RootElement;
        var message = batch.GetProperty("entry")[0].GetProperty("changes")[0].GetProperty("value").GetProperty("messages")[0];
        Mutation.Some.Sample(mutations =>
        {
            var spoiled = Mutation.Apply(message, mutations);
            var body = Body($"{Sibling("wamid.BEFORE")},{spoiled},{Sibling("wamid.AFTER")}");
            var ids = Channel.Read(body).OfType<MessageReceived>()
                .Where(found => found.Content is TextContent { Body: "intact" }).Select(found => found.ExternalId);
            // Only what is no JSON at all, or too deep for any parser's patience, may take its siblings along.
            if (IsJson(body)) Assert.Equal(["wamid.BEFORE", "wamid.AFTER"], ids);
        }, iter: Count / 3);
    }

    [Fact]
    public void A_slice_reads_like_its_part_of_the_whole()
    {
        var documents = Fixture.Of(Folder).Where(fixture => !fixture.Name.StartsWith("odd", StringComparison.Ordinal))
            .Select(fixture => JsonDocument.Parse(fixture.Body).RootElement).ToArray();
        var slicer = (ISlicesWebhooks)Channel;
        Gen.Select(Mutation.OneOf(documents), Mutation.Some).Sample((document, mutations) =>
        {
            var body = Encoding.UTF8.GetBytes(Mutation.Apply(document, mutations));
            foreach (var account in new[] { WhatsAppCloudContract.PhoneNumberId, "106000000000002", null })
            {
                var cut = slicer.Slice(body, route => route.Account == account);
                Assert.Equal(Said(body, account), Said(cut, account));
                Assert.All(Channel.Read(cut), found => Assert.True(found is Anomalous || found.Route.Account == account));
            }
        }, iter: Count / 10);
    }

    private IEnumerable<ChannelEvent> Said(byte[] body, string? account) =>
        Channel.Read(body).Where(found => found.Route.Account == account && found is not Anomalous);

    private static string Sibling(string id) =>
        $$$"""{"from":"5491155550101","id":"{{{id}}}","timestamp":"1753000001","type":"text","text":{"body":"intact"}}""";

    private static byte[] Body(string messages) => Encoding.UTF8.GetBytes(
        """{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"2"},"messages":["""
        + messages + "]}}]}]}");

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
