using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;
using SaaS.Domain.Codes;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Templates;

namespace SaaS.Platform.Programmes;

/// <summary>Begins a programme as a draft: from a template, a programme that the tenant has, or one that another tenant shares, with what the official answers.</summary>
public sealed partial class StartProgramme(PlaneDb planes, IClock clock)
{
    /// <param name="From">A template's name, the id of one of the tenant's programmes, or that of a template which another tenant shares.</param>
    /// <param name="Slug">Names it in addresses and files; lower-case letters, digits and hyphens. Empty: made from the English name.</param>
    /// <param name="Tiers">The tiers that are kept; none keeps them all as they are.</param>
    /// <param name="Places">Only facilities in these regions (two digits) and municipalities (five) may apply; none leaves the rules as they are.</param>
    /// <param name="Sectors">Only these sectors may apply; none leaves the rules as they are.</param>
    public sealed record Request(
        string? From, string? Slug, string? Ko, string? En, int Year, IReadOnlyList<Tier>? Tiers, IReadOnlyList<string>? Places, IReadOnlyList<string>? Sectors,
        LocalDate? OpensOn, LocalDate? ClosesOn);

    /// <param name="Code">As in the template.</param>
    /// <param name="TotalCostMax">In won; null for no limit.</param>
    /// <param name="BasisPoints">Of the eligible cost, by funder; 0 takes a funder out.</param>
    public sealed record Tier(string Code, long? TotalCostMax, IReadOnlyDictionary<Funder, int>? BasisPoints);

    public sealed record Started(Guid ProgrammeId, string Slug);

    private const int LongestSlug = 60;

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoSlug { get; }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex SlugShape { get; }

    public async Task<Outcome<Started>> RunAsync(DraftAuthor author, Request request, CancellationToken cancellationToken)
    {
        await using var db = author.Open(planes);
        if (await author.WhyNotAsync(db, null, cancellationToken) is { } forbidden)
        {
            return new Outcome<Started>.Refused(RefusalKind.Forbidden, [forbidden]);
        }

        if (await FindAsync(db, request.From ?? "", cancellationToken) is not { } template)
        {
            return Absent.Row;
        }

        if (string.IsNullOrWhiteSpace(request.Slug))
        {
            request = request with { Slug = await NewSlugAsync(db, request, cancellationToken) };
        }

        var reasons = WhyNot(request, template);
        if (reasons.Count > 0)
        {
            return reasons;
        }

        var slug = request.Slug!.Trim();
        var answers = new StartAnswers
        {
            DefinitionId = $"{author.Tenant}-{slug}",
            Slug = slug,
            Title = new(request.Ko!.Trim(), request.En!.Trim()),
            Year = request.Year,
            Tiers = [.. (request.Tiers ?? []).Select(tier => new TierAnswer(tier.Code, tier.TotalCostMax, tier.BasisPoints ?? new Dictionary<Funder, int>()))],
            Places = request.Places ?? [],
            Sectors = request.Sectors ?? [],
            OpensOn = request.OpensOn,
            ClosesOn = request.ClosesOn,
        };
        var design = Design.StartFrom(template, answers);
        var programme = new Programme(slug, Enum.Parse<ProgrammeModel>(ProgrammeOutline.Read(template).Model!), answers.Title.Ko, answers.Title.En);
        db.Add(programme);
        db.Add(new DefinitionDraft(programme.Id, answers.DefinitionId, design.ToJson(), author.UserId, clock.GetCurrentInstant()));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new Outcome<Started>.Refused(RefusalKind.Conflict, [new Refusal(
                "slug-taken", $"‘{slug}’이라는 사업이 이미 있습니다. 다른 주소 이름을 쓰세요.", $"There is a programme called ‘{slug}’ already. Choose another short name.", "slug")]);
        }

