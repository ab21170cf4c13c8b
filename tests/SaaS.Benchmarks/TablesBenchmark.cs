using SaaS.Domain.Money;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Tables;
using SaaS.Workflows.Values;

namespace SaaS.Benchmarks;

/// <summary>
/// Twelve rules, a table of three tiers and five shares of officials, compiled as a definition's are, on facts that are read already (as a
/// simulation reads them); beside the same in C# written by hand, and in RulesEngine. All three must say the same of every firm first.
/// </summary>
public static class TablesBenchmark
{
    private const string Rules = """
        [
          { "code": "SIZE", "field": "firm", "operator": "sme", "value": "SEED-OR", "ko": "규모", "en": "size" },
          { "code": "BANNED", "field": "firm.banned", "operator": "eq", "value": false, "ko": "제한", "en": "ban" },
          { "code": "REGION", "field": "facility.region", "operator": "in", "value": ["46"], "ko": "지역", "en": "region" },
          { "code": "SECTOR", "field": "firm.ksic", "operator": "in", "value": ["C10", "C11"], "ko": "업종", "en": "sector" },
          { "code": "SUPPLIER", "field": "supplier.id", "operator": "ne", "value": "", "ko": "공급", "en": "supplier" },
          { "code": "REGISTERED", "field": "supplier.registered", "operator": "eq", "value": true, "ko": "등록", "en": "registered" },
          { "code": "TAX", "field": "firm.taxArrears", "operator": "eq", "value": false, "ko": "체납", "en": "arrears" },
          { "code": "LEVEL", "field": "firm.level", "operator": "le", "value": 4, "ko": "수준", "en": "level" },
          { "code": "LEVEL-LEAST", "field": "firm.level", "operator": "ge", "value": 0, "ko": "수준", "en": "level" },
          { "code": "ASSETS", "field": "firm.assets", "operator": "lt", "value": 500000000000, "ko": "자산", "en": "assets" },
          { "code": "COST", "field": "totalCost", "operator": "ge", "value": 10000000, "ko": "사업비", "en": "cost" },
          { "code": "TIER", "field": "requestedTier", "operator": "ne", "value": "NONE", "ko": "유형", "en": "tier" }
        ]
        """;

    private const string Tiers = """
        [
          { "tier": "BASIC", "ko": "기초", "en": "Basic", "when": [{ "field": "requestedTier", "operator": "eq", "value": "BASIC" }], "totalCostMax": 100000000 },
          { "tier": "ADV", "ko": "고도화", "en": "Advanced", "when": [{ "field": "requestedTier", "operator": "eq", "value": "ADV" }, { "field": "equipment", "operator": "contains", "value": ["MetalDetector", "XrayInspection"] }], "totalCostMax": 400000000 },
          { "tier": "SMALL", "ko": "소액", "en": "Small", "when": [{ "field": "firm.level", "operator": "le", "value": 1 }], "totalCostMax": 200000000 }
        ]
        """;

    private static readonly ShareTable Shares = new(
        [
            new(Funder.National, 3_000) { MaxBp = 5_000 }, new(Funder.Province, 1_500), new(Funder.Municipality, 1_500), new(Funder.LeadFirm, 1_000),
            new(Funder.Firm, 3_000) { MinBp = 2_000, MaxBp = 4_000 },
        ],
        Funder.Firm,
        new Won(1_000));

    public static Task<IReadOnlyList<Result>> RunAsync(CancellationToken cancellationToken)
    {
        var ours = new Compiled();
        var firms = TableFacts.Examples;
        var facts = firms.Select(firm => ours.Bind(firm.ToApplication())).ToArray();
        var engine = new TablesByRulesEngine();
        CheckThatAllSayTheSame(ours, firms, facts, engine);
        var best = Batches.BestNanoseconds(cancellationToken, Ours, ByHand, ByRulesEngine);
        return Task.FromResult<IReadOnlyList<Result>>(
        [
            new("12 rules, 3 tiers, 5 shares", best[0], best[1], 3, "written by hand in C#") { Unit = "ns" },
            new("12 rules, 3 tiers, 5 shares", best[0], best[2], 100, "RulesEngine 6.0.1, compiled and kept") { Measure = Measure.TimesFaster, Unit = "ns" },
            new("12 rules, 3 tiers, 5 shares, allocated", Batches.AllocatedBytes(Ours), 0, 0, "a decision") { Measure = Measure.AtMost, Unit = "bytes" },
        ]);

        long Ours(int runs)
        {
            Span<long> amounts = stackalloc long[5];
            var sum = 0L;
            for (var run = 0; run < runs; run++)
            {
                var feasible = ours.Decide(facts[run & 63], amounts, out var refused, out var tier);
                sum += (long)refused + tier + amounts[4] + (feasible ? 1 : 0);
            }

            return sum;
        }

        long ByHand(int runs)
        {
            Span<long> amounts = stackalloc long[5];
            var decide = TablesByHand.Delegate;
            var sum = 0L;
            for (var run = 0; run < runs; run++)
            {
                var feasible = decide(firms[run & 63], amounts, out var refused, out var tier);
                sum += refused + tier + amounts[4] + (feasible ? 1 : 0);
            }

            return sum;
        }

        long ByRulesEngine(int runs)
        {
            var sum = 0L;
            for (var run = 0; run < runs; run++)
            {
                sum += engine.DecideAsync(firms[run & 63]).AsTask().GetAwaiter().GetResult().National;
            }

            return sum;
        }
    }

    private static void CheckThatAllSayTheSame(Compiled ours, TableFacts[] firms, Fact[][] facts, TablesByRulesEngine engine)
    {
        Span<long> mine = stackalloc long[5];
        Span<long> byHand = stackalloc long[5];
        for (var i = 0; i < firms.Length; i++)
        {
            var feasible = ours.Decide(facts[i], mine, out var refused, out var tier);
            var feasibleByHand = TablesByHand.Delegate(firms[i], byHand, out var refusedByHand, out var tierByHand);
            var others = engine.DecideAsync(firms[i]).AsTask().GetAwaiter().GetResult();
            if (refused != refusedByHand || tier != tierByHand || feasible != feasibleByHand || !mine.SequenceEqual(byHand)
                || others != (refusedByHand, tierByHand, byHand[0]))
            {
                throw new InvalidOperationException($"Firm {i} is judged differently: {refused}/{tier}, {refusedByHand}/{tierByHand}, {others.Refused}/{others.Tier}.");
            }
        }
    }

    private sealed class Compiled
    {
        private readonly FactLayout layout = new();
        private readonly CompiledRules rules;
        private readonly CompiledTiers tiers;
        private readonly CompiledShares shares;

        public Compiled()
        {
            rules = new CompiledRules(RuleTable.Read(Value.Parse(Rules)), layout);
            tiers = new CompiledTiers(TierTable.Read(Value.Parse(Tiers)), layout);
            shares = new CompiledShares(new ShareCostActivity.TierShares("ALL", Shares, new Dictionary<string, ShareTable>()), layout);
            layout.Close();
        }

        public Fact[] Bind(Value application)
        {
            var facts = new Fact[layout.Count];
            layout.Bind(application, facts);
            return facts;
        }

        public bool Decide(ReadOnlySpan<Fact> facts, Span<long> amounts, out ulong refused, out int tier)
        {
            rules.Evaluate(facts, out refused, out _);
            tier = tiers.Choose(facts);
            return shares.Choose(facts).TryDivide(shares.Cost(facts), amounts);
        }
    }
}
