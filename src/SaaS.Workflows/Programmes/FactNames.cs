using SaaS.Domain.Codes;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>What a fact holds.</summary>
public enum FactKind
{
    /// <summary>A code of a region, a sector, a tier.</summary>
    Code,

    /// <summary>A whole number of won, people or levels.</summary>
    Number,

    YesNo,

    /// <summary>Several codes.</summary>
    List,

    /// <summary>The firm as a whole, for the SME rule.</summary>
    Firm,

    /// <summary>Another party to the application, or nobody: an empty text.</summary>
    Party,
}

/// <summary>What people call the facts of an application, and the values of coded ones.</summary>
public static class FactNames
{
    /// <summary>The unit of amounts.</summary>
    public static readonly Words Won = new("원", " won");

    private static readonly Dictionary<string, (Words Name, Words Unit)> Known = new()
    {
        ["totalCost"] = (new("총사업비", "total cost"), Won),
        ["requestedTier"] = (new("신청 유형", "requested tier"), default),
        ["solution"] = (new("솔루션", "solution"), default),
        ["equipment"] = (new("도입 장비", "equipment"), default),
        ["documents"] = (new("제출 서류", "documents"), default),
        ["firm"] = (new("기업 규모", "size of the firm"), default),
        ["firm.employees"] = (new("상시근로자 수", "number of staff"), new("명", " employees")),
        ["firm.revenue"] = (new("매출액", "revenue"), Won),
        ["firm.averageSales"] = (new("3년 평균 매출액", "three-year average sales"), Won),
        ["firm.assets"] = (new("자산총액", "total assets"), Won),
        ["firm.ksic"] = (new("업종(KSIC)", "sector (KSIC)"), default),
        ["firm.level"] = (new("현재 스마트 수준", "present smart level"), default),
        ["firm.taxArrears"] = (new("세금 체납", "tax arrears"), default),
        ["firm.banned"] = (new("참여제한", "ban on participation"), default),
        ["firm.completedTiers"] = (new("완료한 유형", "completed tiers"), default),
        ["firm.awards"] = (new("지금까지 선정된 과제 수", "number of projects awarded so far"), new("건", "")),
        ["firm.yearsWithoutAward"] = (new("마지막 선정 뒤 지난 햇수", "full years since the last award"), new("년", " years")),
        ["firm.yearsWithoutSameAward"] = (new("이 기관의 같은 유형에 선정된 뒤 지난 햇수", "full years since the last award of this body in the same tier"), new("년", " years")),
        ["firm.tiersThisYear"] = (new("올해 선정된 유형", "tiers awarded this year"), default),
        ["firm.granted"] = (new("지금까지 받은 공공 지원금", "public money awarded so far"), Won),
        ["firm.grantedInTier.National"] = (new("같은 유형에서 이미 받은 국비", "central money awarded in the same tier before"), Won),
        ["firm.grantedInTier.Province"] = (new("같은 유형에서 이미 받은 도비", "the province's money awarded in the same tier before"), Won),
        ["firm.grantedInTier.Municipality"] = (new("같은 유형에서 이미 받은 시·군비", "the municipality's money awarded in the same tier before"), Won),
        ["firm.grantedInTier.LeadFirm"] = (new("같은 유형에서 이미 받은 주관기업 지원금", "lead firms' money awarded in the same tier before"), Won),
        ["firmInKind"] = (new("기업부담금 중 현물", "what the firm gives in kind"), Won),
        ["award.model"] = (new("추가 지원을 받을 과제의 사업 모델", "model of the award that is topped up"), default),
        ["award.tier"] = (new("추가 지원을 받을 과제의 유형", "tier of the award that is topped up"), default),
        ["award.nationalGrant"] = (new("추가 지원을 받을 과제의 국비", "central money of the award that is topped up"), Won),
        ["award.firmShare"] = (new("추가 지원을 받을 과제의 기업부담금", "the firm's part of the award that is topped up"), Won),
        ["facility.region"] = (new("공장 소재 시·도", "region of the facility"), default),
        ["facility.municipality"] = (new("공장 소재 시·군·구", "municipality of the facility"), default),
        ["supplier.id"] = (new("공급기업", "supplier"), default),
        ["supplier.registered"] = (new("공급기업 등록", "registered supplier"), default),
        ["leadFirm.tenant"] = (new("주관기업", "lead firm"), default),
    };

