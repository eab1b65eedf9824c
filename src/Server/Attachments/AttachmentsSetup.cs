using ChatOperator.Attachments.Facts;
using ChatOperator.Attachments.Inbound;
using ChatOperator.Attachments.Store;

namespace ChatOperator.Attachments;

internal static class AttachmentsSetup
{
    public static void AddAttachments(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<MediaStore>().AddSingleton<MediaLinks>().AddSingleton<KeepFile>().AddSingleton<Ffmpeg>().AddSingleton<Film>();
        services.AddSingleton<Fetch>().AddSingleton<FetchOutcomes>();
        services.AddSingleton<FetchQueue>().AddHostedService(s => s.GetRequiredService<FetchQueue>());
        services.AddSingleton<Retention>().AddHostedService(s => s.GetRequiredService<Retention>());
    }

    public static void MapAttachments(this WebApplication app) => app.MapMedia();
}
