using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace SaaS.Workflows.Designing.Sheets.Xlsx;

/// <summary>Writes tables as an Office Open XML workbook: titles in bold that stay in sight, numbers as numbers, texts that no spreadsheet reckons.</summary>
public static class XlsxWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const int LongestName = 31;

    /// <param name="sheets">The first row of each are its titles.</param>
    public static byte[] Write(IEnumerable<XlsxSheet> sheets)
    {
        var all = Named(sheets);
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "[Content_Types].xml", xml =>
            {
                xml.WriteStartElement("Types", "http://schemas.openxmlformats.org/package/2006/content-types");
                Element(xml, "Default", ("Extension", "rels"), ("ContentType", "application/vnd.openxmlformats-package.relationships+xml"));
                Element(xml, "Default", ("Extension", "xml"), ("ContentType", "application/xml"));
                Element(xml, "Override", ("PartName", "/xl/workbook.xml"), ("ContentType", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"));
                Element(xml, "Override", ("PartName", "/xl/styles.xml"), ("ContentType", "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"));
                for (var index = 1; index <= all.Count; index++)
                {
                    Element(xml, "Override", ("PartName", $"/xl/worksheets/sheet{index}.xml"), ("ContentType", "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"));
                }
            });
            Add(archive, "_rels/.rels", xml => Relations(xml, ("rId1", Links + "/officeDocument", "xl/workbook.xml")));
            Add(archive, "xl/_rels/workbook.xml.rels", xml => Relations(
                xml,
                [.. all.Select((_, index) => ($"rId{index + 1}", Links + "/worksheet", $"worksheets/sheet{index + 1}.xml")), ($"rId{all.Count + 1}", Links + "/styles", "styles.xml")]));
            Add(archive, "xl/workbook.xml", xml =>
            {
                xml.WriteStartElement("workbook", Main);
                xml.WriteAttributeString("xmlns", "r", null, Links);
                xml.WriteStartElement("sheets", Main);
                foreach (var (sheet, index) in all.Select((sheet, index) => (sheet, index)))
                {
                    xml.WriteStartElement("sheet", Main);
                    xml.WriteAttributeString("name", sheet.Name);
                    xml.WriteAttributeString("sheetId", (index + 1).ToString(CultureInfo.InvariantCulture));
                    xml.WriteAttributeString("id", Links, $"rId{index + 1}");
                    xml.WriteEndElement();
                }
            });
            Add(archive, "xl/styles.xml", Styles);
            foreach (var (sheet, index) in all.Select((sheet, index) => (sheet, index)))
            {
                Add(archive, $"xl/worksheets/sheet{index + 1}.xml", xml => Cells(xml, sheet.Cells));
            }
        }

        return file.ToArray();
    }

    /// <summary>Whether a text that begins with it would be taken for a formula or a command; an apostrophe before it keeps it a text.</summary>
    internal static bool IsReckoned(char sign) => sign is '=' or '+' or '-' or '@' or '\t' or '\r' or '\'';

    /// <summary>A name that a workbook may have for a sheet, cut and cleaned like this everywhere.</summary>
    public static string NameOf(string title)
    {
        var clean = string.Concat(title.Select(letter => letter is ':' or '\\' or '/' or '?' or '*' or '[' or ']' or '\'' || char.IsControl(letter) ? ' ' : letter)).Trim();
        return clean.Length == 0 ? "1" : clean.Length > LongestName ? clean[..LongestName].TrimEnd() : clean;
    }

    private static List<XlsxSheet> Named(IEnumerable<XlsxSheet> sheets)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var all = new List<XlsxSheet>();
        foreach (var sheet in sheets)
        {
            var name = NameOf(sheet.Name);
            for (var number = 2; !taken.Add(name); number++)
            {
                var end = $" {number}";
                name = NameOf(sheet.Name) is var whole && whole.Length + end.Length > LongestName ? whole[..(LongestName - end.Length)] + end : whole + end;
            }

            all.Add(sheet with { Name = name });
        }

        return all;
    }

    private static void Add(ZipArchive archive, string name, Action<XmlWriter> write)
    {
        using var stream = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize });
        xml.WriteStartDocument(standalone: true);
        write(xml);
        xml.WriteEndDocument();
    }

    private static void Element(XmlWriter xml, string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
        {
            xml.WriteAttributeString(attribute, value);
        }

        xml.WriteEndElement();
    }

    private static void Relations(XmlWriter xml, params (string Id, string Type, string Target)[] links)
    {
        xml.WriteStartElement("Relationships", "http://schemas.openxmlformats.org/package/2006/relationships");
        foreach (var (id, type, target) in links)
        {
            Element(xml, "Relationship", ("Id", id), ("Type", type), ("Target", target));
        }
    }

    // Style 0: as it is; 1: a title; 2: a whole number with separators.
    private static void Styles(XmlWriter xml)
    {
        xml.WriteStartElement("styleSheet", Main);
        xml.WriteRaw("""<fonts count="2"><font><sz val="11"/><name val="맑은 고딕"/></font><font><b/><sz val="11"/><name val="맑은 고딕"/></font></fonts>""");
        xml.WriteRaw("""<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>""");
        xml.WriteRaw("""<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>""");
        xml.WriteRaw("""<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>""");
        xml.WriteRaw("""<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>""");
    }

    private static void Cells(XmlWriter xml, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        xml.WriteStartElement("cols", Main);
        for (var column = 0; column < rows.Max(row => row.Count); column++)
        {
            var width = Math.Clamp(rows.Max(row => column < row.Count ? row[column].Sum(letter => letter > 0x7f ? 2 : 1) : 0) + 3, 8, 60);
            var number = (column + 1).ToString(CultureInfo.InvariantCulture);
            Element(xml, "col", ("min", number), ("max", number), ("width", width.ToString(CultureInfo.InvariantCulture)), ("customWidth", "1"));
        }

        xml.WriteEndElement();
        xml.WriteStartElement("sheetData", Main);
        for (var row = 0; row < rows.Count; row++)
        {
            xml.WriteStartElement("row", Main);
            xml.WriteAttributeString("r", (row + 1).ToString(CultureInfo.InvariantCulture));
            for (var column = 0; column < rows[row].Count; column++)
            {
                Cell(xml, new SheetError(row + 1, column + 1, default).Address, rows[row][column], row == 0);
            }

            xml.WriteEndElement();
        }
    }

    private static void Cell(XmlWriter xml, string address, string text, bool isTitle)
    {
        if (text.Length == 0)
        {
            return;
        }

        xml.WriteStartElement("c", Main);
        xml.WriteAttributeString("r", address);
        if (!isTitle && IsNumber(text))
        {
            xml.WriteAttributeString("s", text.Contains('.', StringComparison.Ordinal) ? "0" : "2");
            xml.WriteElementString("v", Main, text);
        }
        else
        {
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteAttributeString("s", isTitle ? "1" : "0");
            xml.WriteStartElement("is", Main);
            xml.WriteStartElement("t", Main);
            xml.WriteAttributeString("xml", "space", null, "preserve");
            xml.WriteString(Allowed(IsReckoned(text[0]) ? "'" + text : text));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // A code such as 046 is no number, nor is 0.0: they would lose their zeros.
    private static bool IsNumber(string text)
        => text.Length <= 15 && text.All(letter => char.IsAsciiDigit(letter) || letter == '.') && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number.ToString(XlsxReader.NumberFormat, CultureInfo.InvariantCulture) == text;

    // What no XML can hold becomes the sign for it.
    private static string Allowed(string text)
    {
        var allowed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            allowed.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Rune.ReplacementChar : rune);
        }

        return allowed.ToString();
    }
}
