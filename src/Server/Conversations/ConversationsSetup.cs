using ChatOperator.Contacts;
using ChatOperator.Conversations.Profiles;
using ChatOperator.Conversations.Search;

namespace ChatOperator.Conversations;

internal static class ConversationsSetup
{
    public static void AddConversations(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HolderChanges>();
        builder.Services.AddSingleton<ContactSigns>();
        builder.Services.AddHostedService(s => s.GetRequiredService<ContactSigns>());
        builder.Services.AddHostedService<HeldUntilSweep>();
        builder.Services.AddHostedService<ProfileSweep>();
        builder.Services.AddSingleton<ConversationSearch>();
        builder.Services.AddSingleton<SearchIndex>();
        builder.Services.AddHostedService<SearchFollower>();
    }

    public static void MapConversations(this WebApplication app)
    {
        app.MapContacts();
        app.MapChats();
        app.MapOverrideRecord();
    }
}
