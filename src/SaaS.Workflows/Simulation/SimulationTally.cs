using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Simulation;

/// <summary>
/// Runs applications through a definition up to their first wait, where verdict, tier and shares are decided, and adds up what comes
/// out. Every application that passes counts as if all later stages said yes. One tally per thread; add them together at the end.
/// </summary>
public sealed class SimulationTally(CompiledWorkflow workflow, Instant now)
{
    private const int MarginalKept = 100;
    private readonly SortedDictionary<string, long> _verdicts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _tiers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _won = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedDictionary<string, long>> _municipalities = new(StringComparer.Ordinal);
    private readonly List<(long Row, Value Firm)> _marginal = [];
    private readonly Func<Guid> _newId = static () => Guid.Empty;

    public long Firms { get; private set; }

    /// <summary>Firms that passed: eligible, in a tier, with a cost that could be shared.</summary>
    public long Passed { get; private set; }

    /// <summary>Runs one application.</summary>
    /// <param name="application">The facts.</param>
    /// <param name="row">Its place in the file, so that what is listed does not depend on threads.</param>
    public void Add(Value application, long row)
    {
        Firms++;
        var burst = WorkflowRuntime.Start(workflow, new StartWorkflow
        {
            InstanceId = Guid.Empty,
            Input = Value.Object(("Application", application)),
            Now = now,
            NewId = _newId,
        });
        var state = burst.State;
        Count(_verdicts, state.SubStatus == WorkflowSubStatus.Faulted ? "Fault" : state.Variable("verdict").Text ?? "None");
        if (state.Status == WorkflowStatus.Running)
        {
            Passed++;
            Count(_tiers, state.Variable("tier").Text ?? "None");
            AddShares(state.Variable("shares"), application["facility"]["municipality"].Text ?? "");
            return;
        }

        AddReasons(state.Variable("reasons"), application, row);
    }

    /// <summary>Adds another thread's tally to this one.</summary>
    public void Add(SimulationTally other)
    {
        Firms += other.Firms;
        Passed += other.Passed;
        Merge(_verdicts, other._verdicts);
        Merge(_tiers, other._tiers);
        Merge(_reasons, other._reasons);
        Merge(_won, other._won);
        foreach (var (municipality, won) in other._municipalities)
        {
            Merge(Of(municipality), won);
        }

        _marginal.AddRange(other._marginal);
    }

    /// <summary>All sums as one JSON object.</summary>
    public Value ToValue() => Value.Object(
        ("firms", Firms),
        ("passed", Passed),
        ("verdicts", ToValue(_verdicts)),
        ("tiers", ToValue(_tiers)),
        ("reasons", ToValue(_reasons)),
        ("won", ToValue(_won)),
        ("municipalities", Value.Object([.. _municipalities.Select(each => (each.Key, ToValue(each.Value)))])),
        ("marginal", Value.From([.. _marginal.OrderBy(each => each.Row).Take(MarginalKept).Select(each => each.Firm)])));

    private void AddShares(Value shares, string municipality)
    {
        foreach (var part in shares["parts"].Items)
        {
            if (part["funder"].Text is { } funder && part["amount"].Whole is { } amount)
            {
                Count(_won, funder, amount);
                Count(Of(municipality), funder, amount);
            }
        }
    }

    private void AddReasons(Value reasons, Value application, long row)
    {
        foreach (var reason in reasons.Items)
        {
            Count(_reasons, reason["code"].Text ?? "");
        }

        // One reason that a small change would remove: these are the firms to look at.
        if (_marginal.Count < MarginalKept && reasons.Items.Length == 1 && reasons.Items[0]["nearestKo"].Text is { Length: > 0 } nearest)
        {
            _marginal.Add((row, Value.Object(("id", application["firm"]["id"]), ("reason", reasons.Items[0]["code"]), ("nearestKo", nearest), ("nearestEn", reasons.Items[0]["nearestEn"]))));
        }
    }

    private SortedDictionary<string, long> Of(string municipality)
    {
        if (!_municipalities.TryGetValue(municipality, out var won))
        {
            won = _municipalities[municipality] = new SortedDictionary<string, long>(StringComparer.Ordinal);
        }

        return won;
    }

    private static void Count(SortedDictionary<string, long> counts, string key, long by = 1) => counts[key] = counts.GetValueOrDefault(key) + by;

    private static void Merge(SortedDictionary<string, long> into, SortedDictionary<string, long> from)
    {
        foreach (var (key, count) in from)
        {
            Count(into, key, count);
        }
    }

    private static Value ToValue(SortedDictionary<string, long> counts) => Value.Object([.. counts.Select(each => (each.Key, Value.From(each.Value)))]);
}
