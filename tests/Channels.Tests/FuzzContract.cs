using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using CsCheck;
using Xunit;

namespace ChatOperator.Channels.Tests;

/// <summary>
/// Real shapes, spoiled: whatever the bytes, reading gives events that can be kept. <c>dev/fuzz COUNT</c> runs it for longer; what it finds
/// becomes a fixture.
/// </summary>
public abstract class FuzzContract
{
    /// <summary>How many spoiled documents; the other tests take a share of it.</summary>
    protected static readonly int Count =
        int.TryParse(Environment.GetEnvironmentVariable("FUZZ_COUNT"), CultureInfo.InvariantCulture, out var count) ? count : 20_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    protected abstract IChannel Channel { get; }

    protected abstract string Folder { get; }

    [Fact]
    public void Spoiled_documents_read_without_harm()
    {
        var documents = Documents();
        Gen.Select(Mutation.OneOf(documents), Mutation.Some)
            .Sample((document, mutations) => AssertHarmless(Encoding.UTF8.GetBytes(Mutation.Apply(document, mutations))), iter: Count);
    }

    [Fact]
    public void Spoiled_bytes_read_without_harm()
    {
        var bodies = Fixture.Of(Folder).Select(fixture => fixture.Body).Where(body => body.Length > 0).ToArray();
        var spoil = Gen.Select(Gen.Double.Unit, Gen.Byte, (where, value) => (where, value)).Array[1, 6];
        Gen.Select(Mutation.OneOf(bodies), spoil, Gen.Double[0.5, 1.5]).Sample(
            (body, bytes, length) =>
            {
                var spoiled = body.AsSpan(0, Math.Min(body.Length, (int)(body.Length * length))).ToArray();
                foreach (var (where, value) in bytes)
                {
                    if (spoiled.Length > 0) spoiled[(int)(where * (spoiled.Length - 1))] = value;
                }

                AssertHarmless(spoiled);
            },
            iter: Count / 4);
    }

    [Fact]
    public void Random_bytes_are_anomalous() =>
        Gen.Byte.Array[0, 200].Sample(
            bytes =>
            {
                AssertHarmless(bytes);
                Assert.All(Channel.Read(bytes), found => Assert.IsType<Anomalous>(found));
            },
            iter: Count / 10);

    /// <summary>Never throws, reads the same twice, says something, and says it in storable words.</summary>
    protected void AssertHarmless(byte[] body)
    {
        // Plain conditions: a million of xunit's assertions would cost more than what they watch.
        var events = Channel.Read(body);
        if (!events.SequenceEqual(Channel.Read(body))) Assert.Fail("It reads otherwise the second time.");
        if (events.Count == 0 && !MayBeSilent(body)) Assert.Fail("Nothing was said about it.");
        foreach (var found in events)
        {
            AssertStorable(found.ToString());
            foreach (var identity in ReadingContract.People(found).SelectMany(person => person.Identities))
            {
                AssertStorable(identity.Key);
                AssertStorable(identity.Value);
                if (identity.Key.Length > 200) Assert.Fail($"A key too long to be kept: {identity.Key}");
            }
        }
    }

    /// <summary>Whether this body has no item at all; then there is nothing to say.</summary>
    protected virtual bool MayBeSilent(byte[] body) => false;

    private static void AssertStorable(string text)
    {
        Strict.GetByteCount(text);
        if (text.Contains('\0', StringComparison.Ordinal)) Assert.Fail("NUL, which PostgreSQL cannot store.");
    }

    private JsonElement[] Documents() =>
        [.. Fixture.Of(Folder).Where(fixture => !fixture.Name.StartsWith("odd", StringComparison.Ordinal))
            .Select(fixture => JsonDocument.Parse(fixture.Body).RootElement)];
}
