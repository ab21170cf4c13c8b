using SaaS.Workflows.Compilation;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Checking;

/// <summary>Lists that people fill in by hand, as documents and criteria: each row has a name in both languages, and a rule asks for no document that is not on the list.</summary>
internal sealed class ProgrammeRows
{
    private readonly ProblemList problems;
    private readonly HashSet<string>? documents;

    /// <param name="steps">The programme's own steps.</param>
    /// <param name="problems">Where findings go.</param>
    public ProgrammeRows(IReadOnlyList<CompiledActivity> steps, ProblemList problems)
    {
        this.problems = problems;
        // A list that cannot be read is a finding of its own: what it asks for is not known.
        var stages = steps.Where(step => step.TypeName == "Grant.ApplicationStage").ToList();
        documents = stages.Count == 0 || stages.Any(stage => stage.Prepared is not StagePayload)
            ? null
            : [.. stages.SelectMany(stage => CodesOf(((StagePayload)stage.Prepared!).Value["documents"]))];
    }

    public void Check(CompiledActivity step)
    {
        if (step.Prepared is StagePayload payload)
        {
            foreach (var input in step.Type.Descriptor.Inputs.Where(input => input.UiHint == "json-editor"))
            {
                CheckNames(step, input.JsonName, payload.Value[input.JsonName]);
            }
        }
        else if (step.Prepared is RuleTable rules && documents is not null)
        {
            for (var index = 0; index < rules.Rules.Count; index++)
            {
                CheckDocuments(step, $"{step.Definition!.Pointer}/rules/{index}", rules.Rules[index].Condition);
            }
        }
    }

    private void CheckNames(CompiledActivity step, string input, Value rows)
    {
        for (var index = 0; index < rows.Items.Length; index++)
        {
            var row = rows.Items[index];
            if (row.Members is null)
            {
                continue;
            }

            foreach (var (member, ko, en) in new[] { ("ko", "한국어", "Korean"), ("en", "영어", "English") })
            {
                if (string.IsNullOrWhiteSpace(row[member].Text))
                {
                    problems.Error(
                        "row-unnamed", $"{step.Definition!.Pointer}/{input}/{index}/{member}", step.Id,
                        $"{index + 1}번째 줄에 {ko} 이름이 없습니다. 이름을 적어 주세요.",
                        $"Row {index + 1} has no {en} name. Please write one.");
                }
            }
        }
    }

    private void CheckDocuments(CompiledActivity step, string pointer, Condition condition)
    {
        for (var index = 0; index < condition.Alternatives.Count; index++)
        {
            CheckDocuments(step, $"{pointer}/value/{index}", condition.Alternatives[index]);
        }

        if (condition.Alternatives.Count > 0 || condition.Field != "documents")
        {
            return;
        }

        if (condition.Value.Kind != ValueKind.Array)
        {
            CheckDocument(step, $"{pointer}/value", condition.Value.Text);
            return;
        }

        for (var index = 0; index < condition.Value.Items.Length; index++)
        {
            CheckDocument(step, $"{pointer}/value/{index}", condition.Value.Items[index].Text);
        }
    }

    private void CheckDocument(CompiledActivity step, string pointer, string? code)
    {
        if (code is null || !documents!.Contains(code))
        {
            problems.Error(
                "document-not-asked", pointer, step.Id,
                $"신청 단계의 제출 서류에 ‘{code}’이(가) 없어 아무도 낼 수 없습니다. 서류 목록에 넣거나 목록에 있는 서류를 골라 주세요.",
                $"The application stage does not ask for the document '{code}', so nobody can hand it in. Add it to the documents, or choose one of them.");
        }
    }

    private static List<string> CodesOf(Value rows)
    {
        var codes = new List<string>();
        foreach (var row in rows.Items)
        {
            codes.Add(row["code"].Text ?? "");
        }

        return codes;
    }
}
