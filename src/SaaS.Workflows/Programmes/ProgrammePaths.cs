using System.Text.RegularExpressions;
using SaaS.Workflows.Activities.Elsa;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>
/// The ways through a programme that end in <c>Grant.Close</c> with the result Completed. Every activity leaves by one of its outcomes,
/// forks by all; a switch on the variable <c>tier</c> follows the tier that was chosen before. Loops are walked once.
/// </summary>
internal sealed partial class ProgrammePaths
{
    /// <summary>Beyond this many ways nobody can say what a programme does.</summary>
    public const int Most = 2_000;

    private const int MostDecisions = 500;
    private const int MostWork = 10_000_000;

    private readonly Dictionary<string, CompiledActivity> _activities = new(StringComparer.Ordinal);
    private readonly ILookup<string, ConnectionDefinition> _outgoing;
    private readonly ILookup<string, ConnectionDefinition> _incoming;
    private readonly List<CompiledActivity> _order = [];
    private readonly HashSet<CompiledActivity> _leadsToCompletion = [];
    private readonly List<ProgrammePath> _paths = [];
    private int _decisions;
    private int _work;

    private ProgrammePaths(CompiledWorkflow workflow)
    {
        var chart = workflow.Definition.Root.Flowchart;
        var open = chart.Activities.ToHashSet();
        foreach (var activity in workflow.Activities.Where(activity => activity.Definition is { } written && open.Contains(written)))
        {
            _activities.TryAdd(activity.Id, activity);
        }

        var known = chart.Connections.Where(link => _activities.ContainsKey(link.Source) && _activities.ContainsKey(link.Target)).ToList();
        var backward = new HashSet<ConnectionDefinition>();
        if (StartOf(chart) is { } start)
        {
            Sort(start, known.ToLookup(link => link.Source), backward);
            _order.Reverse();
        }

        _outgoing = known.Where(link => !backward.Contains(link)).ToLookup(link => link.Source);
        _incoming = known.Where(link => !backward.Contains(link)).ToLookup(link => link.Target);
        foreach (var activity in _order.AsEnumerable().Reverse())
        {
            if (IsCompletion(activity) || _outgoing[activity.Id].Any(link => _leadsToCompletion.Contains(_activities[link.Target])))
            {
                _leadsToCompletion.Add(activity);
            }
        }

        Walk(new Dictionary<string, HashSet<string>>(), null, 0);
    }

    /// <summary>Whether there were more ways than can be walked; <see cref="Completing"/> then holds only some.</summary>
    public bool TooMany { get; private set; }

    /// <summary>Activities that can be reached, each after all that lead to it, loops aside.</summary>
    public IReadOnlyList<CompiledActivity> Reachable => _order;

    public IReadOnlyList<ProgrammePath> Completing => _paths;

    public static ProgrammePaths Of(CompiledWorkflow workflow) => new(workflow);

    private static bool IsCompletion(CompiledActivity activity)
        => activity.TypeName == "Grant.Close" && activity.Prepared is StagePayload payload && payload.Value["result"].Text == "Completed";

    private CompiledActivity? StartOf(FlowchartDefinition chart)
    {
        var targets = chart.Connections.Select(link => link.Target).ToHashSet();
        var start = chart.Start
            ?? chart.Activities.FirstOrDefault(activity => activity.Type == "Elsa.Start")?.Id
            ?? chart.Activities.FirstOrDefault(activity => activity.CanStartWorkflow)?.Id
            ?? chart.Activities.FirstOrDefault(activity => !targets.Contains(activity.Id))?.Id;
        return start is not null ? _activities.GetValueOrDefault(start) : null;
    }

    // Reverse post-order without recursion: definitions may be long. A link to an activity that is still open closes a loop.
    private void Sort(CompiledActivity start, ILookup<string, ConnectionDefinition> links, HashSet<ConnectionDefinition> backward)
    {
        var open = new HashSet<CompiledActivity> { start };
        var seen = new HashSet<CompiledActivity> { start };
        var stack = new Stack<(CompiledActivity Activity, IEnumerator<ConnectionDefinition> Links)>();
        stack.Push((start, links[start.Id].Reverse().GetEnumerator()));
        while (stack.TryPeek(out var top))
        {
            if (!top.Links.MoveNext())
            {
                open.Remove(top.Activity);
                _order.Add(top.Activity);
                stack.Pop();
                continue;
            }

            var target = _activities[top.Links.Current.Target];
            if (open.Contains(target))
            {
                backward.Add(top.Links.Current);
            }
            else if (seen.Add(target))
            {
                open.Add(target);
                stack.Push((target, links[target.Id].Reverse().GetEnumerator()));
            }
        }
    }

    // Fixes the outcome of one activity after the other, in order; an activity that no followed link reaches is passed over.
    private void Walk(Dictionary<string, HashSet<string>> chosen, string? tier, int index)
    {
        for (; index < _order.Count; index++)
        {
            var activity = _order[index];
            if (!Runs(activity, chosen))
            {
                continue;
            }

            if (IsCompletion(activity))
            {
                Add(chosen, tier, index);
                return;
            }

            var ports = Ports(activity, tier);
            if (ports.Count == 0)
            {
                chosen[activity.Id] = [];
                continue;
            }

            foreach (var port in ports.SkipLast(1))
            {
                Branch(chosen, tier, index, activity, port);
                if (TooMany)
                {
                    return;
                }
            }

            chosen[activity.Id] = ports[^1];
            tier = TierOf(activity, ports[^1]) ?? tier;
        }
    }

