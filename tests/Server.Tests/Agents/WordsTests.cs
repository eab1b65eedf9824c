using ChatOperator.Agents.Knowledge.Answering;
using ChatOperator.Agents.Knowledge.Words;
using Xunit;

namespace ChatOperator.Server.Tests.Agents;

/// <summary>What the embedded answerer knows of the two languages: whoever adds words to a pack is told here what they break.</summary>
public sealed class WordsTests
{
    [Fact]
    public void No_two_meanings_share_a_stem_unless_a_word_has_both()
    {
        var words = Meanings.Listed().Where(l => l.Meaning[0] != Meanings.Hint).GroupBy(l => (l.Tongue, l.Word), l => l.Meaning)
            .Select(g => (g.Key.Tongue, g.Key.Word, Stem: Pack.Of(g.Key.Tongue).Stem(g.Key.Word), Meanings: g.ToHashSet())).ToList();
        var collisions = from one in words
                         from other in words
                         where one.Tongue == other.Tongue && one.Stem == other.Stem && string.CompareOrdinal(one.Word, other.Word) < 0 && !one.Meanings.Overlaps(other.Meanings)
                         select $"{one.Word} {string.Join(' ', one.Meanings)} and {other.Word} {string.Join(' ', other.Meanings)} are both {one.Stem}";
        var told = string.Join('\n', collisions);
        Assert.True(told.Length == 0, told);
    }

    [Theory]
    [InlineData("casamiento", "casa"), InlineData("estacionamiento", "esta"), InlineData("atencion", "atender"), InlineData("mesas", "mensaje")]
    public void Different_words_have_different_stems(string one, string other) => Assert.NotEqual(SpanishStem.Of(one), SpanishStem.Of(other));

    [Theory]
    [InlineData("envios", "enviamos"), InlineData("cierra", "cerrar"), InlineData("orario", "horarios"), InlineData("cancelacion", "cancelar"), InlineData("enviarmelo", "envian")]
    public void Forms_of_one_word_share_its_stem(string one, string other) => Assert.Equal(SpanishStem.Of(one), SpanishStem.Of(other));

    [Theory]
    [InlineData("gift cards?", "en"), InlineData("wifi password?", "en"), InlineData("ok thanks", "en"), InlineData("delivery fee?", "en")]
    [InlineData("direccion", "es"), InlineData("q horario tienen", "es"), InlineData("medialunas?", "es"), InlineData("10", null)]
    public void A_few_words_tell_the_language(string text, string? tongue) => Assert.Equal(tongue, Tongue.Of(text));

    [Theory]
    [InlineData("👍"), InlineData("jaja"), InlineData("está bien"), InlineData("Ah ok"), InlineData("ok perfecto"), InlineData("dale"), InlineData("buenísimo"), InlineData("lol"), InlineData("sounds good")]
    public void An_acknowledgement_asks_nothing(string text) => Assert.Contains(Intents.Of(text), (Intent[])[Intent.Acknowledgement, Intent.Yes]);

    [Theory]
    [InlineData("Bien, gracias"), InlineData("Bueno, gracias"), InlineData("Gracias, muy amable"), InlineData("thank you, that helps"), InlineData("🙏"), InlineData("graciasss!!")]
    public void Thanks_are_thanks(string text) => Assert.Equal(Intent.Thanks, Intents.Of(text));

    [Theory]
    [InlineData("¿y qué tienen?"), InlineData("gracias, y la dirección?"), InlineData("hola, medialunas"), InlineData("ok y el envio"), InlineData("¿Tienen vino frío?"), InlineData("thanks, what time do you close")]
    [InlineData("Necesito una torta para pasado mañana, llego?"), InlineData("I'd like to know how to order"), InlineData("quiero cancelar mi pedido de pan"), InlineData("necesito catering para 30 personas")]
    public void What_asks_is_a_question(string text) => Assert.Equal(Intent.Question, Intents.Of(text));

    [Theory]
    [InlineData("estoy enojado"), InlineData("estoy indignada con ustedes"), InlineData("Estoy cansado de esperar"), InlineData("La torta llegó toda aplastada"), InlineData("the bread was completely burnt")]
    public void A_complaint_is_one_in_any_form_of_its_words(string text) => Assert.Equal(Intent.Complaint, Intents.Of(text));

    [Theory]
    [InlineData("¿Alguien me atiende?"), InlineData("quisiera hablar con el encargado"), InlineData("dónde está mi pedido?"), InlineData("can I speak to someone"), InlineData("call me please")]
    public void Who_wants_a_person_is_understood(string text) => Assert.Equal(Intent.WantsPerson, Intents.Of(text));

    [Theory]
    [InlineData("dos docenas de medialunas para mañana a las 9"), InlineData("anotame una torta de chocolate para el sábado"), InlineData("quiero 2 baguettes y un pan de molde para el sábado")]
    [InlineData("I want to order 3 ciabattas for Friday morning"), InlineData("can I get a dozen croissants for tomorrow at 10")]
    public void An_order_is_for_a_person(string text) => Assert.Equal(Intent.Order, Intents.Of(text));
}
