using System.Buffers;

namespace ChatOperator.Agents.Knowledge.Words;

/// <summary>The two languages whose words we know.</summary>
internal static class Tongue
{
    public const string Spanish = "es";
    public const string English = "en";

    private static readonly HashSet<string> SpanishWords = Words("""
        a al algo algun alguna ahora aqui asi ayer buen buena buenas bueno buenos como con cual cuales cuando cuanta cuanto cuantos cuesta de del
        desde dia dias donde dos el ella ellos en entre era es esa ese eso esta estan estas este esto estoy fue gracias hace hacen haces hacer
        hago hasta hay he hola hora hoy la las le les lo los luego mas me mi mis muy nada necesito no nos o otra otro para pero podes podria puede
        pueden puedes puedo por porque q que quien quiero quisiera se ser si sin sobre son soy su sus tambien tan te tenes tengo tienen tiene
        tienes todo todos tu tus un una uno unos usted ustedes va vas venden voy vos y ya yo
        """);

    private static readonly HashSet<string> EnglishWords = Words("""
        a about after again all also am an and any are as at be been before but by can cannot could did do does doing done don each for from get
        give go going good had has have hello help hey hi his how i if in into is it its just know like ll look make many may me much must my need
        no not now of off on one open or our out please re sell she should so some tell than thank thanks that the their them then there these
        they this those to today too until up us use very want was we were what when where which who why will with would yes you your
        """);

    private static readonly SearchValues<char> OnlySpanish = SearchValues.Create("ñÑ¿¡");
    private static readonly SearchValues<char> Accents = SearchValues.Create("áéíóúÁÉÍÓÚ");

    /// <summary><c>es</c>, <c>en</c>, or null when the text does not tell.</summary>
    public static string? Of(string text)
    {
        if (text.AsSpan().ContainsAny(OnlySpanish)) return Spanish;
        var (spanish, english) = (0, 0);
        foreach (var word in Letters.Words(text))
        {
            // "a", "no" and their kin speak for neither.
            var (es, en) = (SpanishWords.Contains(word), EnglishWords.Contains(word));
            if (es && !en) spanish++;
            if (en && !es) english++;
        }
        // Accents are rare in English, and people who write Spanish in a hurry leave them out.
        if (text.AsSpan().ContainsAny(Accents)) spanish++;
        return spanish == english ? null : spanish > english ? Spanish : English;
    }

    private static HashSet<string> Words(string list) =>
        [.. list.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];
}
