using System.Globalization;
using ChatOperator.Channels.Contract;
using ChatOperator.Outbox;
using CsCheck;
using Xunit;

namespace ChatOperator.Server.Tests.Outbox;

public sealed class TextSplitterTests
{
    private static readonly Gen<string> Word = Gen.OneOf(
        Gen.String[Gen.Char['a', 'z'], 1, 12], Any("👨‍👩‍👧‍👦", "🇦🇷", "e\u0301", "日本語", "¿qué?", "fin.", "https://example.test/a?b=c&d=1.2"));

    private static readonly Gen<string> Words = Word.Array[0, 60].Select(Any(" ", "\n", "\n\n"), (words, gap) => string.Join(gap, words));

    [Theory]
    [InlineData(TextUnit.CodePoints, 40)]
    [InlineData(TextUnit.Utf8Bytes, 60)]
    public void Parts_fit_lose_nothing_and_break_no_grapheme_or_address(TextUnit unit, int limit) =>
        Words.Sample(text =>
        {
            var parts = TextSplitter.Split(text, limit, unit);
            Assert.All(parts, p => Assert.True(TextSplitter.Length(p, unit) <= limit, p));
            Assert.Equal(Visible(text), string.Concat(parts.Select(Visible)));
            Assert.Equal(Graphemes(Visible(text)), parts.SelectMany(p => Graphemes(Visible(p))));
            Assert.Equal(Addresses(text), parts.Sum(Addresses));
        });

    [Fact]
    public void Paragraphs_come_before_sentences_before_words()
    {
        Assert.Equal(["Un párrafo.", "Otro más."], TextSplitter.Split("Un párrafo.\n\nOtro más.", 16, TextUnit.CodePoints));
        Assert.Equal(["Primera frase.", "La segunda."], TextSplitter.Split("Primera frase. La segunda.", 20, TextUnit.CodePoints));
        Assert.Equal(["solo palabras", "sueltas"], TextSplitter.Split("solo palabras sueltas", 15, TextUnit.CodePoints));
    }

    private static Gen<string> Any(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static string Visible(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static List<string> Graphemes(string text)
    {
        var found = new List<string>();
        for (var e = StringInfo.GetTextElementEnumerator(text); e.MoveNext();) found.Add(e.GetTextElement());
        return found;
    }

    private static int Addresses(string text) => text.Split("https://example.test/a?b=c&d=1.2").Length - 1;
}
