using System.Text;
using System.Text.Json;
using CsCheck;

namespace ChatOperator.Channels.Tests;

/// <summary>One way to spoil a JSON document: at the so-many-th value of it, do this.</summary>
public sealed record Mutation(int Where, MutationKind Kind, string Fragment)
{
    /// <summary>What networks do not send: wrong kinds, numbers out of range, escapes that are no text, depth, near misses.</summary>
    private static readonly string[] Fragments =
    [
        "null", "true", "0", "-1", "1e400", "-0.0", "123456789012345678901234567890", "1753000001", "\"1753000001\"", "\"99999999999999999999\"",
        "\"\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"a\\/b\\\\\\\"\\n\"", "[]", "{}", "[[[]]]", "[null]",
        "{\"\":{}}", "{\"\\ud800\":1}", "{\"a\":1,\"a\":2}", "{\"id\":{\"id\":{\"id\":\"x\"}}}", "[{\"code\":\"131047\"},{\"code\":1e99}]",
        "\"5511955550101\"", "\"+\"", "\"text\"", "\"image\"", "\"system\"", "\"reaction\"", "\"edit\"", "\"interactive\"", "\"failed\"", "\"messages\"",
        "\"user_preferences\"", "\"smb_message_echoes\"", "\"account_update\"", Deep(100), Deep(30), $"\"{new string('x', 700)}\"",
    ];

    /// <summary>A few mutations of any kind, anywhere.</summary>
    public static readonly Gen<Mutation[]> Some = Gen.Select(
        Gen.Int[0, 400], Gen.Enum<MutationKind>(), OneOf(Fragments), (where, kind, fragment) => new Mutation(where, kind, fragment)).Array[0, 4];

    /// <summary>Any one of these.</summary>
    public static Gen<T> OneOf<T>(IReadOnlyList<T> values) => Gen.Int[0, values.Count - 1].Select(index => values[index]);

    /// <summary>Writes a document with mutations in it.</summary>
    public static string Apply(JsonElement document, IReadOnlyList<Mutation> mutations)
    {
        var text = new StringBuilder();
        var count = 0;
        Write(document, mutations, text, ref count);
        return text.ToString();
    }

    private static string Deep(int levels) => string.Concat(new string('[', levels), new string(']', levels));

    private static void Write(JsonElement element, IReadOnlyList<Mutation> mutations, StringBuilder text, ref int count)
    {
        var number = count++;
        if (mutations.FirstOrDefault(mutation => mutation.Where == number && mutation.Kind == MutationKind.Replace) is { } replace)
        {
            text.Append(replace.Fragment);
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var property in element.EnumerateObject())
                {
                    var mutation = At(mutations, count);
                    if (mutation?.Kind == MutationKind.Drop)
                    {
                        count++;
                        continue;
                    }

                    Separate(text, '{');
                    var name = mutation?.Kind == MutationKind.Rename ? "\"renamed\"" : JsonSerializer.Serialize(property.Name);
                    if (mutation?.Kind == MutationKind.Repeat) text.Append(name).Append(':').Append(mutation.Fragment).Append(',');
                    text.Append(name).Append(':');
                    Write(property.Value, mutations, text, ref count);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in element.EnumerateArray())
                {
                    var mutation = At(mutations, count);
                    if (mutation?.Kind == MutationKind.Drop)
                    {
                        count++;
                        continue;
                    }

                    Separate(text, '[');
                    if (mutation?.Kind == MutationKind.Repeat) text.Append(mutation.Fragment).Append(',');
                    Write(item, mutations, text, ref count);
                }

                text.Append(']');
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static Mutation? At(IReadOnlyList<Mutation> mutations, int number) => mutations.FirstOrDefault(mutation => mutation.Where == number);

    private static void Separate(StringBuilder text, char opening)
    {
        if (text[^1] != opening) text.Append(',');
    }
}

/// <summary>What a mutation does to the value it stands at.</summary>
public enum MutationKind
{
    /// <summary>Puts its fragment in the value's place.</summary>
    Replace,

    /// <summary>Leaves the value out, with its name if it has one.</summary>
    Drop,

    /// <summary>Puts its fragment before the value, under the same name if it has one.</summary>
    Repeat,

    /// <summary>Gives the property another name.</summary>
    Rename,
}
