using System.Text;

namespace SaaS.Workflows.Designing.Sheets;

/// <summary>Cells as spreadsheets put them on the clipboard: tabs between cells, a line a row, quotes around cells with line breaks.</summary>
public static class SheetText
{
    /// <summary>The rows; one row of one cell for a text without tabs and line breaks. Reads no further than <see cref="Sheet.MostRows"/> rows and one.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Parse(string text)
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var (isQuoted, isBegun) = (false, false);
        for (var at = 0; at < text.Length && rows.Count <= Sheet.MostRows; at++)
        {
            var letter = text[at];
            if (isQuoted)
            {
                if (letter == '"' && at + 1 < text.Length && text[at + 1] == '"')
                {
                    cell.Append('"');
                    at++;
                }
                else if (letter == '"')
                {
                    isQuoted = false;
                }
                else
                {
                    cell.Append(letter);
                }
            }
            else if (letter == '"' && cell.Length == 0 && Closes(text, at))
            {
                isQuoted = true;
            }
            else if (letter == '\t')
            {
                EndCell();
            }
            else if (letter is '\n' or '\r')
            {
                EndCell();
                rows.Add(row);
                row = [];
                isBegun = false;
                at += letter == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 1 : 0;
                continue;
            }
            else
            {
                cell.Append(letter);
            }

            isBegun = true;
        }

        if (isBegun || cell.Length > 0)
        {
            EndCell();
            rows.Add(row);
        }

        return rows;

        void EndCell()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }
    }

    // A quote that nothing closes before a tab or a line break is a sign like any other: "" is how an empty text is written.
    private static bool Closes(string text, int at)
    {
        for (var end = at + 1; end < text.Length; end++)
        {
            if (text[end] == '"')
            {
                if (end + 1 < text.Length && text[end + 1] == '"')
                {
                    end++;
                    continue;
                }

                return end > at + 1 && (end + 1 == text.Length || text[end + 1] is '\t' or '\n' or '\r');
            }
        }

        return false;
    }
}
