using NodaTime;
using SaaS.Domain.Codes;
using Xunit;

namespace SaaS.UnitTests.Domain;

public sealed class CodesTests
{
    [Theory]
    [InlineData("52", 2024, 1, 18, true)]
    [InlineData("52", 2024, 1, 17, false)]
    [InlineData("45", 2024, 1, 17, true)]
    [InlineData("45", 2024, 1, 18, false)]
    [InlineData("46", 2026, 6, 30, true)]
    [InlineData("46", 2026, 7, 1, false)]
    [InlineData("12", 2026, 7, 1, true)]
    [InlineData("12", 2026, 6, 30, false)]
    [InlineData("48", 2025, 3, 4, true)]
    public void A_region_code_holds_from_its_first_to_its_last_day(string code, int year, int month, int day, bool holds)
        => Assert.Equal(holds, Regions.Find(code)!.HoldsOn(new LocalDate(year, month, day)));

    [Theory]
    [InlineData("45", "52")]
    [InlineData("42", "51")]
    [InlineData("46", "12")]
    [InlineData("29", "12")]
    public void A_code_that_ended_names_its_successor(string code, string successor)
        => Assert.Equal(successor, Regions.Find(code)!.SucceededBy);

    [Fact]
    public void Every_successor_begins_the_day_after()
        => Assert.All(
            Regions.All.Where(region => region.SucceededBy is not null),
            region => Assert.Equal(region.ValidTo!.Value.PlusDays(1), Regions.Find(region.SucceededBy!)!.ValidFrom));

    [Theory]
    [InlineData("46170", 2026, 6, 30, true)]
    [InlineData("46170", 2026, 7, 1, false)]
    [InlineData("48120", 2026, 7, 1, true)]
    [InlineData("52130", 2024, 1, 17, false)]
    public void A_municipality_code_holds_as_long_as_its_regions(string code, int year, int month, int day, bool holds)
        => Assert.Equal(holds, Municipalities.Find(code)!.HoldsOn(new LocalDate(year, month, day)));

    [Fact]
    public void All_25_divisions_of_manufacturing_are_known_and_nothing_else()
    {
        Assert.Equal(Enumerable.Range(10, 25).Select(division => $"C{division}"), Sectors.All.Select(sector => sector.Code));
        Assert.Null(Sectors.Find("C35"));
    }
}