    /// <summary>The field itself where it has no name yet.</summary>
    public static Words Of(string field) => Known.TryGetValue(field, out var known) ? known.Name : new(field, field);

    /// <summary>Every fact that the platform knows, the ones asked most first.</summary>
    public static IReadOnlyCollection<string> All => Known.Keys;

    /// <summary>What counts for a fact whose name does not say so; null where the name says all.</summary>
    public static Words? NoteOf(string field) => field switch
    {
        "award.model" or "award.tier" or "award.nationalGrant" or "award.firmShare" => new(
            "신청하는 해에 같은 공장으로 선정된 과제입니다(추가 지원 과제는 빼고, 여럿이면 국비가 가장 많은 것). 없으면 금액은 0원입니다.",
            "The project awarded in the year of the application to the same facility, top-ups aside; of several the one with most central money. Without one its amounts are 0 won."),
        "firm.tiersThisYear" => new(
            "신청하는 해에 선정된 과제의 유형입니다. 어느 기관의 사업이든 셉니다.",
            "The tiers of all projects awarded in the year of the application, by whichever body."),
        "firm.awards" => new(
            "어느 기관의 사업이든 선정되어 그대로인 과제를 셉니다. 취소·중단된 과제는 빼고 셉니다.",
            "Projects of every body that the firm was selected for and has not lost since."),
        "firm.yearsWithoutAward" or "firm.yearsWithoutSameAward" => new(
            "마지막 과제의 협약일(협약 전이면 신청일)부터 신청일까지 꽉 찬 햇수입니다. 선정된 적이 없으면 2014년부터 셉니다.",
            "Full years from the day of the last agreement (before it, of the application) to the application; counted from 2014 for a firm without an award."),
        "firm.granted" => new(
            "선정된 과제의 국비·도비·시군비를 더한 금액입니다. 주관기업 지원금은 빼고 셉니다.",
            "Central, provincial and municipal money of all its projects; a lead firm's money does not count."),
        _ when field.StartsWith("firm.grantedInTier.", StringComparison.Ordinal) => new(
            "신청하는 유형과 같은 유형의 과제에서 어느 기관의 사업이든 받은 금액입니다.",
            "What it was given in projects of the tier that it applies for, by whichever body."),
        _ => null,
    };

    /// <summary>What can be asked of a fact; a fact that is not known is a code.</summary>
    public static FactKind KindOf(string field) => field switch
    {
        "firm" => FactKind.Firm,
        "totalCost" or "firm.employees" or "firm.revenue" or "firm.averageSales" or "firm.assets" or "firm.level"
            or "firm.awards" or "firm.yearsWithoutAward" or "firm.yearsWithoutSameAward" or "firm.granted"
            or "firmInKind" or "award.nationalGrant" or "award.firmShare" => FactKind.Number,
        _ when field.StartsWith("firm.grantedInTier.", StringComparison.Ordinal) => FactKind.Number,
        "supplier.id" or "leadFirm.tenant" => FactKind.Party,
        "firm.taxArrears" or "firm.banned" or "supplier.registered" => FactKind.YesNo,
        "equipment" or "documents" or "firm.completedTiers" or "firm.tiersThisYear" => FactKind.List,
        _ => FactKind.Code,
    };

    /// <summary>The codes that a fact can have, with their names; empty where anything may be written.</summary>
    public static IReadOnlyList<(string Code, Words Name)> ChoicesOf(string field) => field switch
    {
        "firm.ksic" => [.. Sectors.All.Select(sector => (sector.Code, new Words($"{sector.Code} {sector.Ko}", $"{sector.Code} {sector.En}")))],
        "facility.region" => [.. Regions.All.Select(region => (region.Code, new Words(region.Ko, region.En)))],
        "facility.municipality" => [.. Municipalities.All.Select(municipality => (municipality.Code, new Words(municipality.FullKo, municipality.FullEn)))],
        "equipment" => [.. Equipment.Codes.Select(code => (code, Equipment.Find(code)!.Value))],
        "award.model" => [.. GuardRails.Models.Select(model => (model, OptionNames.Of(model)))],
        "award.tier" or "firm.completedTiers" or "firm.tiersThisYear" => UsualTiers,
        "firm.level" => SmartLevels,
        "solution" => Solutions,
        _ => [],
    };

