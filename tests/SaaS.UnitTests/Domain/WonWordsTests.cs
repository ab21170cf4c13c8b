using SaaS.Domain.Money;
using Xunit;

namespace SaaS.UnitTests.Domain;

/// <summary>Officials write amounts in units of ten thousand and of a hundred million.</summary>
public sealed class WonWordsTests
{
    [Theory]
    [InlineData("1억", 100_000_000)]
    [InlineData("1억 2천만 원", 120_000_000)]
    [InlineData("2억5000만", 250_000_000)]
    [InlineData("1.5억", 150_000_000)]
    [InlineData("2천5백만원", 25_000_000)]
    [InlineData("10조", 10_000_000_000_000)]
    [InlineData("1,500억", 150_000_000_000)]
    [InlineData("천만", 10_000_000)]
    [InlineData("1만 1", 10_001)]
    public void An_amount_is_read_as_it_is_written(string written, long won)
    {
        Assert.True(WonWords.TryRead(written, out var read));
        Assert.Equal(won, read);
    }

    [Theory]
    [InlineData("120,000,000")]
    [InlineData("억")]
    [InlineData("1만억")]
    [InlineData("반억")]
    [InlineData("0.00001만")]
    [InlineData("-1억")]
    [InlineData("1억 오천만")]
    [InlineData("99999999조")]
    [InlineData("")]
    public void What_is_no_such_amount_is_not_guessed_at(string written) => Assert.False(WonWords.TryRead(written, out _));
}