    private void Branch(Dictionary<string, HashSet<string>> chosen, string? tier, int index, CompiledActivity activity, HashSet<string> port)
    {
        _work += chosen.Count + 1;
        if (_work > MostWork || _decisions == MostDecisions)
        {
            TooMany = true;
            return;
        }

        _decisions++;
        Walk(new Dictionary<string, HashSet<string>>(chosen) { [activity.Id] = port }, TierOf(activity, port) ?? tier, index + 1);
        _decisions--;
    }

    private bool Runs(CompiledActivity activity, Dictionary<string, HashSet<string>> chosen)
    {
        var links = _incoming[activity.Id].ToList();
        return links.Count == 0 ? activity == _order[0] : IsWaitAll(activity)
            ? links.TrueForAll(link => IsFollowed(link, chosen))
            : links.Exists(link => IsFollowed(link, chosen));
    }

    private static bool IsFollowed(ConnectionDefinition link, Dictionary<string, HashSet<string>> chosen)
        => chosen.TryGetValue(link.Source, out var ports) && ports.Contains(link.SourcePort);

    // The sets of ports by which the activity can leave and that lead on towards completion.
    private List<HashSet<string>> Ports(CompiledActivity activity, string? tier)
    {
        var ports = _outgoing[activity.Id]
            .Where(link => _leadsToCompletion.Contains(_activities[link.Target]))
            .GroupBy(link => link.SourcePort, link => link.Target)
            .ToDictionary(port => port.Key, port => string.Join('\n', port.Order(StringComparer.Ordinal)));
        if (activity.TypeName == "Elsa.FlowFork")
        {
            return ports.Count == 0 ? [] : [[.. ports.Keys]];
        }

        if (activity.TypeName is "Elsa.FlowSwitch" or "Elsa.FlowDecision" && tier is not null && PortFor(activity, tier) is { } decided)
        {
            return ports.ContainsKey(decided) ? [[decided]] : [];
        }

        // Outcomes that lead to the same steps are one way, unless they are tiers.
        return [.. ports
            .GroupBy(port => activity.TypeName == "Grant.ChooseTier" ? port.Key : port.Value)
            .Select(ways => new HashSet<string> { ways.First().Key })];
    }

    private static string? TierOf(CompiledActivity activity, HashSet<string> ports)
        => activity.TypeName == "Grant.ChooseTier" && ports.Count == 1 ? ports.First() : null;

    // Null when the condition asks for something else than the tier.
    private static string? PortFor(CompiledActivity activity, string tier)
    {
        if (activity.TypeName == "Elsa.FlowDecision")
        {
            return TierAsked(GrantActivities.Raw(activity.Definition!, "condition")["expression"]) is { } asked ? (asked == tier ? "True" : "False") : null;
        }

        foreach (var (element, _) in SwitchCases.Elements(activity.Definition!))
        {
            var item = Value.From(element);
            var condition = item["condition"]["expression"].IsNothing ? item["condition"] : item["condition"]["expression"];
            if (TierAsked(condition) is not { } asked)
            {
                return null;
            }

            if (asked == tier)
            {
                return item["label"].Text;
            }
        }

        return "Default";
    }

    private static string? TierAsked(Value expression)
        => expression["value"].Text is { } text && TierComparison().Match(text) is { Success: true } match ? match.Groups["tier"].Value : null;

    [GeneratedRegex("""^\s*(return\s+)?(getVariable\(\s*["']tier["']\s*\)|variables\.tier|getTier\(\))\s*={2,3}\s*["'](?<tier>[^"']+)["']\s*;?\s*$""")]
    private static partial Regex TierComparison();

    private static bool IsWaitAll(CompiledActivity activity) => activity.TypeName == "Elsa.FlowJoin" && JoinMode(activity) == "WaitAll";

    private static string JoinMode(CompiledActivity join)
        => GrantActivities.Raw(join.Definition!, "mode")["expression"]["value"].Text ?? "WaitAny";

    private void Add(Dictionary<string, HashSet<string>> chosen, string? tier, int index)
    {
        if (_paths.Count >= Most)
        {
            TooMany = true;
            return;
        }

        var before = new Dictionary<CompiledActivity, IReadOnlySet<CompiledActivity>>();
        var steps = new List<CompiledActivity>();
        for (var place = 0; place <= index; place++)
        {
            var activity = _order[place];
            if (chosen.ContainsKey(activity.Id) || place == index)
            {
                before[activity] = Before(activity, chosen, before);
                steps.Add(activity);
            }
        }

        // What the end does not wait for need not have happened.
        var ended = before[_order[index]];
        _paths.Add(new ProgrammePath(tier, [.. steps.Where(step => ended.Contains(step)), _order[index]]) { Before = before });
    }

    private HashSet<CompiledActivity> Before(
        CompiledActivity activity, Dictionary<string, HashSet<string>> chosen, Dictionary<CompiledActivity, IReadOnlySet<CompiledActivity>> before)
    {
        var any = activity.TypeName == "Elsa.FlowJoin" && JoinMode(activity) == "WaitAny";
        HashSet<CompiledActivity>? sum = null;
        foreach (var link in _incoming[activity.Id].Where(link => IsFollowed(link, chosen)))
        {
            var source = _activities[link.Source];
            HashSet<CompiledActivity> one = before.TryGetValue(source, out var earlier) ? [source, .. earlier] : [source];
            if (sum is null)
            {
                sum = one;
            }
            else if (any)
            {
                sum.IntersectWith(one);
            }
            else
            {
                sum.UnionWith(one);
            }
        }

        return sum ?? [];
    }
}
