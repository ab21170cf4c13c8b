using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Designing.Sheets;
using SaaS.Workflows.Designing.Sheets.Xlsx;
using Xunit;

namespace SaaS.UnitTests.Programmes;

/// <summary>The tables of a programme go to a spreadsheet and come back.</summary>
public sealed class SheetTests
{
    private const string Food = "tenants/jeonnam/programmes/food-2025.json";
    private const string Hybrid = "workflows/catalogue/ww-samsung-local-2025.json";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_table_of_every_programme_comes_back_from_a_workbook_unchanged(bool isEnglish)
    {
        var tables = 0;
        foreach (var path in ShippedProgrammes.Paths)
        {
            var design = Design.Of(ShippedProgrammes.Definition(path));
            foreach (var step in design.Definition.Root.Flowchart.Activities)
            {
                foreach (var sheet in ProgrammeSheets.Of(step))
                {
                    var file = XlsxWriter.Write([new(sheet.Title.Ko, [sheet.Titles(isEnglish), .. sheet.Write(design, step.Id, isEnglish)])]);
                    var back = sheet.Read(design, step.Id, XlsxReader.Read(file)[0].Cells, out var errors);
                    Assert.True(errors.Count == 0, $"{path} {step.Id} {sheet.Name}: {string.Join("; ", errors.Select(error => $"{error.Address} {error.What.En}"))}");
                    AssertSame(design, back!, $"{path} {step.Id} {sheet.Name}");
                    tables++;
                }
            }
        }

        Assert.True(tables > 200, $"{tables} tables");
    }

