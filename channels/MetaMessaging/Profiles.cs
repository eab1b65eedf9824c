using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>Asks who is behind an id. People who never agreed, and those who blocked the account, stay nameless.</summary>
internal static class Profiles
{
    public static async Task<ProfileAnswer> AskAsync(Graph graph, string address, string fields, Connection connection, CancellationToken cancel)
    {
        var answer = await graph.GetAsync(connection, $"{Uri.EscapeDataString(address)}?fields={fields}", cancel);
        using var json = answer.Json();
        if (!answer.IsSuccess)
        {
            var failure = graph.FailureOf(answer, json);
            // A token that does not work today may be replaced tomorrow, and a permission be granted; a person that is not shown stays so.
            return new NoProfile(graph.Words[failure.Code].Message.En, failure.Retriable || failure.Reaction == FailureReaction.PauseAccount);
        }

        var person = json.Root;
        var whole = string.Join(' ', new[] { person.Words("first_name"u8), person.Words("last_name"u8) }.Where(part => part is not null));
        return new FoundProfile(
            person.Words("name"u8)?.Cut(200) ?? (whole.Length > 0 ? whole.Cut(200) : null), person.Words("username"u8)?.Cut(200),
            person.Words("profile_pic"u8));
    }
}
