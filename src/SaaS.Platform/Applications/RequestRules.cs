using SaaS.Domain.Firms;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Applications;

/// <summary>What every application must hold, whatever the programme says. All problems at once.</summary>
internal static class RequestRules
{
    /// <summary>One trillion won: no project of this kind comes near it, and every product of it with a share still fits.</summary>
    public const long MostCost = 1_000_000_000_000;

    private const int MostLines = 100;
    private const int MostText = 200;

    public static IEnumerable<Refusal> Check(ApplicationRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Title))
        {
            yield return new Refusal("title-missing", "과제명을 입력하세요.", "Give the project a title.", "title");
        }
        else if (request.Title.Length > MostText)
        {
            yield return new Refusal("title-too-long", $"과제명은 {MostText}자까지 쓸 수 있습니다.", $"The title may have {MostText} characters.", "title");
        }

        if (string.IsNullOrWhiteSpace(request.Solution) || request.Solution.Length > 40)
        {
            yield return new Refusal("solution-missing", "도입할 솔루션을 고르세요.", "Choose the solution to be introduced.", "solution");
        }

        if (CostProblem(request.TotalCost, "totalCost") is { } total)
        {
            yield return total;
        }

        if (request.FirmInKind < 0 || request.FirmInKind > Math.Max(0, request.TotalCost))
        {
            yield return new Refusal("in-kind-impossible", "기업부담금 중 현물은 0원 이상, 총사업비 이하여야 합니다.", "What the firm gives in kind must be 0 won or more, and no more than the total.", "firmInKind");
        }

        foreach (var problem in LineProblems(request))
        {
            yield return problem;
        }

        if (!string.IsNullOrWhiteSpace(request.SupplierBusinessNumber) && !BusinessNumber.TryParse(request.SupplierBusinessNumber, out _, out var wrong))
        {
            yield return new Refusal(wrong.Code, wrong.Ko, wrong.En, "supplierBusinessNumber");
        }
    }

    private static Refusal? CostProblem(long cost, string where) => cost switch
    {
        < 1 => new Refusal("cost-not-positive", "총사업비는 1원 이상이어야 합니다.", "The cost must be at least 1 won.", where),
        > MostCost => new Refusal("cost-too-large", $"총사업비는 {MostCost:N0}원을 넘을 수 없습니다.", $"The cost may be at most {MostCost:N0} won.", where),
        _ => null,
    };

    private static IEnumerable<Refusal> LineProblems(ApplicationRequest request)
    {
        if (request.CostLines.Count > MostLines)
        {
            yield return new Refusal("too-many-cost-lines", $"사업비 항목은 {MostLines}개까지 쓸 수 있습니다.", $"A cost plan may have {MostLines} lines.", "costLines");
            yield break;
        }

        Int128 sum = 0;
        for (var i = 0; i < request.CostLines.Count; i++)
        {
            var line = request.CostLines[i];
            sum += line.Amount;
            if (CostProblem(line.Amount, $"costLines[{i}].amount") is { } problem)
            {
                yield return problem;
            }

            if (string.IsNullOrWhiteSpace(line.Label) || line.Label.Length > MostText)
            {
                yield return new Refusal("cost-label-missing", "사업비 항목의 이름을 입력하세요.", "Name this line of the cost plan.", $"costLines[{i}].label");
            }
        }

        if (request.CostLines.Count > 0 && sum != request.TotalCost)
        {
            yield return new Refusal(
                "cost-lines-do-not-add-up",
                $"사업비 항목의 합({sum:N0}원)이 총사업비({request.TotalCost:N0}원)와 다릅니다.",
                $"The cost lines add up to {sum:N0} won, the total says {request.TotalCost:N0} won.",
                "costLines");
        }
    }
}
