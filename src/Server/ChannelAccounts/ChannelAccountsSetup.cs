namespace ChatOperator.ChannelAccounts;

/// <summary>Accounts: connecting, changing and testing them, and finding them for webhooks and sends.</summary>
internal static class ChannelAccountsSetup
{
    public static void AddChannelAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AccountDirectory>();
        builder.Services.AddSingleton<SharedRate>();
        builder.Services.AddScoped<AccountEditing>();
        builder.Services.AddHostedService<TokenSweep>();
    }

    public static void MapChannelAccounts(this WebApplication app) => app.MapAccounts();
}
