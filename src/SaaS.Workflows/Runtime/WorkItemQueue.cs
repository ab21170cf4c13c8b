using SaaS.Workflows.Compilation;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>An activity to run.</summary>
internal readonly record struct WorkItem(CompiledActivity Node, ActivityExecution? Owner, ActivityExecution? Existing, LoopVariable[]? Variables, bool CameBack);

/// <summary>A variable that a loop gives to its body.</summary>
internal readonly record struct LoopVariable(VariableInfo Info, Value Value);

/// <summary>First in, first out; what is cancelled is taken out.</summary>
internal sealed class WorkItemQueue
{
    private WorkItem[] _items = new WorkItem[4];
    private int _head;
    private int _count;

    public int Count => _count;

    public WorkItem this[int index] => _items[(_head + index) & (_items.Length - 1)];

    public void Add(in WorkItem item)
    {
        if (_count == _items.Length)
        {
            var larger = new WorkItem[_count * 2];
            for (var i = 0; i < _count; i++)
            {
                larger[i] = this[i];
            }

            _items = larger;
            _head = 0;
        }

        _items[(_head + _count) & (_items.Length - 1)] = item;
        _count++;
    }

    public bool TryTake(out WorkItem item)
    {
        if (_count == 0)
        {
            item = default;
            return false;
        }

        item = _items[_head];
        _items[_head] = default;
        _head = (_head + 1) & (_items.Length - 1);
        _count--;
        return true;
    }

    public void Clear()
    {
        Array.Clear(_items);
        _head = 0;
        _count = 0;
    }

    /// <summary>Takes out what the activity was to do, and what it scheduled.</summary>
    public void Withdraw(ActivityExecution activity)
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            var item = this[i];
            if (ReferenceEquals(item.Existing, activity) || ReferenceEquals(item.Owner, activity))
            {
                continue;
            }

            _items[(_head + kept) & (_items.Length - 1)] = item;
            kept++;
        }

        for (var i = kept; i < _count; i++)
        {
            _items[(_head + i) & (_items.Length - 1)] = default;
        }

        _count = kept;
    }

    /// <summary>Whether work is waiting below that activity.</summary>
    public bool HasWorkBelow(ActivityExecution activity)
    {
        for (var i = 0; i < _count; i++)
        {
            for (var owner = this[i].Owner; owner is not null; owner = owner.Parent)
            {
                if (ReferenceEquals(owner, activity))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public bool Holds(ActivityExecution owner, CompiledActivity node)
    {
        for (var i = 0; i < _count; i++)
        {
            var item = this[i];
            if (ReferenceEquals(item.Owner, owner) && ReferenceEquals(item.Node, node))
            {
                return true;
            }
        }

        return false;
    }
}
