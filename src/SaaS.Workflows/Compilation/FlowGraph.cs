using System.Collections;
using System.Collections.Concurrent;

namespace SaaS.Workflows.Compilation;

/// <summary>
/// The connections of one flowchart as seen from one start activity: which lead forward, which back, what must arrive before an
/// activity runs. Activities and connections are numbered; nothing is looked up by name while a workflow runs.
/// </summary>
internal sealed class FlowGraph
{
    private readonly CompiledActivity[] _activities;
    private readonly FlowConnection[] _connections;
    private readonly ConcurrentDictionary<int, FlowGraph>? _byStart;
    private readonly ConcurrentDictionary<int, BitArray> _ancestors = new();

    private FlowGraph(CompiledActivity[] activities, FlowConnection[] connections, int start, ConcurrentDictionary<int, FlowGraph> byStart)
    {
        _activities = activities;
        _byStart = byStart;
        Start = start;
        Outbound = new int[activities.Length][];
        ForwardInbound = new int[activities.Length][];
        Dangling = new bool[activities.Length];
        _connections = [.. connections];
        Analyse();
    }

    public FlowConnection[] Connections => _connections;

    /// <summary>The activity to start with; -1 in an empty flowchart.</summary>
    public int Start { get; }

    public CompiledActivity[] Activities => _activities;

    /// <summary>For each activity its connections outwards, in their order.</summary>
    public int[][] Outbound { get; }

    /// <summary>For each activity its connections inwards that lead forward.</summary>
    public int[][] ForwardInbound { get; }

    /// <summary>Activities that cannot be reached from the start.</summary>
    public bool[] Dangling { get; }

    public static FlowGraph Build(CompiledActivity[] activities, FlowConnection[] connections, int start)
    {
        var byStart = new ConcurrentDictionary<int, FlowGraph>();
        var graph = new FlowGraph(activities, connections, start, byStart);
        byStart[start] = graph;
        return graph;
    }

    /// <summary>The same flowchart when a trigger in it starts the workflow.</summary>
    public FlowGraph From(int start) => start == Start ? this : _byStart!.GetOrAdd(start, at => new FlowGraph(_activities, _connections, at, _byStart));

    /// <summary>All activities from which the given one can be reached forwards.</summary>
    public BitArray Ancestors(int activity) => _ancestors.GetOrAdd(activity, FindAncestors);

    private void Analyse()
    {
        var targets = new List<int>[_activities.Length];
        for (var i = 0; i < _activities.Length; i++)
        {
            targets[i] = [];
        }

        for (var i = 0; i < _connections.Length; i++)
        {
            targets[_connections[i].Source].Add(_connections[i].Target);
        }

        var forward = ForwardEdges(targets);
        var inbound = new List<int>[_activities.Length];
        var outbound = new List<int>[_activities.Length];
        for (var i = 0; i < _activities.Length; i++)
        {
            inbound[i] = [];
            outbound[i] = [];
        }

        for (var i = 0; i < _connections.Length; i++)
        {
            var connection = _connections[i];
            outbound[connection.Source].Add(i);
            if (forward.Contains(((long)connection.Source << 32) | (uint)connection.Target))
            {
                inbound[connection.Target].Add(i);
                _connections[i] = connection with { IsBackward = false };
            }
            else
            {
                _connections[i] = connection with { IsBackward = true };
            }
        }

        for (var i = 0; i < _activities.Length; i++)
        {
            Outbound[i] = [.. outbound[i]];
            ForwardInbound[i] = [.. inbound[i]];
            Dangling[i] = i != Start && ForwardInbound[i].Length == 0;
        }

        for (var i = 0; i < _connections.Length; i++)
        {
            if (_connections[i].IsBackward)
            {
                _connections[i] = _connections[i] with { IsValidBackward = IsOnEveryPathToStart(_connections[i].Source, _connections[i].Target) };
            }
        }
    }

    /// <summary>Breadth first from the start, keeping each edge that does not close a cycle among those already kept.</summary>
    private HashSet<long> ForwardEdges(List<int>[] targets)
    {
        var kept = new HashSet<long>();
        if (Start < 0)
        {
            return kept;
        }

        var keptTargets = new List<int>[_activities.Length];
        for (var i = 0; i < keptTargets.Length; i++)
        {
            keptTargets[i] = [];
        }

        var visited = new bool[_activities.Length];
        var seen = new int[_activities.Length];
        var round = 0;
        var queue = new Queue<int>();
        queue.Enqueue(Start);
        while (queue.TryDequeue(out var source))
        {
            visited[source] = true;
            foreach (var target in targets[source])
            {
                var edge = ((long)source << 32) | (uint)target;
                if (kept.Contains(edge) || HasPath(keptTargets, target, source, seen, ++round))
                {
                    continue;
                }

                kept.Add(edge);
                keptTargets[source].Add(target);
                if (!visited[target])
                {
                    queue.Enqueue(target);
                }
            }
        }

        return kept;
    }

    private static bool HasPath(List<int>[] edges, int from, int to, int[] seen, int round)
    {
        if (from == to)
        {
            return true;
        }

        if (edges[from].Count == 0)
        {
            return false;
        }

        var stack = new Stack<int>();
        stack.Push(from);
        while (stack.TryPop(out var current))
        {
            if (current == to)
            {
                return true;
            }

            if (seen[current] == round)
            {
                continue;
            }

            seen[current] = round;
            foreach (var next in edges[current])
            {
                if (seen[next] != round)
                {
                    stack.Push(next);
                }
            }
        }

        return false;
    }

    /// <summary>Whether every forward path from the start to <paramref name="source"/> passes <paramref name="target"/>: else a loop back is invalid.</summary>
    private bool IsOnEveryPathToStart(int source, int target)
    {
        if (source == target || target == Start)
        {
            return true;
        }

        var seen = new bool[_activities.Length];
        seen[target] = true;
        var stack = new Stack<int>();
        stack.Push(source);
        while (stack.TryPop(out var current))
        {
            if (current == Start)
            {
                return false;
            }

            foreach (var connection in ForwardInbound[current])
            {
                var previous = _connections[connection].Source;
                if (!seen[previous])
                {
                    seen[previous] = true;
                    stack.Push(previous);
                }
            }
        }

        return true;
    }

    private BitArray FindAncestors(int activity)
    {
        var found = new BitArray(_activities.Length);
        var stack = new Stack<int>();
        stack.Push(activity);
        while (stack.TryPop(out var current))
        {
            foreach (var connection in ForwardInbound[current])
            {
                var source = _connections[connection].Source;
                if (!found[source])
                {
                    found[source] = true;
                    stack.Push(source);
                }
            }
        }

        return found;
    }
}

/// <summary>A connection between two activities of a flowchart, by their numbers.</summary>
internal readonly record struct FlowConnection(int Source, string SourcePort, int Target, string TargetPort)
{
    public bool IsBackward { get; init; }

    /// <summary>Whether a backward connection may be followed.</summary>
    public bool IsValidBackward { get; init; }
}
