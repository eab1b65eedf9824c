namespace ChatOperator.ChannelAccounts;

internal static class ChannelAccountsSetup
{
    public static void AddChannelAccounts(this WebApplicationBuilder builder) => builder.Services.AddSingleton<AccountDirectory>();
}
