using System.Text.Json.Nodes;
using SaaS.Workflows.Checking;

namespace SaaS.Workflows.Designing.Mending;

/// <summary>Documents that a rule asks for and the application stage does not, and rows of a list without a name.</summary>
internal static class DocumentMends
{
    public static IEnumerable<Mend> For(Problem problem, Design design)
    {
        var written = (string?)design.At(problem.Pointer) ?? "";
        foreach (var stage in design.Definition.Root.Flowchart.Activities.Where(step => step.Type == "Grant.ApplicationStage"))
        {
            var rows = design.At($"{stage.Pointer}/documents") as JsonArray ?? [];
            foreach (var row in rows.OfType<JsonObject>().Where(row => (string?)row["ko"] == written || (string?)row["en"] == written))
            {
                yield return new(
                    new($"‘{written}’의 코드({(string?)row["code"]})로 바꾸기", $"Write the code of '{written}', {(string?)row["code"]}"),
                    design.SetAt(problem.Pointer, (string?)row["code"]));
            }

            if (written.Trim().Length > 0)
            {
                var next = rows.DeepClone().AsArray();
                next.Add(new JsonObject { ["code"] = written, ["ko"] = written, ["en"] = written, ["required"] = true });
                yield return new(new($"신청 단계의 제출 서류에 ‘{written}’ 넣기", $"Ask for '{written}' in the application stage"), design.SetInput(stage.Id, "documents", next));
            }
        }
    }

    public static IEnumerable<Mend> Name(Problem problem, Design design)
    {
        var row = problem.Pointer[..problem.Pointer.LastIndexOf('/')];
        var isKorean = problem.Pointer.EndsWith("/ko", StringComparison.Ordinal);
        if ((string?)design.At($"{row}/{(isKorean ? "en" : "ko")}") is { } other && other.Trim().Length > 0)
        {
            yield return new(
                new($"{(isKorean ? "한국어" : "영어")} 이름도 ‘{other}’(으)로", $"Write '{other}' in {(isKorean ? "Korean" : "English")}, too"),
                design.SetAt(problem.Pointer, other));
        }

        yield return new(new("이 줄 빼기", "Take this row out"), design.SetAt(row, null));
    }
}
