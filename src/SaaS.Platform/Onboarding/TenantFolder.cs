using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using SaaS.Domain.Firms;
using SaaS.Domain.Money;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Onboarding;

/// <summary>A tenant's folder, read and checked; nothing of it is stored while anything in it is wrong.</summary>
internal sealed class TenantFolder
{
    private readonly List<FolderProblem> problems = [];

    private TenantFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Everything wrong in the folder; errors of the definitions included.</summary>
    public IReadOnlyList<FolderProblem> Problems => problems;

    public TenantFile Tenant { get; private set; } = new(null, null, null, null, null, null, null, null, null);

    /// <summary>Bodies of the register in this folder.</summary>
    public IReadOnlyList<RegisteredFile> Registered { get; private set; } = [];

    /// <summary>Definitions by file name without ending.</summary>
    public Dictionary<string, WorkflowDefinition> Programmes { get; } = new(StringComparer.Ordinal);

    public string TenantFileName => System.IO.Path.Combine(Path, "tenant.json");

    private string RegistryFileName => System.IO.Path.Combine(Path, "registry.json");

    /// <summary>Where a definition breaks a guard rail; all right where it is published already. By file name without ending.</summary>
    public Dictionary<string, List<FolderProblem>> RailProblems { get; } = new(StringComparer.Ordinal);

    /// <param name="path">The folder.</param>
    /// <param name="rails">The national operator's limits that hold today.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<TenantFolder> ReadAsync(string path, GuardRails rails, CancellationToken cancellationToken)
    {
        var folder = new TenantFolder(path);
        if (await folder.JsonAsync<TenantFile>(folder.TenantFileName, cancellationToken) is { } tenant)
        {
            folder.Tenant = tenant;
            folder.CheckTenant();
        }

        if (File.Exists(folder.RegistryFileName) && await folder.JsonAsync<RegistryFile>(folder.RegistryFileName, cancellationToken) is { } registry)
        {
            folder.Registered = registry.Organisations ?? [];
            folder.CheckRegistered();
        }

        await folder.ReadProgrammesAsync(rails, cancellationToken);
        folder.CheckCalls();
        return folder;
    }