        return new Started(programme.Id, slug);
    }

    /// <summary>What a programme would begin with. Null when there is no such template, and no such programme of the tenant's.</summary>
    public static async Task<WorkflowDefinition?> FindAsync(GrantsDb db, string from, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(from, out var id))
        {
            return ProgrammeTemplates.Find(from)?.Definition;
        }

        var json = await db.Set<DefinitionVersion>().AsNoTracking().Where(version => version.ProgrammeId == id)
            .OrderByDescending(version => version.Version).Select(version => version.Json).FirstOrDefaultAsync(cancellationToken)
            ?? await ShareTemplate.Lent(db).Where(template => template.Id == id).Select(template => template.Json).SingleOrDefaultAsync(cancellationToken);
        return json is null ? null : WorkflowDefinition.Parse(json).Required;
    }

    /// <summary>To what a tenant restricts applications when it wants its own: a city to itself, a province to itself; null for one that has no place.</summary>
    public static string? PlaceOf(Tenant tenant) => tenant.MunicipalityCode is { } code && Municipalities.Find(code) is not null ? code : tenant.RegionCode;

    /// <summary>The English name in the letters of an address, and a number where a programme of the tenant is called so already.</summary>
    private static async Task<string> NewSlugAsync(GrantsDb db, Request request, CancellationToken cancellationToken)
    {
        var words = string.Join('-', NoSlug.Split((request.En ?? "").ToLowerInvariant()).Where(word => word.Length > 0));
        var stem = words.Length > 0 ? words[..Math.Min(words.Length, LongestSlug - 4)].TrimEnd('-') : $"programme-{request.Year}";
        var taken = await db.Set<Programme>().Where(programme => programme.Slug.StartsWith(stem)).Select(programme => programme.Slug).ToListAsync(cancellationToken);
        return !taken.Contains(stem) ? stem : $"{stem}-{Enumerable.Range(2, taken.Count + 1).First(number => !taken.Contains($"{stem}-{number}"))}";
    }

    private static bool HoldsIn(string place, int year)
        => (Municipalities.Find(place)?.Region ?? place) is var code && Regions.Find(code) is { } region && region.HoldsIn(year);

    private static List<Refusal> WhyNot(Request request, WorkflowDefinition template)
    {
        var reasons = new List<Refusal>();
        if (string.IsNullOrWhiteSpace(request.Ko) || request.Ko.Length > 200)
        {
            reasons.Add(new Refusal("title-missing", "사업 이름을 200자 안으로 적어 주세요.", "Give the programme a Korean name of at most 200 characters.", "ko"));
        }

        if (string.IsNullOrWhiteSpace(request.En) || request.En.Length > 200)
        {
            reasons.Add(new Refusal("title-missing", "영문 이름을 200자 안으로 적어 주세요.", "Give the programme an English name of at most 200 characters.", "en"));
        }

        if (request.Slug?.Trim() is not { Length: > 0 and <= LongestSlug } slug || !SlugShape.IsMatch(slug))
        {
            reasons.Add(new Refusal(
                "slug-invalid", "주소 이름은 영문 소문자, 숫자, 붙임표로 60자까지 씁니다. 예: food-2026", "The short name takes lower-case letters, digits and hyphens, at most 60. Example: food-2026", "slug"));
        }

        if (request.Year is < 2014 or > 2100)
        {
            reasons.Add(new Refusal("year-invalid", "사업 연도를 2014와 2100 사이의 숫자로 적어 주세요.", "Give the year as a number between 2014 and 2100.", "year"));
        }

        if (request is { OpensOn: { } opens, ClosesOn: { } closes } && closes < opens)
        {
            reasons.Add(new Refusal("window-empty", "마감일이 시작일보다 앞섭니다.", "The last day lies before the first.", "closesOn"));
        }

        foreach (var place in (request.Places ?? []).Where(place => !HoldsIn(place, request.Year)))
        {
            reasons.Add(new Refusal(
                "place-unknown", $"{request.Year}년에는 지역 코드 ‘{place}’이(가) 없습니다. 목록에서 골라 주세요.", $"There is no place with the code ‘{place}’ in {request.Year}. Please choose from the list.", "places"));
        }

        foreach (var sector in (request.Sectors ?? []).Where(sector => Sectors.Find(sector) is null))
        {
            reasons.Add(new Refusal("sector-unknown", $"‘{sector}’은(는) 제조업 업종 코드가 아닙니다. C10부터 C34까지 적어 주세요.", $"‘{sector}’ is no sector of manufacturing. They run from C10 to C34.", "sectors"));
        }

        var known = ProgrammeOutline.Read(CompiledWorkflow.Compile(template)).Tiers.Select(tier => tier.Code).ToHashSet();
        foreach (var tier in request.Tiers ?? [])
        {
            if (!known.Contains(tier.Code))
            {
                reasons.Add(new Refusal("tier-unknown", $"‘{tier.Code}’ 유형은 고른 견본에 없습니다.", $"The template has no tier ‘{tier.Code}’.", "tiers"));
            }

            if (tier.TotalCostMax is <= 0 or > 1_000_000_000_000)
            {
                reasons.Add(new Refusal("limit-invalid", $"‘{tier.Code}’ 유형의 총사업비 한도는 1원에서 1조 원 사이여야 합니다.", $"The limit of tier ‘{tier.Code}’ must lie between 1 won and 1 trillion won.", $"max-{tier.Code}"));
            }

            foreach (var (funder, basisPoints) in (tier.BasisPoints ?? new Dictionary<Funder, int>()).Where(share => share.Value is < 0 or > 10_000))
            {
                reasons.Add(new Refusal("share-invalid", $"‘{tier.Code}’ 유형의 부담 비율은 0 %에서 100 % 사이여야 합니다.", $"Shares of tier ‘{tier.Code}’ lie between 0 % and 100 %.", $"share-{tier.Code}-{funder}"));
            }
        }

        return reasons;
    }
}
