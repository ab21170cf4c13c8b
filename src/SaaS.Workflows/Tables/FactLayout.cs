using SaaS.Workflows.Values;

namespace SaaS.Workflows.Tables;

/// <summary>
/// Which facts the tables of one definition look at, and what they ask of each. Built while tables are compiled, then closed and only read.
/// </summary>
internal sealed class FactLayout
{
    private readonly List<FactQuestions> _slots = [];
    private readonly Dictionary<string, int> _byPath = new(StringComparer.Ordinal);

    public int Count => _slots.Count;

    public FactQuestions this[int slot] => _slots[slot];

    /// <summary>The paths in the order of their slots.</summary>
    public IEnumerable<string> Paths => _slots.Select(slot => slot.Path);

    /// <summary>The slot of a fact; a new one when no table has looked at it yet.</summary>
    public int Slot(string path)
    {
        if (!_byPath.TryGetValue(path, out var slot))
        {
            slot = _slots.Count;
            _slots.Add(new FactQuestions(path));
            _byPath[path] = slot;
        }

        return slot;
    }

    /// <summary>Minus one when no table looks at it.</summary>
    public int Find(string path) => _byPath.GetValueOrDefault(path, -1);

    public void Close() => _slots.ForEach(slot => slot.Close());

    /// <summary>Reads all facts out of an application.</summary>
    public void Bind(Value application, Span<Fact> facts)
    {
        for (var slot = 0; slot < _slots.Count; slot++)
        {
            var value = application;
            foreach (var name in _slots[slot].Names)
            {
                value = value[name];
            }

            facts[slot] = _slots[slot].Of(value);
        }
    }
}
