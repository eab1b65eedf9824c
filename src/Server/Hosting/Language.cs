namespace ChatOperator.Hosting;

/// <summary>Which of our languages a caller reads.</summary>
internal static class Language
{
    /// <summary><c>es</c> or <c>en</c>: the one the header Accept-Language ranks higher, English when it names neither.</summary>
    public static string Of(HttpRequest request)
    {
        foreach (var wish in request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1))
        {
            if (wish.Value.StartsWith("es", StringComparison.OrdinalIgnoreCase)) return "es";
            if (wish.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return "en";
        }
        return "en";
    }
}
