using SaaS.Domain.Codes;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Checking;

/// <summary>Fields and codes that rules and tiers name: they must be known, and hold in the programme's year.</summary>
internal sealed class ProgrammeCodes(int? year, ProblemList problems)
{
    public void Check(CompiledActivity activity)
    {
        switch (activity.Prepared)
        {
            case RuleTable rules:
                for (var index = 0; index < rules.Rules.Count; index++)
                {
                    Check(activity, $"{activity.Definition!.Pointer}/rules/{index}", rules.Rules[index].Condition);
                }

                break;
            case TierTable tiers:
                for (var index = 0; index < tiers.Tiers.Count; index++)
                {
                    var when = tiers.Tiers[index].When;
                    for (var row = 0; row < when.Count; row++)
                    {
                        Check(activity, $"{activity.Definition!.Pointer}/tiers/{index}/when/{row}", when[row]);
                    }
                }

                break;
            case ShareCostActivity.TierShares shares:
                var exception = 0;
                foreach (var place in shares.Overrides.Keys)
                {
                    var kind = place.Length == 2 ? "region" : "municipality";
                    CheckCode(activity, $"{activity.Definition!.Pointer}/overrides/{exception++}/{kind}", "facility." + kind, place);
                }

                break;
        }
    }

    private void Check(CompiledActivity activity, string pointer, Condition condition)
    {
        for (var index = 0; index < condition.Alternatives.Count; index++)
        {
            Check(activity, $"{pointer}/value/{index}", condition.Alternatives[index]);
        }

        if (condition.Alternatives.Count > 0)
        {
            return;
        }

        if (!FactNames.Knows(condition.Field))
        {
            problems.Error(
                "unknown-field", pointer + "/field", activity.Id,
                $"신청서에 '{condition.Field}' 항목이 없습니다.",
                $"An application has no field '{condition.Field}'.");
            return;
        }

        if (condition.OtherFact is { } other)
        {
            if (!FactNames.Knows(other))
            {
                problems.Error("unknown-field", pointer + "/value/fact", activity.Id, $"신청서에 '{other}' 항목이 없습니다.", $"An application has no field '{other}'.");
            }

            return;
        }

        if (condition.Value.Kind != ValueKind.Array)
        {
            CheckCode(activity, pointer + "/value", condition.Field, condition.Value.Text);
            return;
        }

        for (var index = 0; index < condition.Value.Items.Length; index++)
        {
            CheckCode(activity, $"{pointer}/value/{index}", condition.Field, condition.Value.Items[index].Text);
        }
    }

    private void CheckCode(CompiledActivity activity, string pointer, string field, string? code)
    {
        switch (field)
        {
            case "firm.ksic" when code is null || Sectors.Find(code) is null:
                Unknown(activity, pointer, code, "업종(KSIC)", "sector (KSIC C10 to C34)");
                break;
            case "facility.municipality" when code is null || Municipalities.Find(code) is null:
                Unknown(activity, pointer, code, "시·군·구", "municipality");
                break;
            case "facility.region" when code is null || Regions.Find(code) is null:
                Unknown(activity, pointer, code, "시·도", "region");
                break;
            case "facility.region" or "facility.municipality" when year is { } given && Regions.Find(code[..2]) is { } region && !region.HoldsIn(given):
                problems.Error(
                    "code-not-valid-then", pointer, activity.Id,
                    $"{region.Ko}의 지역 코드 '{code}'은(는) {given}년에 쓰이지 않습니다.{(region.SucceededBy is { } next ? $" 지금은 '{next}'로 시작합니다." : "")}",
                    $"The code '{code}' of {region.En} does not hold in {given}.{(region.SucceededBy is { } later ? $" Its codes now begin with '{later}'." : "")}");
                break;
        }
    }

    private void Unknown(CompiledActivity activity, string pointer, string? code, string ko, string en)
        => problems.Error("unknown-code", pointer, activity.Id, $"{ko} 코드 '{code}'은(는) 없습니다.", $"There is no {en} '{code}'.");
}
