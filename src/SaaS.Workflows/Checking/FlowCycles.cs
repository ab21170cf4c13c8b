using SaaS.Workflows.Compilation;

namespace SaaS.Workflows.Checking;

/// <summary>Finds the cycles of a flowchart: groups of steps each of which can be reached from each other (Tarjan, without recursion).</summary>
internal static class FlowCycles
{
    public static List<HashSet<int>> Find(FlowGraph graph)
    {
        var count = graph.Activities.Length;
        var (order, low, onStack) = (new int[count], new int[count], new bool[count]);
        var (found, stack) = (new List<HashSet<int>>(), new Stack<int>());
        var next = 1;
        for (var root = 0; root < count; root++)
        {
            if (order[root] != 0)
            {
                continue;
            }

            var calls = new Stack<(int Node, int Edge)>();
            calls.Push((root, 0));
            while (calls.TryPop(out var call))
            {
                var (node, edge) = call;
                if (edge == 0)
                {
                    order[node] = low[node] = next++;
                    stack.Push(node);
                    onStack[node] = true;
                }

                if (edge < graph.Outbound[node].Length)
                {
                    calls.Push((node, edge + 1));
                    var target = graph.Connections[graph.Outbound[node][edge]].Target;
                    if (order[target] == 0)
                    {
                        calls.Push((target, 0));
                    }
                    else if (onStack[target])
                    {
                        low[node] = Math.Min(low[node], order[target]);
                    }

                    continue;
                }

                foreach (var connection in graph.Outbound[node])
                {
                    var target = graph.Connections[connection].Target;
                    if (onStack[target])
                    {
                        low[node] = Math.Min(low[node], low[target]);
                    }
                }

                if (low[node] == order[node])
                {
                    Close(graph, node, stack, onStack, found);
                }
            }
        }

        return found;
    }

    private static void Close(FlowGraph graph, int node, Stack<int> stack, bool[] onStack, List<HashSet<int>> found)
    {
        var group = new HashSet<int>();
        int member;
        do
        {
            member = stack.Pop();
            onStack[member] = false;
            group.Add(member);
        }
        while (member != node);

        if (group.Count > 1 || graph.Outbound[node].Any(connection => graph.Connections[connection].Target == node))
        {
            found.Add(group);
        }
    }
}
