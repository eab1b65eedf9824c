using ChatOperator.Attachments;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace ChatOperator.Outbox.Files;

/// <summary>Files are uploaded one by one before the message that carries them, so that each has its progress and can be called off.</summary>
internal static class UploadEndpoints
{
    public static void MapUploads(this WebApplication app)
    {
        var uploads = app.MapGroup("/admin/attachments").WithTags("Messages").RequireAuthorization(Access.Write);
        uploads.MapPost("", UploadAsync).Accepts<IFormFile>("multipart/form-data").Produces<AttachmentView>(StatusCodes.Status201Created)
            .WithSummary("Upload a file for a message to this conversation; send it with its id within a day");
        uploads.MapDelete("/{id:guid}", RemoveAsync).WithSummary("Take back an upload that was not sent");
    }

    private static async Task<IResult> UploadAsync(
        [FromQuery(Name = "conversation_id")] Guid conversationId, bool? voice, UploadFile upload, HttpRequest request, CancellationToken cancel) =>
        TypedResults.Json(await upload.RunAsync(conversationId, voice == true, request, cancel), statusCode: StatusCodes.Status201Created);

    private static async Task<IResult> RemoveAsync(Guid id, UploadFile upload, CancellationToken cancel)
    {
        await upload.RemoveAsync(id, cancel);
        return TypedResults.NoContent();
    }
}
