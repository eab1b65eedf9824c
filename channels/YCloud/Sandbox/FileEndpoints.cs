using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatOperator.Sandbox.YCloud;

/// <summary>Files: uploaded for sending, and received ones by a link that first opens to anybody and later only with a key.</summary>
internal sealed class FileEndpoints(World world, Numbers numbers)
{
    private static readonly TimeSpan UploadLife = TimeSpan.FromDays(30);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public async Task<IResult> UploadAsync(HttpContext http, string number)
    {
        if (numbers.Authorize(http.Request) is not { } key) return YCloudError.Unauthorized;
        if (numbers.Find(Phones.Digits(Uri.UnescapeDataString(number)), key) is not { } account) return YCloudError.NotFound($"The phone number {number}");
        if (!http.Request.HasFormContentType || (await http.Request.ReadFormAsync()).Files.GetFile("file") is not { } file)
            return new YCloudError(400, "BAD_REQUEST", "file is required.");
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        var stored = world.Media.Put(bytes.ToArray(), file.ContentType, file.FileName, world.Time.GetUtcNow() + UploadLife, account.Id);
        return Results.Json(new { id = stored.Id });
    }

    /// <summary>A fresh link to a received file.</summary>
    public Uri LinkTo(MediaFile file)
    {
        var open = numbers.All.FirstOrDefault(one => one.Id == file.Owner)?.Settings.LinkOpenMs ?? 0;
        var until = (world.Time.GetUtcNow() + TimeSpan.FromMilliseconds(open)).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return new Uri(world.MediaAddress, $"/v2/whatsapp/media/download/{file.Id}?exp={until}&sig={Hash(file.Id, until)}");
    }

    public void MapDownload(IEndpointRouteBuilder media) =>
        media.MapGet("/v2/whatsapp/media/download/{id}", (HttpContext http, string id, string? exp, string? sig) =>
        {
            var now = world.Time.GetUtcNow();
            var open = exp is not null && sig == Hash(id, exp) && long.Parse(exp, CultureInfo.InvariantCulture) > now.ToUnixTimeMilliseconds();
            if (!open && numbers.Authorize(http.Request) is null) return YCloudError.Unauthorized;
            return world.Media.Find(id, now) is { } file ? Results.Bytes(file.Bytes, file.MimeType) : YCloudError.NotFound($"The file {id}");
        });

    private string Hash(string id, string until) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{id}/{until}")))[..24];
}
