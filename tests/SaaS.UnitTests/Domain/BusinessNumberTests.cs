using SaaS.Domain.Firms;
using Xunit;

namespace SaaS.UnitTests.Domain;

public sealed class BusinessNumberTests
{
    [Theory]
    [InlineData("124-81-00998")]
    [InlineData("1208147521")]
    [InlineData(" 120 81 47521 ")]
    public void A_number_with_the_right_check_digit_is_read_as_people_type_it(string typed)
        => Assert.True(BusinessNumber.TryParse(typed, out _, out _));

    [Fact]
    public void It_is_written_with_hyphens()
    {
        Assert.True(BusinessNumber.TryParse("1248100998", out var number, out _));
        Assert.Equal("124-81-00998", number.ToString());
    }

    [Theory]
    [InlineData("124-81-00997", "business-number-check")]
    [InlineData("000-00-00000", "business-number-check")]
    [InlineData("124-81-0099", "business-number-form")]
    [InlineData("12a-81-00998", "business-number-form")]
    [InlineData(null, "business-number-form")]
    public void A_mistyped_number_is_refused_with_what_is_wrong(string? typed, string code)
    {
        Assert.False(BusinessNumber.TryParse(typed, out _, out var problem));
        Assert.Equal(code, problem.Code);
    }
}
