using SaaS.Web.Kit;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Designing.Sheets;
using SaaS.Workflows.Designing.Sheets.Xlsx;
using SaaS.Workflows.Programmes;

namespace SaaS.Web.Designer.Tables;

/// <summary>What the tables of a programme are called in a workbook, in the language of the page.</summary>
internal static class SheetNames
{
    /// <summary>By step and table: the same table is found again in a workbook of all.</summary>
    public static string Of(Design design, string step, Sheet sheet)
        => Of(design.Definition.Root.Flowchart.Activities.First(activity => activity.Id == step), sheet);

    public static XlsxSheet Write(Design design, string step, Sheet sheet)
        => new(Of(design, step, sheet), [sheet.Titles(!Language.IsKorean), .. sheet.Write(design, step, !Language.IsKorean)]);

    /// <summary>One sheet a table; the payments of a way stand once, with its first.</summary>
    public static IReadOnlyList<XlsxSheet> WriteAll(Design design)
        => [.. from step in design.Definition.Root.Flowchart.Activities
               from sheet in ProgrammeSheets.Of(step)
               where sheet.Name != "tranches" || design.PaymentsWith(step.Id)[0] == step.Id
               select Write(design, step.Id, sheet)];

    private static string Of(ActivityDefinition step, Sheet sheet)
    {
        var name = StepNames.Of(step);
        return XlsxWriter.NameOf(Language.Of($"{sheet.Title.Ko} {name.Ko}", $"{sheet.Title.En} {name.En}"));
    }
}
