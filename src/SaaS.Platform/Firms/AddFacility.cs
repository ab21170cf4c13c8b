using SaaS.Domain.Codes;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Firms;

/// <summary>A firm adds a factory. Where it stands decides which province and municipality share its projects.</summary>
public sealed class AddFacility(GrantsDb db, CurrentActor actor)
{
    private const int LongestText = 200;

    /// <param name="Name">What the firm calls it.</param>
    /// <param name="MunicipalityCode">Five digits.</param>
    /// <param name="Address">Road name address.</param>
    public sealed record Request(string? Name, string? MunicipalityCode, string? Address);

    public async Task<Outcome<Facility>> RunAsync(Request request, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } firm)
        {
            return Absent.Row;
        }

        if (actor.Roles.All(role => role is MemberRole.Viewer))
        {
            return new Outcome<Facility>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "공장을 추가할 권한이 없습니다.", "Your role may not add a factory.")]);
        }

        var problems = Check(request).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        var place = Municipalities.Find(request.MunicipalityCode!)!;
        var facility = new Facility
        {
            Id = Guid.CreateVersion7(),
            FirmId = firm,
            Name = request.Name!.Trim(),
            RegionCode = place.Region,
            MunicipalityCode = place.Code,
            Address = request.Address!.Trim(),
        };
        db.Facilities.Add(facility);
        await db.SaveChangesAsync(cancellationToken);
        return facility;
    }

    private static IEnumerable<Refusal> Check(Request request)
    {
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > LongestText)
        {
            yield return new Refusal("facility-name-missing", "공장 이름을 입력하세요.", "Name the factory.", "name");
        }

        if (request.MunicipalityCode is null || Municipalities.Find(request.MunicipalityCode) is null)
        {
            yield return new Refusal("municipality-unknown", "공장이 있는 시·군을 고르세요.", "Choose the municipality of the factory.", "municipalityCode");
        }

        if (string.IsNullOrWhiteSpace(request.Address) || request.Address.Length > LongestText)
        {
            yield return new Refusal("address-missing", "도로명 주소를 입력하세요.", "Give the address.", "address");
        }
    }
}
