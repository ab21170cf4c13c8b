using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;
using SaaS.Platform.Time;

namespace SaaS.Platform.Applications;

/// <summary>Tries out an application: verdict, reasons, tier and every funder's won, exactly as submission would decide. Stores nothing.</summary>
public sealed class PreviewApplication(GrantsDb db, CurrentActor actor, PlaneDb planes, LoadApplicant applicants, PreCheck check, RequestArrival arrival)
{
    /// <param name="MayBeSubmitted">True when submission would be accepted now.</param>
    /// <param name="Verdict">Eligible, Ineligible or Indeterminate; null when the request could not be put to the programme.</param>
    /// <param name="Tier">The tier that the programme chose.</param>
    /// <param name="TotalCost">In won.</param>
    /// <param name="Shares">What each funder would bear; empty when it was not reckoned.</param>
    /// <param name="Reasons">Everything that speaks against it.</param>
    /// <param name="Award">The award that is topped up, of no tier where the firm has none this year for the factory; null where the programme tops none up.</param>
    public sealed record Preview(
        bool MayBeSubmitted, string? Verdict, string? Tier, long TotalCost, IReadOnlyList<FunderShare> Shares, IReadOnlyList<Refusal> Reasons, ToppedUpAward? Award = null);

    /// <param name="Tier">Its tier, by the code of its own programme.</param>
    /// <param name="NationalGrant">Its central money, in won.</param>
    /// <param name="FirmShare">What the firm bears of it, in won.</param>
    public sealed record ToppedUpAward(string Tier, long NationalGrant, long FirmShare);

    public async Task<Outcome<Preview>> RunAsync(Guid callId, ApplicationRequest request, CancellationToken cancellationToken)
    {
        var applicant = await applicants.RunAsync(callId, request, idempotencyKey: null, cancellationToken);
        if (applicant is null)
        {
            return Absent.Row;
        }

        var result = await check.RunAsync(db, applicant, request, arrival.At, cancellationToken);
        if (result is { Workflow: { } workflow, Decision.Tier: { } tier } && NationalShare.IsNeeded(workflow, tier, result.Shares))
        {
            await using var tenant = planes.OpenTenant(applicant.Tenant.Id, actor.UserId, actor.OrganisationId);
            if (!await NationalShare.IsGrantedAsync(tenant, callId, tier, cancellationToken))
            {
                result.Problems.Add(NationalShare.NotReserved(tier));
            }
        }

        return new Preview(result.Problems.Count == 0, result.Decision?.Verdict, result.Decision?.Tier, request.TotalCost, result.Shares, result.Problems, AwardOf(applicant));
    }

    private ToppedUpAward? AwardOf(Applicant applicant)
    {
        if (applicant is not { TopsUp: true, Facility: not null, Awards: { } awards })
        {
            return null;
        }

        var award = awards.ToppedUp(arrival.At.InZone(Seoul.Zone).Date);
        return new ToppedUpAward(award["tier"].Text ?? "", award["nationalGrant"].Whole ?? 0, award["firmShare"].Whole ?? 0);
    }
}
