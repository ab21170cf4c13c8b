using SaaS.Domain.Money;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Programmes;

namespace SaaS.Platform.Applications;

/// <summary>What one funder bears of a project, and which body that is.</summary>
/// <param name="Funder">The kind of funder.</param>
/// <param name="Amount">Whole won.</param>
/// <param name="BasisPoints">Its part of the total, rounded; for people.</param>
/// <param name="OrganisationId">The body that bears it.</param>
/// <param name="Ko">Its name.</param>
/// <param name="En">Its name in English.</param>
/// <param name="PayerOrganisationId">The body that pays it out.</param>
public sealed record FunderShare(Funder Funder, long Amount, int BasisPoints, Guid OrganisationId, string Ko, string En, Guid PayerOrganisationId);

/// <summary>Finds the bodies behind the kinds of funders.</summary>
internal static class FunderBodies
{
    /// <summary>Gives every share that is not zero its body; says which body is missing.</summary>
    public static IReadOnlyList<FunderShare> Find(Applicant applicant, IReadOnlyList<SharePart> shares, List<Refusal> missing)
    {
        var found = new List<FunderShare>();
        foreach (var share in shares.Where(share => share.Amount.Amount != 0))
        {
            var body = BodyOf(applicant, share.Funder);
            var payer = share.PaidBy == share.Funder ? body : BodyOf(applicant, share.PaidBy);
            if (body is null || payer is null)
            {
                missing.Add(Missing(share.Funder));
                continue;
            }

            found.Add(new FunderShare(share.Funder, share.Amount.Amount, share.BasisPoints, body.Id, body.Ko, body.En, payer.Id));
        }

        return found;
    }

    // A tenant that is a province, a municipality or a large firm bears that share in its own calls.
    private static Body? BodyOf(Applicant applicant, Funder funder) => funder switch
    {
        Funder.Firm => new Body(applicant.Organisation.Id, applicant.Organisation.Ko, applicant.Organisation.En),
        Funder.National => Public(applicant, OrganisationKind.Kosmo),
        Funder.Province when applicant.Tenant.Kind == TenantKind.Province => Own(applicant),
        Funder.Province => Public(applicant, OrganisationKind.Province),
        Funder.Municipality when applicant.Tenant.Kind == TenantKind.Municipality => Own(applicant),
        Funder.Municipality => Public(applicant, OrganisationKind.Municipality),
        Funder.LeadFirm when applicant.LeadFirm is { } lead => new Body(lead.Id, lead.Ko, lead.En),
        _ => null,
    };

    private static Body Own(Applicant applicant) => new(applicant.Tenant.OrganisationId, applicant.Tenant.Ko, applicant.Tenant.En);

    private static Body? Public(Applicant applicant, OrganisationKind kind) => applicant.PublicBodies
        .Where(body => body.Kind == kind)
        .Select(body => new Body(body.Id, body.Ko, body.En))
        .FirstOrDefault();

    private static Refusal Missing(Funder funder) => new(
        "funder-missing",
        $"이 사업장에는 {FunderNames.Ko(funder)} 부담분을 맡을 기관이 등록되어 있지 않습니다. 운영 기관에 문의하세요.",
        $"No body is registered that bears the share of the {FunderNames.En(funder)} for this facility. Please ask the body that runs the call.",
        "facilityId");

    private sealed record Body(Guid Id, string Ko, string En);
}
