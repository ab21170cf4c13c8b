namespace SaaS.Workflows.Designing.Sheets.Xlsx;

/// <summary>A file that is no workbook, or a larger one than any programme needs.</summary>
public sealed class XlsxException(string ko, string en, Exception? inner = null) : Exception(en, inner)
{
    public string Ko { get; } = ko;
}
