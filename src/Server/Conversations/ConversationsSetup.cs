using ChatOperator.Contacts;

namespace ChatOperator.Conversations;

internal static class ConversationsSetup
{
    public static void AddConversations(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpClient(nameof(ReadReceipts)).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        builder.Services.AddSingleton<ReadReceipts>();
        builder.Services.AddHostedService(s => s.GetRequiredService<ReadReceipts>());
        builder.Services.AddHostedService<HeldUntilSweep>();
    }

    public static void MapConversations(this WebApplication app)
    {
        app.MapContacts();
        app.MapChats();
    }
}
