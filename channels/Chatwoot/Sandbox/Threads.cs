using System.Collections.Concurrent;

namespace ChatOperator.Sandbox.Chatwoot;

/// <summary>The inboxes, and one conversation of each for every phone. Conversations are known by a number within the account.</summary>
internal sealed class Threads(TimeProvider time, Attachments attachments)
{
    private readonly ConcurrentDictionary<string, ChatwootAccount> _inboxes = new();
    private readonly ConcurrentDictionary<(string Inbox, string Phone), Thread> _byPhone = new();
    private long _lastConversation;
    private long _lastContact = 30;
    private long _lastMessage = 5_000_000;

    public IEnumerable<ChatwootAccount> Inboxes => _inboxes.Values.OrderBy(inbox => inbox.Id, StringComparer.Ordinal);

    /// <exception cref="ControlException">The inbox is missing, or a setting has the wrong type.</exception>
    public ChatwootAccount Connect(System.Text.Json.Nodes.JsonObject settings)
    {
        var id = settings["inbox_id"]?.ToString();
        if (id is not { Length: > 0 }) throw new ControlException("inbox_id is missing");
        if (!_inboxes.TryGetValue(id, out var known)) return _inboxes[id] = new ChatwootAccount(settings, time);
        known.Change(settings);
        return known;
    }

    /// <summary>The conversations of all inboxes of an account.</summary>
    public IEnumerable<Thread> OfAccount(string account) => _byPhone.Values.Where(thread => thread.Inbox.Settings.AccountId == account).OrderBy(thread => thread.Id);

    public long NextMessage() => Interlocked.Increment(ref _lastMessage);

    public Thread Of(ChatwootAccount inbox, Phone phone) => _byPhone.GetOrAdd((inbox.Id, phone.Number), _ =>
        new Thread(inbox, phone, Interlocked.Increment(ref _lastConversation), Interlocked.Increment(ref _lastContact), attachments));

    /// <summary>The conversation of this number, as the token's owner sees it.</summary>
    public Thread? Find(string account, string conversation) => _byPhone.Values.FirstOrDefault(thread =>
        thread.Inbox.Settings.AccountId == account && thread.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == conversation);

    /// <summary>Whether the request may act for this account, and whether as a bot.</summary>
    public ChatwootAccount? Authorize(HttpRequest request, string account)
    {
        var token = request.Headers["api_access_token"].ToString();
        return token.Length == 0 ? null
            : _inboxes.Values.FirstOrDefault(inbox => inbox.Settings.AccountId == account && inbox.Settings.ApiAccessToken == token);
    }

    public void Clear()
    {
        _inboxes.Clear();
        _byPhone.Clear();
    }
}

/// <summary>One conversation.</summary>
/// <param name="Id">Its number within the account, which is what addresses and webhooks say.</param>
internal sealed record Thread(ChatwootAccount Inbox, Phone Phone, long Id, long ContactId, Attachments Attachments)
{
    /// <summary>open, pending, resolved or snoozed. Where an agent bot is the first to answer, conversations begin as pending.</summary>
    public string Status { get; set; } = Inbox.Settings.BotToken ? "pending" : "open";

    /// <summary>The address of the contact's picture.</summary>
    public string Thumbnail => Attachments.AvatarOf(Phone);
}
