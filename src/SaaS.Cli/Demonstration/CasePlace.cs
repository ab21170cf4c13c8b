using System.Text.Json;

namespace SaaS.Cli.Demonstration;

/// <summary>Where a case of a file is walked: whose call, which tier, which firm.</summary>
/// <param name="ProgrammeFile">The definition of a call that is there; the file to be made where the case has shares of its own.</param>
internal sealed record CasePlace(string Tenant, string Call, string Tier, string Firm, string Supplier, string ProgrammeFile)
{
    // A firm and a supplier in the area of the tenant's co-funders.
    private static readonly Dictionary<string, (string Firm, string Supplier)> Consortia = new(StringComparer.Ordinal)
    {
        ["kosmo"] = ("대성테크", "한빛솔루션"),
        ["lg"] = ("신성델타테크", "다솜로보틱스"),
        ["jeonnam"] = ("남도식품", "나래시스템"),
        ["gyeongnam"] = ("진양정밀", "다솜로보틱스"),
        ["changwon"] = ("진양정밀", "다솜로보틱스"),
        ["jeonbuk"] = ("익산바이오", "한빛솔루션"),
    };

    /// <summary>The last call of the tenant that has the tier.</summary>
    public static CasePlace Existing(string file, WrittenCase written)
    {
        var tenant = written.Tenant ?? throw new DemoFailureException($"{file}: /tenant: 분담 비율(shares)이 없으면 tenant와 tier를 적으세요 / without shares, give tenant and tier");
        var tier = written.Tier ?? throw new DemoFailureException($"{file}: /tier: 유형을 적으세요 / give the tier");
        var folder = Path.Combine(SourceFolder.Find("tenants"), tenant);
        var described = Path.Combine(folder, "tenant.json");
        if (!Consortia.TryGetValue(tenant, out var consortium) || !File.Exists(described))
        {
            throw new DemoFailureException($"{file}: /tenant: '{tenant}'의 공고가 없습니다 / no calls of '{tenant}'; there are {string.Join(", ", Consortia.Keys)}");
        }

        using var document = JsonDocument.Parse(File.ReadAllText(described));
        foreach (var call in document.RootElement.GetProperty("calls").EnumerateArray())
        {
            var programme = Path.Combine(folder, "programmes", call.GetProperty("programme").GetString() + ".json");
            var number = call.GetProperty("number").GetString()!;
            if (written.Call is null ? File.ReadAllText(programme).Contains($"\"tier\": \"{tier}\"", StringComparison.Ordinal) : written.Call == number)
            {
                return new CasePlace(tenant, number, tier, consortium.Firm, consortium.Supplier, programme);
            }
        }

        throw new DemoFailureException($"{file}: /tier: '{tenant}'에 '{tier}' 유형의 공고가 없습니다 / '{tenant}' has no call with the tier '{tier}'");
    }

    /// <summary>A new call of the tenant whose co-funders the case needs.</summary>
    public static CasePlace ForFunders(string file, WrittenCase written)
    {
        var funders = CaseProgramme.Shares(file, written).Select(share => share["funder"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var local = funders.Contains("Province") || funders.Contains("Municipality");
        var tenant = written.Tenant ?? (funders.Contains("LeadFirm"), local) switch
        {
            (true, true) => "gyeongnam",
            (true, false) => "lg",
            (false, true) => "jeonnam",
            _ => "kosmo",
        };
        if (!Consortia.TryGetValue(tenant, out var consortium))
        {
            throw new DemoFailureException($"{file}: /tenant: '{tenant}'은(는) 쓸 수 없습니다 / cannot be used; there are {string.Join(", ", Consortia.Keys)}");
        }

        var unique = Guid.CreateVersion7().ToString("N")[^8..];
        return new CasePlace(tenant, $"DEMO-{unique}", written.Tier ?? "CASE", consortium.Firm, consortium.Supplier, $"demo-{unique}");
    }
}
