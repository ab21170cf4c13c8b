using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Codes;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Firms;

/// <summary>A firm says what it is: the facts on which eligibility is decided. Applications made before keep the facts of their day.</summary>
public sealed class UpdateFirm(GrantsDb db, CurrentActor actor)
{
    private const int MostEmployees = 1_000_000;

    /// <param name="Employees">Regular staff; null when not known.</param>
    /// <param name="Revenue">Sales of the last business year (won).</param>
    /// <param name="AverageSales">Mean yearly sales of three years (won).</param>
    /// <param name="Assets">Total assets (won).</param>
    /// <param name="Independent">False when a larger group holds it.</param>
    /// <param name="Ksic">Division of manufacturing, for example C10.</param>
    public sealed record Request(int? Employees, long? Revenue, long? AverageSales, long? Assets, bool? Independent, string? Ksic);

    public async Task<Outcome<Firm>> RunAsync(Request request, CancellationToken cancellationToken)
    {
        var firm = await db.Firms.SingleOrDefaultAsync(firm => firm.OrganisationId == actor.OrganisationId, cancellationToken);
        if (firm is null)
        {
            return Absent.Row;
        }

        if (actor.Roles.All(role => role is MemberRole.Viewer))
        {
            return new Outcome<Firm>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "기업 정보를 고칠 권한이 없습니다.", "Your role may not change the firm.")]);
        }

        var problems = Check(request).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        firm.Employees = request.Employees;
        firm.Revenue = Amount(request.Revenue);
        firm.AverageSales = Amount(request.AverageSales);
        firm.Assets = Amount(request.Assets);
        firm.Independent = request.Independent;
        firm.Ksic = request.Ksic!;
        await db.SaveChangesAsync(cancellationToken);
        return firm;
    }

    private static Won? Amount(long? won) => won is { } known ? new Won(known) : null;

    private static IEnumerable<Refusal> Check(Request request)
    {
        if (request.Employees is < 0 or > MostEmployees)
        {
            yield return new Refusal("employees-out-of-range", "상시근로자 수를 다시 확인하세요.", "Check the number of employees.", "employees");
        }

        foreach (var (amount, field) in new[] { (request.Revenue, "revenue"), (request.AverageSales, "averageSales"), (request.Assets, "assets") })
        {
            if (amount < 0 || amount > CostSharing.CostLimit.Amount)
            {
                yield return new Refusal("amount-out-of-range", "금액을 다시 확인하세요. 0원 이상이어야 합니다.", "Check the amount: it must be 0 won or more.", field);
            }
        }

        if (request.Ksic is null || Sectors.Find(request.Ksic) is null)
        {
            yield return new Refusal("ksic-unknown", "업종을 고르세요.", "Choose the industry.", "ksic");
        }
    }
}
