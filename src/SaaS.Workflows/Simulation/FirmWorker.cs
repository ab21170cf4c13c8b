using System.Text;
using SaaS.Domain.Money;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Tables;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Simulation;

/// <summary>Takes one firm after another through a definition. One a thread.</summary>
internal sealed class FirmWorker
{
    private const int Funders = 5;
    private const int MostShares = 16;
    private readonly SimulationPlan _plan;
    private readonly Fact[] _facts;
    private readonly int[] _policySlots;
    private readonly double[] _policyFacts;
    private readonly ulong[] _refused;
    private readonly long[][] _amounts;
    private readonly TableStep[] _steps;
    private readonly long[] _won = new long[Funders];
    private readonly string[][] _policyPaths;
    private readonly List<string> _codes = [];
    private readonly Dictionary<Signature, RunNode> _firsts = [];

    public FirmWorker(SimulationPlan plan)
    {
        _plan = plan;
        var steps = plan.Tables?.Steps.Count ?? 0;
        _facts = new Fact[plan.Tables?.Layout.Count ?? 0];
        _steps = [.. plan.Tables?.Steps ?? []];
        _refused = new ulong[steps];
        _amounts = [.. _steps.Select(_ => new long[MostShares])];
        _policyFacts = new double[plan.Policy.Facts.Count];
        _policyPaths = [.. plan.Policy.Facts.Select(path => path.Split('.'))];
        _policySlots = [.. plan.Policy.Facts.Select(path => plan.Tables?.Layout.Find(path) ?? -1)];
    }

    public SimulationTally Tally { get; } = new();

    /// <summary>Firms that wait for the ranking.</summary>
    public List<Candidate> Candidates { get; } = [];

    /// <summary>Where to read the facts of the next firm to.</summary>
    public Span<Fact> Facts => _facts;

    /// <summary>What became of each firm, where somebody asks.</summary>
    public List<FirmOutcome>? Outcomes { get; init; }

    /// <summary>Takes the firm that was read last.</summary>
    public void Add(FirmReader firm)
    {
        var line = firm.Line;
        var first = _plan.Tables is not null ? First(Answer(), firm) : RunNode.Start(_plan, firm.ToApplication(), isShared: false);
        Tally.Begin(first);
        Tally.SettleWhenLarge();
        if (!first.HasPassed)
        {
            var reasons = AddReasons(first, firm, line);
            Outcomes?.Add(new FirmOutcome(line, Encoding.UTF8.GetString(firm.Id), first.Verdict, null, reasons?.ToArray() ?? [.. Codes(first.Reasons)], null, false, new long[Funders]));
            return;
        }

        ReadPolicyFacts(firm);
        var node = Walk(first, line, isRanked: false);
        FillWon(node);
        if (node.Waiting is { } wait && _plan.Policy.IsRanked(wait))
        {
            var score = _plan.Policy.Score(wait, line, _policyFacts);
            if (_plan.Policy.MayBeRanked(wait, score))
            {
                Candidates.Add(new Candidate(line, Encoding.UTF8.GetString(firm.Id), Encoding.UTF8.GetString(firm.Municipality), node, score, [.. _won], [.. _policyFacts]));
                return;
            }

            node = Walk(node.Answer(wait.Outcomes[^1]), line, isRanked: true);
        }

        End(node, line, firm.Id, firm.Municipality);
    }

    /// <summary>Goes on with a firm after the ranking; one for which place or money lacks stays on the waiting list.</summary>
    /// <param name="candidate">The firm.</param>
    /// <param name="lacks">Why it was not selected; null when it was.</param>
    public void GoOn(Candidate candidate, string? lacks)
    {
        candidate.Won.CopyTo(_won, 0);
        if (lacks is not null)
        {
            Tally.AddReason(lacks);
            Tally.EndOnWaitingList();
            Outcomes?.Add(new FirmOutcome(candidate.Line, candidate.Id, candidate.Node.Verdict, candidate.Node.Tier, [lacks], SimulationTally.Waitlisted, false, [.. _won]));
            return;
        }

        candidate.Facts.CopyTo(_policyFacts, 0);
        var node = Walk(candidate.Node.Answer(candidate.Node.Waiting!.Outcomes[0]), candidate.Line, isRanked: true);
        End(node, candidate.Line, Encoding.UTF8.GetBytes(candidate.Id), Encoding.UTF8.GetBytes(candidate.Municipality));
    }

    private void End(RunNode node, long line, ReadOnlySpan<byte> id, ReadOnlySpan<byte> municipality)
    {
        Tally.End(node, municipality, _won);
        Outcomes?.Add(new FirmOutcome(line, Encoding.UTF8.GetString(id), node.Verdict, node.Tier, [], SimulationTally.ResultOf(node), SimulationTally.IsSupported(node), [.. _won]));
        Tally.SettleWhenLarge();
    }

    private RunNode Walk(RunNode node, long line, bool isRanked)
    {
        if (_plan.Policy.ApprovesAll)
        {
            return node.Approved();
        }

        while (node.Waiting is { } wait)
        {
            if (!isRanked && _plan.Policy.IsRanked(wait))
            {
                return node;
            }

            node = node.Answer(_plan.Policy.Answer(wait, line, node.Answers, _policyFacts));
        }

        return node;
    }

