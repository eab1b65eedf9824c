using ChatOperator.Channels.Contract;
using Xunit;

namespace ChatOperator.Channels.Tests;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+55 11 95555-0101", "551155550101", "phone:5511955550101")] // Brazil: with and without the ninth digit
    [InlineData("5215555550102", "+52 55 5555 0102", "phone:525555550102")] // Mexico: the 1 that was dropped in 2019
    [InlineData("+54 9 11 5555-0101", "541155550101", "phone:5491155550101")] // Argentina: the 9 of mobiles from abroad
    [InlineData("+1 (415) 555-0100", "14155550100", "phone:14155550100")]
    public void Spellings_of_one_number_give_one_key(string one, string other, string key)
    {
        Assert.Equal(key, PhoneNumber.Identify(one)?.Key);
        Assert.Equal(key, PhoneNumber.Identify(other)?.Key);
        Assert.Equal(one, PhoneNumber.Identify(one)?.Value);
    }

    [Theory]
    [InlineData("+34911555010", "+34611555010")]
    [InlineData("5511955550101", "5521955550101")]
    [InlineData("525555550102", "525555550103")]
    [InlineData("5491155550101", "5492215550101")]
    public void Different_numbers_stay_different(string one, string other) =>
        Assert.NotEqual(PhoneNumber.Identify(one)?.Key, PhoneNumber.Identify(other)?.Key);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("1234")]
    [InlineData("1234567890123456")]
    [InlineData("0541155550101")]
    [InlineData("AR.24681357902468")]
    [InlineData("٥٤٩١١٥٥٥٥٠١٠١")]
    [InlineData("+5491155550101\u0000")]
    public void What_is_no_number_is_none(string? written) => Assert.Null(PhoneNumber.Identify(written));

    [Fact]
    public void Digits_are_exactly_those_received() => Assert.Equal("541155550101", PhoneNumber.Digits("+54 (11) 5555.0101"));
}
