using System.Text;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;
using CsCheck;
using Xunit;

namespace ChatOperator.Channels.Chatwoot.Tests;

/// <summary>Spoiled webhooks of Chatwoot.</summary>
public sealed class ChatwootFuzz : FuzzContract
{
    protected override IChannel Channel { get; } = new ChatwootChannel();

    protected override string Folder => "Chatwoot";

    /// <summary>However it is spoiled: as long as it does not plainly say "public", its words appear in nothing that is stored or shown.</summary>
    [Fact]
    public void No_spoiled_note_is_ever_read_as_something_said()
    {
        var notes = Fixture.Of(Folder).Where(fixture => fixture.Name.StartsWith("private", StringComparison.Ordinal))
            .Select(fixture => JsonDocument.Parse(fixture.Body).RootElement).ToArray();
        Assert.NotEmpty(notes);
        Gen.Select(Mutation.OneOf(notes), Mutation.Some).Sample((note, mutations) =>
        {
            var text = Mutation.Apply(note, mutations);
            if (!IsNote(text)) return;
            foreach (var found in Channel.Read(Encoding.UTF8.GetBytes(text)))
            {
                if (found is MessageEchoed or MessageEdited or MessageReceived) Assert.Fail($"{text}\n{found}");
            }
        }, iter: Count / 3);
    }

    private static bool IsNote(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 48 });
            return json.RootElement.ValueKind == JsonValueKind.Object
                && !(json.RootElement.TryGetProperty("private", out var said) && said.ValueKind == JsonValueKind.False);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
