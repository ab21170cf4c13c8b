using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.Domain.Money;
using SaaS.Platform;
using SaaS.Platform.Onboarding;

namespace SaaS.Cli.Demonstration;

/// <summary>Makes a folder for a tenant with one more programme and call, and applies it as <c>tenant apply</c> does.</summary>
internal static class CaseFolder
{
    private static readonly Dictionary<string, string> LeadFirms = new(StringComparer.Ordinal) { ["gyeongnam"] = "lg", ["lg"] = "lg" };

    private static readonly Dictionary<string, string> Municipalities = new(StringComparer.Ordinal)
    {
        ["jeonnam"] = "naju",
        ["gyeongnam"] = "changwon",
        ["changwon"] = "changwon",
    };

    public static async Task ApplyAsync(CasePlace place, string programme, CostSplit split, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"saas-{Path.GetFileName(place.ProgrammeFile)}");
        Directory.CreateDirectory(Path.Combine(folder, "programmes"));
        try
        {
            var source = Path.Combine(SourceFolder.Find("tenants"), place.Tenant, "tenant.json");
            var tenant = JsonNode.Parse(await File.ReadAllTextAsync(source, cancellationToken))!.AsObject();
            tenant["calls"] = new JsonArray(Call(place, split, tenant["calls"]![0]!));
            await File.WriteAllTextAsync(Path.Combine(folder, "tenant.json"), tenant.ToJsonString(), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "programmes", Path.GetFileName(place.ProgrammeFile) + ".json"), programme, cancellationToken);
            await ApplyAsync(folder, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static JsonObject Call(CasePlace place, CostSplit split, JsonNode usual)
    {
        var budgets = new JsonArray();
        var grants = new JsonArray();
        foreach (var part in split.Parts.Where(part => part.Amount > Won.Zero && part.Funder != Funder.Firm))
        {
            if (part.Funder == Funder.National)
            {
                // Granted on the way, by KOSMO's officer.
                grants.Add(new JsonObject { ["tier"] = place.Tier, ["asked"] = part.Amount.Amount });
                continue;
            }

            budgets.Add(new JsonObject
            {
                ["tier"] = null,
                ["funder"] = part.Funder.ToString(),
                ["organisation"] = part.Funder switch
                {
                    Funder.LeadFirm => LeadFirms.GetValueOrDefault(place.Tenant, place.Tenant),
                    Funder.Municipality => Municipalities.GetValueOrDefault(place.Tenant, place.Tenant),
                    _ => place.Tenant,
                },
                ["appropriated"] = part.Amount.Amount,
            });
        }

        return new JsonObject
        {
            ["programme"] = Path.GetFileName(place.ProgrammeFile),
            ["number"] = place.Call,
            ["ko"] = "시연 공고",
            ["en"] = "Call for a demonstration",
            ["opensAt"] = usual["opensAt"]!.DeepClone(),
            ["closesAt"] = usual["closesAt"]!.DeepClone(),
            ["budgetYear"] = usual["budgetYear"]!.DeepClone(),
            ["budgets"] = budgets,
            ["nationalGrants"] = grants,
        };
    }

    private static async Task ApplyAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
            await using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddPlatform(configuration).BuildServiceProvider();
            await using var scope = services.CreateAsyncScope();
            var result = await scope.ServiceProvider.GetRequiredService<ApplyTenants>().RunAsync([folder], Tenant.DemoPassword, cancellationToken);
            if (result.Problems.Count > 0)
            {
                throw new DemoFailureException(string.Join(Environment.NewLine, result.Problems));
            }
        }
        catch (Exception problem) when (problem is InvalidOperationException or NpgsqlException)
        {
            throw new DemoFailureException($"사례의 공고를 만들지 못했습니다 / the call of the case could not be made: {problem.Message}", problem);
        }
    }
}
