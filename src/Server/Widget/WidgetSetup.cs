namespace ChatOperator.Widget;

/// <summary>The network behind the web widget: visitors' sessions, posting, receipts and their stream.</summary>
internal static class WidgetSetup
{
    public static void AddWidget(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<VisitorTokens>().AddSingleton<WidgetLimits>().AddSingleton<WidgetGate>().AddSingleton<VisitorInlet>();
        services.AddSingleton<OpenSession>().AddSingleton<ReadThread>().AddSingleton<PostMessage>().AddSingleton<VisitorFiles>().AddSingleton<AcknowledgeMessages>();
        services.AddSingleton<VisitorStream>();
    }
}
