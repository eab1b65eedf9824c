using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ChatOperator.Db;

/// <summary>SQLite cannot order text times with offsets; numbers it can.</summary>
internal sealed class MillisecondsConverter() : ValueConverter<DateTimeOffset, long>(
    moment => moment.ToUnixTimeMilliseconds(), value => DateTimeOffset.FromUnixTimeMilliseconds(value));

/// <summary>Half the size of text, and version 7 ids keep their order by time.</summary>
internal sealed class BigEndianGuidConverter() : ValueConverter<Guid, byte[]>(
    id => id.ToByteArray(true), bytes => new Guid(bytes, true));

/// <summary>Enums are stored as words: TakeOver is take_over.</summary>
internal sealed class WordConverter<T>() : ValueConverter<T, string>(value => Word.Of(value), word => Word.Read<T>(word))
    where T : struct, Enum;

/// <summary>The stored and printed word of an enum value.</summary>
public static class Word
{
    /// <summary>snake_case of the value's name.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Words<T>.ByValue[value];

    /// <exception cref="FormatException">No value has this word.</exception>
    public static T Read<T>(string word) where T : struct, Enum =>
        Words<T>.ByWord.TryGetValue(word, out var value) ? value : throw new FormatException($"{word} is not a {typeof(T).Name}.");

    /// <summary>False when no value has this word.</summary>
    public static bool TryRead<T>(string word, out T value) where T : struct, Enum => Words<T>.ByWord.TryGetValue(word, out value);

    private static class Words<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue =
            Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));

        public static readonly Dictionary<string, T> ByWord = ByValue.ToDictionary(p => p.Value, p => p.Key);
    }
}
