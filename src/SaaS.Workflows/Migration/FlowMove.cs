using SaaS.Workflows.Compilation;
using SaaS.Workflows.Runtime;

namespace SaaS.Workflows.Migration;

/// <summary>
/// Carries the counts of a running flowchart over to another version of it. A step or connection that is new counts as passed by, without
/// having been run, as often as everything before it was passed: so nothing that lies behind the instance runs, and nothing ahead of it
/// waits for what will never come.
/// </summary>
internal sealed class FlowMove
{
    private readonly FlowGraph _after;
    private readonly Dictionary<string, int> _visitsBefore = [];
    private readonly Dictionary<(string, string, string, string), (int Visits, bool Followed)> _connectionsBefore = [];
    private readonly int?[] _visits;
    private readonly int[] _connections;
    private readonly bool[] _followed;
    private readonly List<CompiledActivity> _passedBy = [];

    private FlowMove(FlowState state, FlowGraph before, FlowGraph after)
    {
        _after = after;
        for (var i = 0; i < before.Activities.Length && i < state.Activities.Length; i++)
        {
            _visitsBefore[before.Activities[i].Id] = state.Activities[i];
        }

        for (var i = 0; i < before.Connections.Length && i < state.Connections.Length; i++)
        {
            _connectionsBefore[Key(before, before.Connections[i])] = (state.Connections[i], state.Followed[i]);
        }

        _visits = new int?[after.Activities.Length];
        _connections = new int[after.Connections.Length];
        _followed = new bool[after.Connections.Length];
    }

    /// <param name="state">The counts under the version before.</param>
    /// <param name="before">The flowchart before.</param>
    /// <param name="after">The flowchart afterwards.</param>
    /// <param name="passedBy">New steps that lie behind the instance: they will not run for it.</param>
    public static FlowState Of(FlowState state, FlowGraph before, FlowGraph after, out IReadOnlyList<CompiledActivity> passedBy)
    {
        var move = new FlowMove(state, before, after);
        for (var i = 0; i < after.Activities.Length; i++)
        {
            move.Visits(i);
        }

        passedBy = move._passedBy;
        return new FlowState([.. move._visits.Select(visits => visits ?? 0)], move._connections, move._followed);
    }

    /// <summary>Ids of the steps that a flowchart has behind it.</summary>
    public static IEnumerable<CompiledActivity> Passed(FlowState state, FlowGraph graph) =>
        graph.Activities.Where((_, i) => i < state.Activities.Length && state.Activities[i] > 0);

    // Forward connections make no circle, so this ends; a connection that leads back never carries a count over to a new step.
    private int Visits(int activity)
    {
        if (_visits[activity] is { } known)
        {
            return known;
        }

        int? least = null;
        foreach (var connection in _after.ForwardInbound[activity])
        {
            least = Math.Min(least ?? int.MaxValue, Connection(connection));
        }

        var id = _after.Activities[activity].Id;
        if (_visitsBefore.TryGetValue(id, out var before))
        {
            _visits[activity] = before;
            return before;
        }

        _visits[activity] = least ?? 0;
        if (least > 0)
        {
            _passedBy.Add(_after.Activities[activity]);
        }

        return least ?? 0;
    }

    private int Connection(int connection)
    {
        var link = _after.Connections[connection];
        (_connections[connection], _followed[connection]) = _connectionsBefore.TryGetValue(Key(_after, link), out var before)
            ? before
            : (Visits(link.Source), false);
        return _connections[connection];
    }

    private static (string, string, string, string) Key(FlowGraph graph, FlowConnection connection) =>
        (graph.Activities[connection.Source].Id, connection.SourcePort, graph.Activities[connection.Target].Id, connection.TargetPort);
}
