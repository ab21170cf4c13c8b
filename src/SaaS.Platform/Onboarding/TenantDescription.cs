using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SaaS.Domain.Codes;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Onboarding;

/// <summary>What a tenant is, whether it comes from a folder or from the national operator's form.</summary>
/// <param name="Id">The slug that stands in its addresses.</param>
/// <param name="Kind">As <see cref="TenantKind"/>.</param>
/// <param name="Region">Administrative code, two digits; null where it has none.</param>
/// <param name="Municipality">Administrative code, five digits; null where it has none.</param>
/// <param name="BusinessNumber">Of the body that runs it.</param>
/// <param name="BodyKo">The body's name where it is another than the tenant's.</param>
/// <param name="Settings">Branding and language, kept as they come.</param>
internal sealed partial record TenantDescription(
    string? Id, string? Kind, string? Ko, string? En, string? Region, string? Municipality, string? BusinessNumber, string? BodyKo, string? BodyEn, JsonObject? Settings)
{
    /// <summary>The body's number as ten digits; null when it is none.</summary>
    public string? Digits => Domain.Firms.BusinessNumber.TryParse(BusinessNumber, out var number, out _) ? number.Digits : null;

    /// <summary>Everything that is wrong, with the members as <see cref="Refusal.Where"/>.</summary>
    public IEnumerable<Refusal> Problems()
    {
        if (Id is null || !Slug().IsMatch(Id))
        {
            yield return new Refusal("tenant-id", "주소에 쓰는 이름(id)은 영문 소문자로 시작하는 2~40자의 영문 소문자, 숫자, 하이픈이어야 합니다.", "The name in addresses (id) is 2 to 40 small letters, digits and hyphens, starting with a letter.", "id");
        }

        if (!Enum.TryParse<TenantKind>(Kind, out _))
        {
            yield return new Refusal("tenant-kind", $"종류(kind)를 고르세요: {string.Join(", ", Enum.GetNames<TenantKind>())}.", $"Choose the kind: {string.Join(", ", Enum.GetNames<TenantKind>())}.", "kind");
        }

        if (string.IsNullOrWhiteSpace(Ko))
        {
            yield return new Refusal("name-missing", "한국어 이름(ko)이 있어야 합니다.", "There must be a name in Korean (ko).", "ko");
        }

        if (string.IsNullOrWhiteSpace(En))
        {
            yield return new Refusal("name-missing", "영어 이름(en)이 있어야 합니다.", "There must be a name in English (en).", "en");
        }

        if (!Domain.Firms.BusinessNumber.TryParse(BusinessNumber, out _, out var problem))
        {
            yield return new Refusal(problem.Code, problem.Ko, problem.En, "businessNumber");
        }

        if (Region is not null && Regions.Find(Region) is null)
        {
            yield return new Refusal("region-unknown", "없는 시도 코드입니다.", "There is no region of this code.", "region");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,39}$")]
    private static partial Regex Slug();
}
