using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace SaaS.Workflows.Designing.Sheets.Xlsx;

/// <summary>A sheet of a workbook: its name, and its cells as text. What a formula reckoned is read, the formula is not.</summary>
public sealed record XlsxSheet(string Name, IReadOnlyList<IReadOnlyList<string>> Cells);

/// <summary>
/// Reads the cells of an Office Open XML workbook, as Excel and Hancom write them. Files come from anywhere: everything is bounded before
/// it is unpacked further, and nothing outside the file is ever looked at.
/// </summary>
public sealed class XlsxReader
{
    public const int MostBytes = 2 << 20;

    private const int MostColumns = 100;
    private const int MostParts = 300;
    private const long MostUnpacked = 32L << 20;

    /// <summary>How a number of a cell is written as text.</summary>
    internal const string NumberFormat = "0.######";

    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = false };

    private readonly Dictionary<string, byte[]> _parts;
    private readonly List<string> _texts;

    private XlsxReader(Dictionary<string, byte[]> parts)
    {
        _parts = parts;
        _texts = Part("xl/sharedStrings.xml") is { } shared ? ReadTexts(shared) : [];
    }

    /// <exception cref="XlsxException">The file cannot be read.</exception>
    public static IReadOnlyList<XlsxSheet> Read(byte[] file)
    {
        if (file.Length > MostBytes)
        {
            throw TooLarge();
        }

        try
        {
            return new XlsxReader(Unpack(file)).ReadSheets();
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or FormatException)
        {
            throw new XlsxException("엑셀 통합 문서(.xlsx)가 아니거나 손상된 파일입니다. 엑셀이나 한셀에서 .xlsx로 다시 저장해 주세요.", "This is no workbook (.xlsx), or it is damaged: save it again as .xlsx.", broken);
        }
    }

    // Counted while unpacking: what a file says of its own size is not believed.
    private static Dictionary<string, byte[]> Unpack(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        if (archive.Entries.Count > MostParts)
        {
            throw TooLarge();
        }

        var parts = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        var left = MostUnpacked;
        var buffer = new byte[81_920];
        foreach (var entry in archive.Entries.Where(entry => entry.FullName.StartsWith("xl/", StringComparison.OrdinalIgnoreCase) && IsRead(entry.FullName)))
        {
            using var stream = entry.Open();
            using var part = new MemoryStream();
            for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                left -= read;
                if (left < 0)
                {
                    throw TooLarge();
                }

                part.Write(buffer, 0, read);
            }

            parts[entry.FullName] = part.ToArray();
        }

        return parts;
    }

    private static bool IsRead(string name)
        => name.EndsWith("workbook.xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith("workbook.xml.rels", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase) || name.Contains("worksheets/", StringComparison.OrdinalIgnoreCase);

    private XmlReader? Part(string name) => _parts.TryGetValue(name, out var part) ? XmlReader.Create(new MemoryStream(part), Safe) : null;

    private List<XlsxSheet> ReadSheets()
    {
        var targets = new Dictionary<string, string>();
        using (var links = Part("xl/_rels/workbook.xml.rels") ?? throw new InvalidDataException("No workbook."))
        {
            while (links.Read())
            {
                if (links is { NodeType: XmlNodeType.Element, LocalName: "Relationship" })
                {
                    targets[links.GetAttribute("Id") ?? ""] = links.GetAttribute("Target") ?? "";
                }
            }
        }

        var sheets = new List<XlsxSheet>();
        using var workbook = Part("xl/workbook.xml") ?? throw new InvalidDataException("No workbook.");
        while (workbook.Read())
        {
            if (workbook is { NodeType: XmlNodeType.Element, LocalName: "sheet" }
                && targets.TryGetValue(workbook.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships") ?? "", out var target)
                && Part(target.StartsWith('/') ? target[1..] : "xl/" + target) is { } cells)
            {
                using (cells)
                {
                    sheets.Add(new XlsxSheet(workbook.GetAttribute("name") ?? "", ReadCells(cells)));
                }
            }
        }

        return sheets.Count > 0 ? sheets : throw new InvalidDataException("No sheet.");
    }

    private static List<string> ReadTexts(XmlReader shared)
    {
        using (shared)
        {
            var texts = new List<string>();
            while (shared.Read())
            {
                if (shared is { NodeType: XmlNodeType.Element, LocalName: "si" })
                {
                    texts.Add(ReadRuns(shared, "si"));
                }
            }

            return texts;
        }
    }

    // All runs of a text; how a word is to be read aloud (rPh) is not part of it.
    private static string ReadRuns(XmlReader reader, string end)
    {
        var text = new StringBuilder();
        if (reader.IsEmptyElement)
        {
            return "";
        }

        var (isText, isSound) = (false, false);
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.LocalName == end))
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.LocalName == "rPh":
                    isSound = !reader.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "rPh":
                    isSound = false;
                    break;
                case XmlNodeType.Element when reader.LocalName == "t":
                    isText = !reader.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "t":
                    isText = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when isText && !isSound:
                    text.Append(reader.Value);
                    break;
            }
        }

        return text.ToString();
    }

    private List<IReadOnlyList<string>> ReadCells(XmlReader reader)
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                var number = reader.GetAttribute("r") is { } written ? int.Parse(written, NumberStyles.None, CultureInfo.InvariantCulture) : rows.Count + 1;
                if (number > Sheet.MostRows + 1 || number <= rows.Count)
                {
                    throw TooLarge();
                }

                while (rows.Count < number - 1)
                {
                    rows.Add([]);
                }

                row = [];
                rows.Add(row);
            }
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                var column = reader.GetAttribute("r") is { } place ? ColumnOf(place) : row.Count;
                var type = reader.GetAttribute("t");
                while (row.Count <= column)
                {
                    row.Add("");
                }

                row[column] = Plain(ReadCell(reader, type));
            }
        }

        while (rows.Count > 0 && rows[^1].All(text => text.Length == 0))
        {
            rows.RemoveAt(rows.Count - 1);
        }

        return rows;
    }

    private string ReadCell(XmlReader reader, string? type)
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        var value = "";
        var isValue = false;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "c"))
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.LocalName == "is":
                    value = ReadRuns(reader, "is");
                    break;
                case XmlNodeType.Element when reader.LocalName == "v":
                    isValue = !reader.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "v":
                    isValue = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace when isValue:
                    value += reader.Value;
                    break;
            }
        }

        return type switch
        {
            "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _texts.Count ? _texts[index] : throw new InvalidDataException("A text is missing."),
            "b" => value == "1" ? "예" : "아니요",
            null or "n" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => Number(number, value),
            _ => value,
        };
    }

    // Spreadsheets keep 30.1 as 30.100000000000001.
    private static string Number(double number, string written)
        => Math.Abs(number) < 1e15 ? Math.Round((decimal)number, 6).ToString(NumberFormat, CultureInfo.InvariantCulture) : written;

    // The apostrophe that keeps a text from being reckoned is not part of it.
    private static string Plain(string text) => text is ['\'', var sign, ..] && XlsxWriter.IsReckoned(sign) ? text[1..] : text;

    private static int ColumnOf(string place)
    {
        var column = 0;
        foreach (var letter in place.TakeWhile(char.IsAsciiLetter))
        {
            column = (column * 26) + char.ToUpperInvariant(letter) - 'A' + 1;
            if (column > MostColumns)
            {
                throw TooLarge();
            }
        }

        return column > 0 ? column - 1 : throw new InvalidDataException("A cell has no place.");
    }

    private static XlsxException TooLarge() => new(
        $"파일이 너무 큽니다. {Sheet.MostRows:N0}행, {MostColumns}열, {MostBytes >> 20} MB까지 읽습니다. 필요한 표만 새 파일로 저장해 주세요.",
        $"The file is too large: at most {Sheet.MostRows:N0} rows, {MostColumns} columns and {MostBytes >> 20} MB are read. Save the table that is wanted as a file of its own.");
}
