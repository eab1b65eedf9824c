namespace ChatOperator.Sandbox.Control;

/// <summary>Files that customers choose on their phones, and files that phones show.</summary>
internal static class MediaControl
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    public static void Map(RouteGroupBuilder control, World world)
    {
        control.MapPost("/media", async (HttpRequest request, string? filename) =>
        {
            using var bytes = new MemoryStream();
            await request.Body.CopyToAsync(bytes);
            var file = world.Media.Put(bytes.ToArray(), request.ContentType ?? "application/octet-stream", filename, world.Time.GetUtcNow() + Life);
            return Results.Json(new { id = file.Id });
        });
        control.MapGet("/media/{id}", (string id) =>
            world.Media.Find(id, world.Time.GetUtcNow()) is { } file ? Results.Bytes(file.Bytes, file.MimeType, enableRangeProcessing: true) : Results.NotFound());
    }
}
