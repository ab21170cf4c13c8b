using System.Globalization;

namespace SaaS.Workflows.Designing.Sheets;

/// <summary>A cell that cannot be taken over.</summary>
/// <param name="Row">From 1, as a spreadsheet counts.</param>
/// <param name="Column">From 1.</param>
/// <param name="What">What is wrong and what to write.</param>
public sealed record SheetError(int Row, int Column, Words What)
{
    /// <summary>As in a spreadsheet, for example B3.</summary>
    public string Address
    {
        get
        {
            var letters = "";
            for (var left = Column; left > 0; left = (left - 1) / 26)
            {
                letters = (char)('A' + ((left - 1) % 26)) + letters;
            }

            return letters + Row.ToString(CultureInfo.InvariantCulture);
        }
    }
}
