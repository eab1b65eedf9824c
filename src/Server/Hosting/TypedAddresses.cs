namespace ChatOperator.Hosting;

/// <summary>Checking an address that somebody typed into a form, before it is kept and called.</summary>
internal static class TypedAddresses
{
    /// <summary>Adds to <paramref name="errors"/> what is wrong with it. Whether it leads into a private range, which the caller may set.</summary>
    /// <param name="byPlatform">Whether a platform administrator typed it in.</param>
    public static async Task<bool> CheckTypedAsync(
        this OutboundHttp outbound, string text, bool byPlatform, string field, List<FieldError> errors, CancellationToken cancel)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            errors.Add(new(field, "An address such as https://api.example.com is needed."));
            return false;
        }
        var reach = await outbound.ReachOfAsync(url, cancel);
        if (reach == Reach.Private && !byPlatform) errors.Add(new(field, "Addresses of private networks can only be set by a platform administrator."));
        if (reach == Reach.Public && url.Scheme != "https") errors.Add(new(field, "This must begin with https://."));
        return reach == Reach.Private;
    }
}