    /// <summary>Seoul time as files hold it, with or without seconds.</summary>
    public static bool TryTime(string? text, out Instant instant)
    {
        var minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text ?? "");
        var parsed = minutes.Success ? minutes : LocalDateTimePattern.ExtendedIso.Parse(text ?? "");
        instant = parsed.TryGetValue(default, out var local) ? local.InZoneLeniently(Time.Seoul.Zone).ToInstant() : default;
        return parsed.Success;
    }

    public void Add(string file, string pointer, string code, string ko, string en) => problems.Add(new FolderProblem(file, pointer, code, ko, en));

    private async Task<T?> JsonAsync<T>(string file, CancellationToken cancellationToken)
        where T : class
    {
        if (!File.Exists(file))
        {
            Add(file, "", "file-missing", "파일이 없습니다.", "The file is missing.");
            return null;
        }

        try
        {
            await using var stream = File.OpenRead(file);
            return await JsonSerializer.DeserializeAsync<T>(stream, JsonSerializerOptions.Web, cancellationToken);
        }
        catch (JsonException exception)
        {
            Add(
                file, "", "not-readable",
                $"{exception.LineNumber + 1}번째 줄을 읽을 수 없습니다.",
                $"Line {exception.LineNumber + 1} cannot be read{(exception.Path is { } path ? $" ({path})" : "")}.");
            return null;
        }
    }

    private void CheckTenant()
    {
        foreach (var problem in Tenant.Description.Problems())
        {
            var at = problem.Where == "businessNumber" ? "/organisation/businessNumber" : $"/{problem.Where}";
            Add(TenantFileName, at, problem.Code, problem.Ko, problem.En);
        }

        if (Tenant.Organisation is null)
        {
            Add(TenantFileName, "/organisation", "organisation-missing", "기관 정보(organisation)가 없습니다.", "The organisation is missing.");
        }
        else
        {
            Named(TenantFileName, "/organisation", Tenant.Organisation.Ko, Tenant.Organisation.En);
        }

        People(TenantFileName, "", Tenant.People);
    }

    private void CheckRegistered()
    {
        for (var i = 0; i < Registered.Count; i++)
        {
            var body = Registered[i];
            var at = $"/organisations/{i}";
            Numbered(RegistryFileName, at, body.BusinessNumber);
            Named(RegistryFileName, at, body.Ko, body.En);
            People(RegistryFileName, at, body.People);
            if (string.IsNullOrWhiteSpace(body.Key))
            {
                Add(RegistryFileName, $"{at}/key", "key-missing", "key가 없습니다.", "The key is missing.");
            }

            if (!Enum.TryParse<OrganisationKind>(body.Kind, out var kind))
            {
                Add(RegistryFileName, $"{at}/kind", "organisation-kind", $"kind는 {string.Join(", ", Enum.GetNames<OrganisationKind>())} 중 하나여야 합니다.", $"The kind is one of {string.Join(", ", Enum.GetNames<OrganisationKind>())}.");
            }
            else if (kind == OrganisationKind.Firm && string.IsNullOrWhiteSpace(body.Firm?.Ksic))
            {
                Add(RegistryFileName, $"{at}/firm/ksic", "ksic-missing", "업종 코드(ksic)가 없습니다.", "The industry code (ksic) is missing.");
            }

            if (body.Supplier is { } supplier && !Enum.TryParse<SupplierStatus>(supplier.Status, out _))
            {
                Add(RegistryFileName, $"{at}/supplier/status", "supplier-status", $"status는 {string.Join(", ", Enum.GetNames<SupplierStatus>())} 중 하나여야 합니다.", $"The status is one of {string.Join(", ", Enum.GetNames<SupplierStatus>())}.");
            }
        }
    }

    private async Task ReadProgrammesAsync(GuardRails rails, CancellationToken cancellationToken)
    {
        var programmes = System.IO.Path.Combine(Path, "programmes");
        foreach (var file in Directory.Exists(programmes) ? Directory.GetFiles(programmes, "*.json").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            var parsed = WorkflowDefinition.Parse(await File.ReadAllTextAsync(file, cancellationToken));
            var found = parsed.Definition is { } definition ? SaaS.Platform.Programmes.DefinitionCheck.Errors(definition, rails) : parsed.Problems;
            var name = System.IO.Path.GetFileNameWithoutExtension(file);
            foreach (var problem in found.Where(problem => problem.Severity == Severity.Error && problem.Rail is null))
            {
                Add(file, problem.Pointer, problem.Code, problem.Ko, problem.En);
            }

            RailProblems[name] = [.. found.Where(problem => problem.Rail is not null).Select(problem => new FolderProblem(file, problem.Pointer, problem.Code, problem.Ko, problem.En))];

            if (parsed.Definition is not null)
            {
                Programmes[name] = parsed.Definition;
            }
        }
    }

    private void CheckCalls()
    {
        for (var i = 0; i < (Tenant.Calls?.Count ?? 0); i++)
        {
            var call = Tenant.Calls![i];
            var at = $"/calls/{i}";
            Named(TenantFileName, at, call.Ko, call.En);
            if (call.Programme is null || !Programmes.ContainsKey(call.Programme))
            {
                Add(TenantFileName, $"{at}/programme", "programme-unknown", $"programmes 폴더에 '{call.Programme}.json'이 없습니다.", $"There is no programmes/{call.Programme}.json that can be read.");
            }

            if (string.IsNullOrWhiteSpace(call.Number))
            {
                Add(TenantFileName, $"{at}/number", "number-missing", "공고 번호가 없습니다.", "The number of the call is missing.");
            }

            if (!TryTime(call.OpensAt, out var opens) | !TryTime(call.ClosesAt, out var closes))
            {
                Add(TenantFileName, $"{at}/opensAt", "time-unreadable", "opensAt과 closesAt은 2025-02-24T09:00 형식의 한국 시각이어야 합니다.", "opensAt and closesAt are Korean times such as 2025-02-24T09:00.");
            }
            else if (closes <= opens)
            {
                Add(TenantFileName, $"{at}/closesAt", "window-empty", "마감이 시작보다 빨라서는 안 됩니다.", "The call must close after it opens.");
            }

            if (call.BudgetYear is null or < 2000 or > 2100)
            {
                Add(TenantFileName, $"{at}/budgetYear", "budget-year", "예산 연도(budgetYear)가 없습니다.", "The budget year is missing.");
            }

            for (var b = 0; b < (call.Budgets?.Count ?? 0); b++)
            {
                var budget = call.Budgets![b];
                if (!Enum.TryParse<Funder>(budget.Funder, out _))
                {
                    Add(TenantFileName, $"{at}/budgets/{b}/funder", "funder-unknown", $"funder는 {string.Join(", ", Enum.GetNames<Funder>())} 중 하나여야 합니다.", $"The funder is one of {string.Join(", ", Enum.GetNames<Funder>())}.");
                }

                if (budget.Appropriated is null or < 0)
                {
                    Add(TenantFileName, $"{at}/budgets/{b}/appropriated", "budget-amount", "예산액은 0원 이상이어야 합니다.", "The appropriated amount is 0 won or more.");
                }
            }

            for (var g = 0; g < (call.NationalGrants?.Count ?? 0); g++)
            {
                var grant = call.NationalGrants![g];
                if (grant is { Tier: null or "" } or { Asked: null or < 0 } or { Granted: < 0 } || grant.Granted > grant.Asked)
                {
                    Add(
                        TenantFileName, $"{at}/nationalGrants/{g}", "grant-incomplete",
                        "국비 요청에는 유형(tier)과 금액(asked)이 있어야 하고, 배정액(granted)은 그 금액을 넘을 수 없습니다.",
                        "A grant asked for needs a tier and an amount; what is granted cannot be more.");
                }
            }
        }
    }

    private void Named(string file, string at, string? ko, string? en)
    {
        if (string.IsNullOrWhiteSpace(ko) || string.IsNullOrWhiteSpace(en))
        {
            Add(file, $"{at}/ko", "name-missing", "한국어와 영어 이름(ko, en)이 모두 있어야 합니다.", "There must be a name in Korean and in English (ko, en).");
        }
    }

    private void Numbered(string file, string at, string? number)
    {
        if (!BusinessNumber.TryParse(number, out _, out var problem))
        {
            Add(file, $"{at}/businessNumber", problem.Code, problem.Ko, problem.En);
        }
    }

    private void People(string file, string at, IReadOnlyList<PersonFile>? people)
    {
        for (var i = 0; i < (people?.Count ?? 0); i++)
        {
            var person = people![i];
            Named(file, $"{at}/people/{i}", person.Ko, person.En);
            if (string.IsNullOrWhiteSpace(person.User) || !Enum.TryParse<MemberRole>(person.Role, out _))
            {
                Add(file, $"{at}/people/{i}", "person-incomplete", $"사람마다 user와 role({string.Join(", ", Enum.GetNames<MemberRole>())})이 있어야 합니다.", $"A person needs a user and a role ({string.Join(", ", Enum.GetNames<MemberRole>())}).");
            }
        }
    }
}
