using System.Text.Json;
using System.Text.Json.Serialization;
using SaaS.Domain.Money;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.Cli.Demonstration;

/// <summary>Cases that somebody brings: another total in a call that is there, or shares, caps and tranches of their own in a call made for them.</summary>
internal static class CaseFile
{
    public const string Help = """
        사례 파일(JSON): 사례 하나, 또는 사례의 배열 / A JSON file with one case, or an array of cases.
        Amounts in won, shares in basis points (10,000 = 100 %). With "shares" the case gets a programme and a call of its own: a tenant's
        folder is made from workflows/win-win.json with these shares, applied (needs SAAS_DB) and walked. Without "shares" it is walked in
        the call that the tenant has, for example {"tenant": "jeonnam", "tier": "ADV", "total": 345678000}.
          name          for the table; optional
          total         the total cost
          shares        [{"funder": "National|Province|Municipality|LeadFirm|Firm", "targetBp": 5000,
                          "minBp": 0, "maxBp": 10000, "cap": 120000000, "overflowTo": "LeadFirm",
                          "base": "EligibleCost|NationalGrant|FirmShare", "paidBy": "Self|National"}]: targetBp alone is enough;
                          a cap needs overflowTo. Or short: {"National": 5000, "Firm": 5000}
          roundingUnit  default 1000          bearer   who takes the rest, default Firm
          tranches      default [4000, 3000, 3000]; the last one takes what is left
          inKind        the lead firm's part in kind, default 0
          tenant, tier  optional with shares: the tenant follows from the funders
          firm, supplier   names in the register; optional (supplier "" for none)
          expected      {"National": 172839000, …}: optional; must come out as well
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads the file and sets up what its cases need.</summary>
    /// <exception cref="DemoFailureException">Something in the file is wrong; nothing was walked.</exception>
    public static async Task<IReadOnlyList<DemoCase>> ApplyAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var cases = new List<DemoCase>();
        foreach (var written in await ReadAsync(file, cancellationToken))
        {
            cases.Add(await ApplyAsync(file.Name, written, cancellationToken));
        }

        return cases;
    }

    private static async Task<IReadOnlyList<WrittenCase>> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            throw new DemoFailureException($"{file.Name}: 파일이 없습니다 / no such file");
        }

        var text = (await File.ReadAllTextAsync(file.FullName, cancellationToken)).Trim();
        try
        {
            return text.StartsWith('[')
                ? JsonSerializer.Deserialize<List<WrittenCase>>(text, Json) ?? []
                : [JsonSerializer.Deserialize<WrittenCase>(text, Json) ?? throw new JsonException("null")];
        }
        catch (JsonException problem)
        {
            throw new DemoFailureException($"{file.Name}: {problem.Path ?? "/"}: 읽을 수 없습니다 / cannot be read: {problem.Message}", problem);
        }
    }

    private static async Task<DemoCase> ApplyAsync(string file, WrittenCase written, CancellationToken cancellationToken)
    {
        if (written.Total <= 0)
        {
            throw new DemoFailureException($"{file}: /total: 총사업비(원)를 적으세요 / give the total cost in won");
        }

        var place = written.Shares is null ? CasePlace.Existing(file, written) : CasePlace.ForFunders(file, written);
        var text = written.Shares is null
            ? await File.ReadAllTextAsync(place.ProgrammeFile, cancellationToken)
            : CaseProgramme.Write(place, written);
        var parsed = WorkflowDefinition.Parse(text);
        IReadOnlyList<Problem> problems = parsed.Definition is { } read ? [.. DefinitionChecker.Check(read).Where(problem => problem.Severity == Severity.Error)] : parsed.Problems;
        if (parsed.Definition is not { } definition || problems.Count > 0)
        {
            throw new DemoFailureException(string.Join(Environment.NewLine, problems.Select(problem => $"{file}: {problem.Code}: {problem.Ko} / {problem.En}").Distinct()));
        }

        var tier = ProgrammeOutline.Read(definition).Tier(place.Tier)
            ?? throw new DemoFailureException($"{file}: /tier: '{place.Tier}' 유형이 없습니다 / there is no such tier in {place.Tenant}");
        var split = tier.Split(new Won(written.Total)) ?? throw new DemoFailureException($"{file}: {place.Tier}: 분담 비율이 없습니다 / no shares");
        if (!split.IsFeasible)
        {
            throw new DemoFailureException(string.Join(Environment.NewLine, split.Problems.Select(problem => $"{file}: {problem.Code}: {problem.Ko} / {problem.En}")));
        }

        CompareWithFile(file, written, split);
        if (written.Shares is not null)
        {
            await CaseFolder.ApplyAsync(place, text, split, cancellationToken);
        }

        var inKind = written.InKind ?? 0;
        return new DemoCase
        {
            Ko = written.Name ?? $"{place.Tenant} {place.Tier} {written.Total:N0}원",
            En = written.Name ?? $"{place.Tenant} {place.Tier} {written.Total:N0} won",
            Tenant = place.Tenant,
            Call = place.Call,
            Tier = place.Tier,
            Firm = written.Firm ?? place.Firm,
            Supplier = written.Supplier is "" ? null : written.Supplier ?? place.Supplier,
            Equipment = ["MetalDetector"],
            Total = written.Total,
            InKind = inKind,
            Shares = [.. split.Parts.Where(part => part.Amount > Won.Zero).Select(part => Expect(part, part.Funder == Funder.LeadFirm ? inKind : 0, tier))],
        };
    }

    private static ExpectedShare Expect(FunderPart part, long inKind, TierOutline tier)
        => new(part.Funder, part.Amount.Amount, inKind, [.. tier.Payments(part.Amount - new Won(inKind)).Select(tranche => tranche.Amount)]);

    private static void CompareWithFile(string file, WrittenCase written, CostSplit split)
    {
        foreach (var (funder, amount) in written.Expected ?? [])
        {
            var found = Enum.TryParse<Funder>(funder, out var known) ? split.Of(known).Amount : throw new DemoFailureException($"{file}: /expected/{funder}: 그런 재원은 없습니다 / there is no such funder");
            if (found != amount)
            {
                throw new DemoFailureException($"{file}: /expected/{funder}: 분담 비율로는 {found:N0}원입니다 / by the shares it is {found:N0} won, not {amount:N0}");
            }
        }
    }
}

/// <summary>A case as a file holds it; see <see cref="CaseFile.Help"/>.</summary>
internal sealed record WrittenCase(
    string? Name, long Total, JsonElement? Shares, long? RoundingUnit, string? Bearer, IReadOnlyList<int>? Tranches, long? InKind,
    string? Tenant, string? Call, string? Tier, string? Firm, string? Supplier, Dictionary<string, long>? Expected);