    // Threads ask the plan once for each signature.
    private RunNode First(in Signature signature, FirmReader firm)
    {
        ref var known = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_firsts, signature, out _);
        return known ??= _plan.First(signature, firm);
    }

    private Signature Answer()
    {
        var signature = default(Signature);
        for (var i = 0; i < _steps.Length; i++)
        {
            var step = _steps[i];
            if (step.Rules is { } rules)
            {
                var answer = rules.Evaluate(_facts, out var refused, out var missing);
                _refused[i] = answer == SaaS.Domain.Firms.Answer.No ? refused : missing;
                signature = signature.With(i, (byte)answer);
            }
            else if (step.Tiers is { } tiers)
            {
                signature = signature.With(i, (byte)(tiers.Choose(_facts) + 1));
            }
            else
            {
                signature = signature.With(i, step.Shares!.TryDivide(_facts, _amounts[i]) ? (byte)1 : (byte)0);
            }
        }

        return signature;
    }

    private void FillWon(RunNode node)
    {
        Array.Clear(_won);
        if (node.SharesFrom is { Shares: { } shares } step)
        {
            var division = shares.Choose(_facts);
            var amounts = _amounts[Array.IndexOf(_steps, step)];
            for (var i = 0; i < division.Parts; i++)
            {
                _won[(int)division.FunderOf(i)] = amounts[i];
            }

            return;
        }

        foreach (var part in node.Shares["parts"].Items)
        {
            if (Enum.TryParse<Funder>(part["funder"].Text, out var funder) && part["amount"].Whole is { } amount)
            {
                _won[(int)funder] = amount;
            }
        }
    }

    private void ReadPolicyFacts(FirmReader firm)
    {
        if (_policyFacts.Length == 0)
        {
            return;
        }

        var application = _plan.Tables is null ? firm.ToApplication() : default;
        for (var i = 0; i < _policyFacts.Length; i++)
        {
            if (_plan.Tables is not null)
            {
                _policyFacts[i] = _facts[_policySlots[i]].Number;
                continue;
            }

            var value = application;
            foreach (var name in _policyPaths[i])
            {
                value = value[name];
            }

            _policyFacts[i] = value.Kind == ValueKind.Number ? value.Number : double.NaN;
        }
    }

    /// <summary>Counts the reasons, and returns their codes where somebody asks for them and the state does not hold them.</summary>
    private List<string>? AddReasons(RunNode node, FirmReader firm, long line)
    {
        if (node.ReasonsFrom is not { } step)
        {
            var reasons = node.Reasons;
            foreach (var code in Codes(reasons))
            {
                Tally.AddReason(code);
            }

            if (reasons.Items.Length == 1)
            {
                var reason = reasons.Items[0];
                KeepMarginal(Nearness.Of(node.ReasonTeller?.Prepared, firm.ToApplication(), reason["code"].Text), firm, line, () => reason);
            }

            return null;
        }

        var codes = _codes;
        codes.Clear();
        var distance = step.Rules is not null ? ReasonsOf(step.Rules, Array.IndexOf(_steps, step), codes) : step.Tiers is not null ? ReasonsOf(step.Tiers, codes) : ReasonsOf(step.Shares!, codes);
        foreach (var code in codes)
        {
            Tally.AddReason(code);
        }

        if (codes.Count == 1)
        {
            KeepMarginal(distance, firm, line, () => RunNode.Start(_plan, firm.ToApplication(), isShared: false).Reasons.Items[0]);
        }

        return codes;
    }

    private void KeepMarginal(double? distance, FirmReader firm, long line, Func<Value> reason)
    {
        if (distance is { } known && Tally.KeepsMarginal(known, line))
        {
            Tally.AddMarginal(new MarginalFirm(known, line, Encoding.UTF8.GetString(firm.Id), reason()));
        }
    }

    private double? ReasonsOf(CompiledRules rules, int step, List<string> codes)
    {
        var last = -1;
        for (var left = _refused[step]; left != 0; left &= left - 1)
        {
            last = System.Numerics.BitOperations.TrailingZeroCount(left);
            codes.Add(rules.Table.Rules[last].Code);
        }

        return codes.Count == 1 && rules.Evaluate(_facts, out _, out _) == SaaS.Domain.Firms.Answer.No ? rules.Distance(_facts, last) : null;
    }

    private double? ReasonsOf(CompiledTiers tiers, List<string> codes)
    {
        if (tiers.Choose(_facts) >= 0)
        {
            return null;
        }

        var nearest = tiers.Nearest(_facts);
        var (above, below, conditions) = tiers.Misfits(nearest, _facts);
        codes.AddRange(above ? ["tier-cost-above"] : []);
        codes.AddRange(below ? ["tier-cost-below"] : []);
        codes.AddRange(Enumerable.Repeat("tier-condition", conditions));
        return codes.Count == 1 ? tiers.Distance(nearest, _facts) : null;
    }

    private double? ReasonsOf(CompiledShares shares, List<string> codes)
    {
        var division = shares.Choose(_facts);
        var outside = shares.Outside(_facts);
        codes.AddRange(CostSharing.Split(division.Table, shares.Cost(_facts), outside).Problems.Select(problem => problem.Code));
        return codes.Count == 1 ? Nearness.OfCost(division, shares.Cost(_facts), outside) : null;
    }

    private static IEnumerable<string> Codes(Value reasons) => reasons.Items.ToArray().Select(reason => reason["code"].Text ?? "");
}

/// <summary>A firm that waits for the ranking.</summary>
internal sealed record Candidate(long Line, string Id, string Municipality, RunNode Node, double Score, long[] Won, double[] Facts)
{
    public Int128 Total => Won.Aggregate((Int128)0, static (sum, won) => sum + won);

    public Int128 Public => (Int128)Won[(int)Funder.National] + Won[(int)Funder.Province] + Won[(int)Funder.Municipality];
}
