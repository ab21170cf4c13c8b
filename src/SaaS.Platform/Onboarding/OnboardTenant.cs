using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Invitations;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Onboarding;

/// <summary>The national operator takes in a province, a city or a large firm: its body, its settings, and invitations to its officials, all or nothing.</summary>
public sealed class OnboardTenant(CurrentActor actor, PlaneDb planes, InvitePeople invite, IClock clock)
{
    /// <param name="Id">The slug in its addresses, such as <c>sejong</c>.</param>
    /// <param name="Kind"><c>Province</c>, <c>Municipality</c> or <c>LargeFirm</c>.</param>
    /// <param name="Colour">One of <see cref="Branding.Colours"/>; the plain one when nothing is said.</param>
    /// <param name="Language">Of its officials' mail: <c>ko</c> or <c>en</c>.</param>
    /// <param name="Officials">At least one administrator among them, who invites the others later.</param>
    public sealed record Request(
        string? Id, string? Kind, string? Ko, string? En, string? Region, string? Municipality, string? BusinessNumber,
        string? BrandKo, string? BrandEn, string? Colour, string? Language, IReadOnlyList<InvitePeople.Person>? Officials);

    public sealed record Response(string Id, IReadOnlyList<Guid> Invitations);

    public async Task<Outcome<Response>> RunAsync(Request request, CancellationToken cancellationToken)
    {
        if (!PeopleAdministrator.IsNational(actor))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "기관을 등록할 권한이 없습니다.", "Your role may not take in tenants.")]);
        }

        var description = Describe(request);
        var problems = Check(request, description).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        // As the national operator's tenant first, which alone may add tenants; the invitations as the new tenant, in the same transaction.
        await using var db = planes.OpenTenant(actor.Chosen!.TenantId!, actor.UserId, actor.OrganisationId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var taken = await TakenAsync(db, description, cancellationToken);
        if (taken.Count > 0)
        {
            return new Outcome<Response>.Refused(RefusalKind.Conflict, taken);
        }

        var known = await db.Organisations.Where(body => body.BusinessNumber == description.Digits).ToDictionaryAsync(body => body.BusinessNumber!, cancellationToken);
        var organisation = await RegisterTenant.RunAsync(db, description, known, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        db.GoOnAs(description.Id!);
        var invitations = invite.Add(db, organisation.Id, request.Officials!, request.Language, actor.UserId!.Value);
        db.AuditEntries.Add(AuditEntry.Of("tenant.onboarded", "organisation", organisation.Id, actor.UserId, clock.GetCurrentInstant(), new { description.Id, description.Kind }));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(description.Id!, [.. invitations.Select(invitation => invitation.Id)]);
    }

    private static TenantDescription Describe(Request request) => new(
        request.Id?.Trim(), request.Kind, request.Ko?.Trim(), request.En?.Trim(), Said(request.Region), Said(request.Municipality), request.BusinessNumber, null, null,
        new JsonObject
        {
            ["brand"] = new Branding(Said(request.BrandKo), Said(request.BrandEn), Said(request.Colour) ?? Branding.Plain).ToJson(),
            ["language"] = request.Language == "en" ? "en" : "ko",
        });

    private static IEnumerable<Refusal> Check(Request request, TenantDescription description)
    {
        foreach (var problem in description.Problems())
        {
            yield return problem;
        }

        if (request.Kind == nameof(TenantKind.National))
        {
            yield return new Refusal("tenant-kind-national", "중앙 운영기관은 하나뿐입니다.", "There is only one national operator.", "kind");
        }

        if (description.Region is null && request.Kind is nameof(TenantKind.Province) or nameof(TenantKind.Municipality))
        {
            yield return new Refusal("region-missing", "시도를 고르세요.", "Choose the region.", "region");
        }

        if (description.Municipality is { } code && (SaaS.Domain.Codes.Municipalities.Find(code) is not { } municipality || municipality.Region != description.Region))
        {
            yield return new Refusal("municipality-unknown", "이 시도에 없는 시군구 코드입니다.", "The region has no municipality of this code.", "municipality");
        }

        if (Said(request.Colour) is { } colour && !Branding.Colours.Contains(colour))
        {
            yield return new Refusal("colour-unknown", "목록에 있는 색을 고르세요.", "Choose a colour of the list.", "colour");
        }

        foreach (var problem in InvitePeople.Check(request.Officials))
        {
            yield return problem with { Where = problem.Where?.Replace("people[", "officials[", StringComparison.Ordinal) };
        }

        if (request.Officials is { Count: > 0 } officials && !officials.Any(official => official.Roles?.Contains(MemberRole.Administrator) == true))
        {
            yield return new Refusal("administrator-missing", "한 사람은 구성원 관리 역할을 맡아야 합니다.", "One of them must be the administrator, who invites the others.", "officials[0].roles");
        }
    }

    private static async Task<List<Refusal>> TakenAsync(GrantsDb db, TenantDescription description, CancellationToken cancellationToken)
    {
        var taken = new List<Refusal>();
        if (await db.Tenants.AnyAsync(tenant => tenant.Id == description.Id, cancellationToken))
        {
            taken.Add(new Refusal("tenant-taken", "이 id를 쓰는 기관이 이미 있습니다.", "There is a tenant of this id already.", "id"));
        }

        var kind = Enum.Parse<TenantKind>(description.Kind!);
        var body = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(body => body.BusinessNumber == description.Digits, cancellationToken);
        if (body is { TenantId: not null } || (body is not null && body.Kind.ToString() != kind.ToString()))
        {
            taken.Add(new Refusal("number-taken", "이 사업자등록번호로 등록된 다른 기관이 있습니다.", "Another body is registered with this business number.", "businessNumber"));
        }

        return taken;
    }

    private static string? Said(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
