using NodaTime;
using SaaS.Domain.Calendar;
using Xunit;

namespace SaaS.UnitTests.Domain;

public sealed class WorkingDaysTests
{
    [Theory]
    [InlineData("2025-03-04", 10, "2025-03-18")]
    [InlineData("2025-04-30", 3, "2025-05-07")] // Children's Day, Buddha's birthday and its substitute lie between.
    [InlineData("2025-10-02", 1, "2025-10-10")] // Chuseok.
    [InlineData("2025-03-07", 0, "2025-03-07")]
    [InlineData("2026-02-13", 1, "2026-02-19")] // Seollal.
    public void A_period_ends_on_its_last_working_day(string from, int days, string last)
        => Assert.Equal(Day(last), WorkingDays.After(Day(from), days));

    private static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}