    [Fact]
    public void A_table_comes_back_from_the_clipboard_unchanged_even_with_line_breaks_and_quotes()
    {
        var design = Design.Of(ShippedProgrammes.Definition(Food)).SetAt("/root/activities/1/rules/0/ko", "첫 줄\n\"둘째\" 줄\t끝");
        var sheet = ProgrammeSheets.Find("rules")!;
        var text = string.Join("\r\n", sheet.Write(design, "check").Select(row => string.Join('\t', row.Select(Quote))));

        AssertSame(design, sheet.Read(design, "check", SheetText.Parse(text), out _)!, text);

        static string Quote(string cell) => cell.AsSpan().IndexOfAny("\n\t\"") < 0 || cell == "\"\"" ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    [Fact]
    public void A_table_pasted_from_a_spreadsheet_takes_the_place_of_the_rows_there()
    {
        var design = Design.Of(ShippedProgrammes.Definition(Food));
        var sheet = ProgrammeSheets.Find("criteria")!;

        var after = sheet.Read(design, "evaluation", SheetText.Parse("배점\t코드\t이름(한국어)\tName (English)\n60점\tPLAN\t계획\tPlan\n40\tEFFECT\t효과\tEffect\n"), out var errors);

        Assert.Empty(errors);
        Assert.Equal([["PLAN", "계획", "Plan", "60"], ["EFFECT", "효과", "Effect", "40"]], sheet.Write(after!, "evaluation"));
    }

    [Fact]
    public void Shares_typed_in_Korean_percent_and_won_are_read_and_whoever_pays_is_asked()
    {
        var design = Design.Of(ShippedProgrammes.Definition(Food));
        var sheet = ProgrammeSheets.Find("shares")!;

        var after = sheet.Read(design, "shareBasic", SheetText.Parse("재원\t비율(%)\t상한(원)\t초과분 부담\n국비\t50%\t50,000,000원\t도입기업\n도비(시·도비)\t10\t\t\n도입기업\t40\t\t"), out var errors)!;

        Assert.Empty(errors);
        var rows = after.At("/root/activities/3/shares")!.AsArray();
        Assert.Equal(("National", 5_000, 50_000_000L, "Firm"), ((string)rows[0]!["funder"]!, (int)rows[0]!["targetBp"]!, (long)rows[0]!["cap"]!, (string)rows[0]!["overflowTo"]!));
        Assert.Equal(3, rows.Count);
    }

    [Fact]
    public void Every_wrong_cell_is_named_at_once_and_nothing_is_taken_over()
    {
        var design = Design.Of(ShippedProgrammes.Definition(Food));
        var sheet = ProgrammeSheets.Find("shares")!;

        var after = sheet.Read(design, "shareBasic", SheetText.Parse("재원\t비율(%)\t상한(원)\n시장\t30\t\n도비(시·도비)\t130\t-5\n도입기업\t\t12.5"), out var errors);

        Assert.Null(after);
        Assert.Equal(["A2", "B3", "C3", "B4", "C4"], errors.Select(error => error.Address));
        Assert.Contains("고를 수 있는 것: 국비, 도비(시·도비)", errors[0].What.Ko, StringComparison.Ordinal);
        Assert.Contains("percentage from 0 to 100", errors[1].What.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("코드\t모르는 열\t이름(한국어)\t이름(영어)\nA\tx\t가\ta", "B1")]
    [InlineData("이름(한국어)\t이름(영어)\t배점\n가\ta\t10", "A1")]
    [InlineData("코드\t이름(한국어)\t이름(영어)\t배점\nA\t가\ta\t10\nA\t나\tb\t90", "A3")]
    [InlineData("A\t가\ta\t10\t남는 칸", "E1")]
    public void Titles_and_codes_must_be_clear(string text, string address)
    {
        var design = Design.Of(ShippedProgrammes.Definition(Food));
        Assert.Null(ProgrammeSheets.Find("criteria")!.Read(design, "evaluation", SheetText.Parse(text), out var errors));
        Assert.Equal([address], errors.Select(error => error.Address));
    }

    [Fact]
    public void A_table_of_thousands_of_tiers_is_refused_before_any_is_made()
    {
        var design = Design.Of(ShippedProgrammes.Definition(Food));
        var rows = Enumerable.Range(1, 9_000).Select(number => (IReadOnlyList<string>)[$"T{number}", "유형", "Tier"]).ToList();

        Assert.Null(ProgrammeSheets.Find("tiers")!.Read(design, "tier", rows, out var errors));
        Assert.Equal("행이 너무 많습니다. 이 표에는 50행까지 쓸 수 있습니다.", Assert.Single(errors).What.Ko);
    }

    [Fact]
    public void A_block_pasted_into_a_cell_fills_to_the_right_and_down_and_adds_rows()
    {
        var design = Design.Of(ShippedProgrammes.Definition(Food));
        var sheet = ProgrammeSheets.Find("tiers")!;

        var after = sheet.Fill(design, "tier", 0, ["totalCostMax", "quota", "months"], SheetText.Parse("120,000,000\t40\n500,000,000\t12"), out var errors)!;

        Assert.Empty(errors);
        Assert.Equal([("120000000", "40"), ("500000000", "12")], sheet.Write(after, "tier").Select(row => (row[4], row[5])));
        Assert.Null(sheet.Fill(design, "tier", 1, ["months"], SheetText.Parse("9\t10"), out errors));
        Assert.Single(errors);
    }

    [Fact]
    public void A_tier_that_is_new_in_a_spreadsheet_gets_its_shares_and_its_way_and_one_that_is_missing_goes()
    {
        var design = Design.Of(ShippedProgrammes.Definition(Food));
        var sheet = ProgrammeSheets.Find("tiers")!;

        var after = sheet.Read(design, "tier", SheetText.Parse("코드\t이름(한국어)\t이름(영어)\t총사업비 상한(원)\nBASIC\t기초\tBasic\t100,000,000\nPLUS\t기초 플러스\tBasic plus\t200,000,000"), out var errors)!;

        Assert.Empty(errors);
        Assert.Equal(["BASIC", "PLUS"], SaaS.Workflows.Programmes.ProgrammeOutline.Read(after.Definition).Tiers.Select(tier => tier.Code));
        Assert.DoesNotContain(SaaS.Workflows.Checking.DefinitionChecker.Check(after.Definition), problem => problem.Severity == SaaS.Workflows.Checking.Severity.Error);
    }

    [Fact]
    public void Rules_with_alternatives_become_lines_of_their_own()
    {
        var design = Design.Of(ShippedProgrammes.Definition(Hybrid));
        var step = design.Definition.Root.Flowchart.Activities.First(step => step.Type == "Grant.CheckEligibility").Id;
        var sheet = ProgrammeSheets.Find("rules")!;
        var lines = sheet.Write(design, step);

        Assert.Contains(lines, line => line[1] == "예");
        AssertSame(design, sheet.Read(design, step, lines, out _)!, "rules");
    }

    [Fact]
    public void Payments_are_one_table_whose_rows_are_steps()
    {
        var design = Design.Of(ShippedProgrammes.Definition(Food));
        var sheet = ProgrammeSheets.Find("tranches")!;

        var after = sheet.Read(design, "tranche1", SheetText.Parse("비율(%)\t받는 곳\t기업부담금 선입금\t앞선 점검\n20\t공급기업\t예\t\n30\t공급기업\t아니요\t중간점검\n20\t도입기업\t아니요\t\n30\t공급기업\t아니요\t최종점검"), out var errors)!;

        Assert.Empty(errors);
        Assert.Equal(["20", "30", "20", "30"], sheet.Write(after, "tranche1").Select(row => row[0]));
        Assert.Empty(SaaS.Workflows.Checking.DefinitionChecker.Check(after.Definition));
        var two = sheet.Read(after, "tranche1", SheetText.Parse("50\t공급기업\t예\t\n50\t공급기업\t아니요\t최종점검"), out _)!;
        Assert.Equal(2, two.PaymentsWith("tranche1").Count);
        Assert.Empty(SaaS.Workflows.Checking.DefinitionChecker.Check(two.Definition));
    }

    [Fact]
    public void Payments_are_a_table_before_any_way_is_whole()
    {
        var food = Design.Of(ShippedProgrammes.Definition(Food));
        var design = food.SetInput("close", "result", "Failed");

        Assert.Equal(["tranche1", "tranche2", "tranche3"], design.PaymentsWith("tranche2"));
        Assert.Equal(food.TranchesOf("tranche2").Select(line => line.ToJsonString()), design.TranchesOf("tranche2").Select(line => line.ToJsonString()));
        Assert.Equal(4, design.SetTranches("tranche1", [.. design.TranchesOf("tranche1"), new JsonObject { ["percentBp"] = 1_000 }]).PaymentsWith("tranche1").Count);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+82 61")]
    [InlineData("-하나")]
    [InlineData("@sum")]
    [InlineData("'=그대로")]
    public void A_text_that_a_spreadsheet_would_reckon_is_kept_a_text(string text)
    {
        var file = XlsxWriter.Write([new("표", [["이름"], [text]])]);

        using var archive = new ZipArchive(new MemoryStream(file));
        using var sheet = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        Assert.Contains($">'{System.Security.SecurityElement.Escape(text).Replace("&apos;", "'", StringComparison.Ordinal)}<", sheet.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(text, XlsxReader.Read(file)[0].Cells[1][0]);
    }

    [Fact]
    public void What_a_formula_reckoned_is_read_and_the_formula_is_not()
        => Assert.Equal(["42", "", "글"], XlsxReader.Read(Workbook("""<row r="1"><c r="A1"><f>HYPERLINK("x")</f><v>42</v></c><c r="C1" t="inlineStr"><is><t>글</t></is></c></row>"""))[0].Cells[0]);

    [Theory]
    [InlineData("""<row r="1048576"><c r="A1048576"><v>1</v></c></row>""")]
    [InlineData("""<row r="1"><c r="XFD1"><v>1</v></c></row>""")]
    public void A_sheet_that_reaches_too_far_is_refused(string rows)
        => Assert.Contains("10,000", Assert.Throws<XlsxException>(() => XlsxReader.Read(Workbook(rows))).Ko, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_unpacks_to_gigabytes_is_refused_while_it_unpacks()
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.SmallestSize).Open();
            var zeros = new byte[1 << 20];
            for (var megabyte = 0; megabyte < 64; megabyte++)
            {
                part.Write(zeros);
            }
        }

        Assert.True(file.Length < XlsxReader.MostBytes);
        Assert.Throws<XlsxException>(() => XlsxReader.Read(file.ToArray()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("이것은 엑셀 파일이 아닙니다")]
    [InlineData("PK\u0003\u0004")]
    public void What_is_no_workbook_is_said_kindly(string text)
        => Assert.Contains(".xlsx", Assert.Throws<XlsxException>(() => XlsxReader.Read(Encoding.UTF8.GetBytes(text))).Ko, StringComparison.Ordinal);

    [Fact]
    public void A_document_type_in_a_workbook_is_refused()
        => Assert.Throws<XlsxException>(() => XlsxReader.Read(Workbook("", """<!DOCTYPE x [<!ENTITY a "b">]>""")));

    [Theory]
    [InlineData("0.0")]
    [InlineData("046")]
    [InlineData("1.50")]
    [InlineData("0.1234567")]
    [InlineData("=1+1")]
    public void A_text_that_looks_like_a_number_or_a_formula_stays_as_it_was_written(string text)
        => Assert.Equal([text], XlsxReader.Read(XlsxWriter.Write([new("표", [["제목"], [text]])]))[0].Cells[1]);

    [Fact]
    public void Any_text_comes_back_from_a_workbook()
        => Gen.String[Gen.OneOf(Gen.Char["=+-@'\"\t\r\n <&>가힣0.5%"], Gen.Char[' ', '\ud7ff']), 1, 12].Array[1, 6].Sample(row =>
            Assert.Equal(row, XlsxReader.Read(XlsxWriter.Write([new("표", [["제목"], row])]))[0].Cells[1]));

    [Fact]
    public void Whatever_is_pasted_is_taken_over_or_refused_by_the_cell_but_never_breaks()
    {
        var design = Design.Of(ShippedProgrammes.Definition(Hybrid));
        var tables = design.Definition.Root.Flowchart.Activities.SelectMany(step => ProgrammeSheets.Of(step).Select(sheet => (step.Id, Sheet: sheet))).ToArray();
        string[] texts = ["", "코드", "비율(%)", "A", "BASIC", "NONE", "국비", "도입기업", "30", "-1", "1e9", "예", "firm.employees", "이하", "[firm.revenue]", "최종점검", "\"\"", "99999999999999999999", "46720"];
        var cell = Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
        Gen.Select(Gen.Int[0, tables.Length - 1], cell.Array[0, 9].Array[0, 6]).Sample((table, cells) =>
        {
            var (step, sheet) = tables[table];
            var after = sheet.Read(design, step, cells, out var errors);
            Assert.Equal(after is null, errors.Count > 0);
        }, iter: 300);
    }

    private static byte[] Workbook(string rows, string before = "")
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="t" Target="worksheets/sheet1.xml"/></Relationships>""");
            Add(archive, "xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="표" sheetId="1" r:id="r1"/></sheets></workbook>""");
            Add(archive, "xl/worksheets/sheet1.xml", $"""{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>""");
        }

        return file.ToArray();

        static void Add(ZipArchive archive, string name, string text)
        {
            using var writer = new StreamWriter(archive.CreateEntry(name).Open());
            writer.Write(text);
        }
    }

    private static void AssertSame(Design before, Design after, string where)
        => Assert.True(before.Definition.ToCanonicalJson() == after.Definition.ToCanonicalJson(), $"{where}\n{JsonNode.Parse(before.ToJson())!["root"]!["activities"]}\n{JsonNode.Parse(after.ToJson())!["root"]!["activities"]}");
}
