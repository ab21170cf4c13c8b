using SaaS.Workflows.Compilation;

namespace SaaS.Workflows.Runtime;

/// <summary>How often each activity and connection of a running flowchart was visited, and whether a connection was followed the last time.</summary>
internal sealed class FlowScope(FlowGraph graph)
{
    private readonly int[] _activities = new int[graph.Activities.Length];
    private readonly int[] _connections = new int[graph.Connections.Length];
    private readonly bool[] _followed = new bool[graph.Connections.Length];

    public FlowGraph Graph { get; } = graph;

    public ReadOnlySpan<int> ActivityVisits => _activities;

    public ReadOnlySpan<int> ConnectionVisits => _connections;

    public ReadOnlySpan<bool> Followed => _followed;

    public void Clear()
    {
        Array.Clear(_activities);
        Array.Clear(_connections);
        Array.Clear(_followed);
    }

    public void Restore(ReadOnlySpan<int> activities, ReadOnlySpan<int> connections, ReadOnlySpan<bool> followed)
    {
        activities[..Math.Min(activities.Length, _activities.Length)].CopyTo(_activities);
        connections[..Math.Min(connections.Length, _connections.Length)].CopyTo(_connections);
        followed[..Math.Min(followed.Length, _followed.Length)].CopyTo(_followed);
    }

    public void Visit(int activity) => _activities[activity]++;

    public void VisitConnection(int connection, bool followed)
    {
        _connections[connection]++;
        _followed[connection] = followed;
    }

    public bool AllVisited(int activity)
    {
        var least = int.MaxValue;
        foreach (var connection in Graph.ForwardInbound[activity])
        {
            least = Math.Min(least, _connections[connection]);
        }

        return least > _activities[activity];
    }

    public bool AnyFollowed(int activity)
    {
        var most = Most(activity);
        if (most <= _activities[activity])
        {
            return false;
        }

        foreach (var connection in Graph.ForwardInbound[activity])
        {
            if (_connections[connection] == most && _followed[connection])
            {
                return true;
            }
        }

        return false;
    }

    public bool AllFollowed(int activity)
    {
        var most = Most(activity);
        if (most <= _activities[activity])
        {
            return false;
        }

        foreach (var connection in Graph.ForwardInbound[activity])
        {
            if (_connections[connection] != most || !_followed[connection])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether this arrival belongs to a round that the activity has already had.</summary>
    public bool IsLate(int connection, int activity) => _connections[connection] <= _activities[activity];

    private int Most(int activity)
    {
        var most = 0;
        foreach (var connection in Graph.ForwardInbound[activity])
        {
            most = Math.Max(most, _connections[connection]);
        }

        return most;
    }
}
