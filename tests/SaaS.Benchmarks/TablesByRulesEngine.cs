using RulesEngine.Models;

namespace SaaS.Benchmarks;

/// <summary>The tables of the benchmark in RulesEngine 6.0.1: compiled once and kept, typed facts, one call for rules, one for tiers, one for shares.</summary>
internal sealed class TablesByRulesEngine
{
    private readonly RulesEngine.RulesEngine engine = new(
    [
        Of("rules",
            "firm.Employees <= 300 || firm.Revenue <= 150000000000", "!firm.Banned", "firm.Region == \"46\"", "firm.Ksic == \"C10\" || firm.Ksic == \"C11\"",
            "firm.Supplier != \"\"", "firm.Registered", "!firm.TaxArrears", "firm.Level <= 4", "firm.Level >= 0", "firm.Assets < 500000000000", "firm.TotalCost >= 10000000", "firm.RequestedTier != \"NONE\""),
        Of("tiers",
            "firm.RequestedTier == \"BASIC\" && firm.TotalCost <= 100000000",
            "firm.RequestedTier == \"ADV\" && firm.TotalCost <= 400000000 && firm.Equipment.Any(e => e == \"MetalDetector\" || e == \"XrayInspection\")",
            "firm.TotalCost <= 200000000 && firm.Level <= 1"),
        new Workflow { WorkflowName = "shares", Rules = [Share("3000"), Share("1500"), Share("1500"), Share("1000")] },
    ]);

    public async ValueTask<(uint Refused, int Tier, long National)> DecideAsync(TableFacts firm)
    {
        var parameter = new RuleParameter("firm", firm);
        var refused = 0U;
        var rules = await engine.ExecuteAllRulesAsync("rules", parameter);
        for (var i = 0; i < rules.Count; i++)
        {
            refused |= rules[i].IsSuccess ? 0 : 1U << i;
        }

        var tiers = await engine.ExecuteAllRulesAsync("tiers", parameter);
        var shares = await engine.ExecuteAllRulesAsync("shares", parameter);
        return (refused, tiers.FindIndex(tier => tier.IsSuccess), (long)shares[0].ActionResult.Output);
    }

    private static Workflow Of(string name, params string[] conditions) => new()
    {
        WorkflowName = name,
        Rules = [.. conditions.Select((condition, number) => new Rule { RuleName = $"{name}{number}", Expression = condition })],
    };

    private static Rule Share(string basisPoints) => new()
    {
        RuleName = $"share{Guid.NewGuid()}",
        Expression = "firm.TotalCost > 0",
        Actions = new RuleActions { OnSuccess = new ActionInfo { Name = "OutputExpression", Context = new Dictionary<string, object> { ["Expression"] = $"firm.TotalCost * {basisPoints} / 10000 / 1000 * 1000" } } },
    };
}