    // A firm's other awards are of other programmes, whose tiers stand in no list of this one.
    private static IReadOnlyList<(string Code, Words Name)> UsualTiers { get; } =
    [
        ("BASIC", new("기초", "Basic")),
        ("ADV", new("고도화", "Advanced")),
        ("ADV1", new("고도화1", "Advanced 1")),
        ("ADV2", new("고도화2", "Advanced 2")),
        ("SAME", new("동일수준", "Same level")),
        ("JOINT", new("상생", "Joint")),
        ("ROB", new("로봇", "Robots")),
        ("AUTO", new("자율형", "Autonomous")),
        ("LH", new("등대", "Lighthouse")),
    ];

    private static IReadOnlyList<(string Code, Words Name)> Solutions { get; } =
    [
        ("MES", new("MES(생산관리시스템)", "MES (manufacturing execution)")),
        ("ERP", new("ERP(전사적 자원관리)", "ERP (resource planning)")),
        ("SCM", new("SCM(공급망관리)", "SCM (supply chain)")),
        ("PLM", new("PLM(제품수명주기관리)", "PLM (product lifecycle)")),
        ("FEMS", new("FEMS(공장 에너지관리)", "FEMS (factory energy)")),
        ("QMS", new("QMS(품질관리)", "QMS (quality)")),
        ("WMS", new("WMS(창고관리)", "WMS (warehouse)")),
        ("APS", new("APS(생산계획)", "APS (planning and scheduling)")),
        ("AI", new("제조 AI", "Manufacturing AI")),
        ("DigitalTwin", new("디지털 트윈", "Digital twin")),
    ];

    private static IReadOnlyList<(string Code, Words Name)> SmartLevels { get; } =
    [
        ("0", new("0 미적용", "0 None")),
        ("1", new("1 기초", "1 Basic")),
        ("2", new("2 기초", "2 Basic")),
        ("3", new("3 중간1", "3 Middle 1")),
        ("4", new("4 중간2", "4 Middle 2")),
        ("5", new("5 고도", "5 Advanced")),
    ];

    /// <summary>Whether the platform knows such a fact.</summary>
    public static bool Knows(string field) => Known.ContainsKey(field);

    /// <summary>What people call a code of a fact, also one that may not be chosen any more; null where nobody named it.</summary>
    public static Words? NameOf(string field, string code) => ValueOf(field, Value.From(code)) is var name && name.Ko != code ? name : null;

    /// <summary>What its numbers count, as it stands behind them; empty where they have none.</summary>
    public static Words UnitOf(string field) => Known.TryGetValue(field, out var known) ? new(known.Unit.Ko ?? "", known.Unit.En ?? "") : new("", "");

    /// <summary>A number as it is read: a smart level with its stage.</summary>
    internal static Words NumberOf(string field, string number)
        => field == "firm.level" && SmartLevels.FirstOrDefault(level => level.Code == number) is { Code: not null } known
            ? new(known.Name.Ko.Replace(" ", "(", StringComparison.Ordinal) + ")", $"{number} ({known.Name.En[(number.Length + 1)..]})")
            : new(number, number);

    internal static Words ValueOf(string field, Value value)
    {
        if (value.Kind == ValueKind.Boolean)
        {
            return value.IsTrue ? new("예", "yes") : new("아니요", "no");
        }

        var text = value.Text ?? value.ToJson();
        return field switch
        {
            "firm.ksic" when Sectors.Find(text) is { } sector => new($"{text} {sector.Ko}", $"{text} {sector.En}"),
            "facility.region" when Regions.Find(text) is { } region => new(region.Ko, region.En),
            "facility.municipality" when Municipalities.Find(text) is { } municipality => new(municipality.Ko, municipality.En),
            "equipment" when Equipment.Find(text) is { } name => name,
            "solution" => Solutions.Where(solution => solution.Code == text).Select(solution => solution.Name).FirstOrDefault(new Words(text, text)),
            "award.model" => OptionNames.Of(text),
            "award.tier" or "firm.completedTiers" or "firm.tiersThisYear" => ChoicesOf(field).Where(tier => tier.Code == text).Select(tier => tier.Name).FirstOrDefault(new Words(text, text)),
            _ => new(text, text),
        };
    }
}
