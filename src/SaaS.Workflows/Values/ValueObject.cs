using System.Diagnostics.CodeAnalysis;

namespace SaaS.Workflows.Values;

/// <summary>The members of an object value, in the order in which they were set. Filled while it is made, not changed afterwards.</summary>
public sealed class ValueObject : IEquatable<ValueObject>
{
    private const int LinearUpTo = 16;
    private KeyValuePair<string, Value>[] _members;
    private Dictionary<string, int>? _index;

    public ValueObject(int capacity = 4) => _members = new KeyValuePair<string, Value>[capacity];

    public int Count { get; private set; }

    public ReadOnlySpan<KeyValuePair<string, Value>> Members => _members.AsSpan(0, Count);

    public bool TryGet(string name, [MaybeNullWhen(false)] out Value value)
    {
        var at = Find(name);
        value = at < 0 ? default : _members[at].Value;
        return at >= 0;
    }

    /// <summary>Adds a member, or replaces its value in its place.</summary>
    public void Set(string name, Value value)
    {
        var at = Find(name);
        if (at >= 0)
        {
            _members[at] = new(name, value);
            return;
        }

        if (Count == _members.Length)
        {
            Array.Resize(ref _members, Math.Max(4, Count * 2));
        }

        _members[Count] = new(name, value);
        Count++;
        if (_index is not null)
        {
            _index[name] = Count - 1;
        }
        else if (Count > LinearUpTo)
        {
            _index = new Dictionary<string, int>(Count * 2, StringComparer.Ordinal);
            for (var i = 0; i < Count; i++)
            {
                _index[_members[i].Key] = i;
            }
        }
    }

    /// <summary>A copy that may be filled further.</summary>
    public ValueObject Copy()
    {
        var copy = new ValueObject(Count + 2);
        foreach (var (name, value) in Members)
        {
            copy.Set(name, value);
        }

        return copy;
    }

    /// <summary>The same members in the order that JavaScript gives them: names that are whole numbers first, by size. This object itself when they stand so already.</summary>
    internal ValueObject InScriptOrder()
    {
        var numbers = new List<(uint Index, KeyValuePair<string, Value> Member)>();
        foreach (var member in Members)
        {
            if (Expressions.JavaScriptMembers.IsIndex(member.Key, out var index))
            {
                numbers.Add((index, member));
            }
        }

        if (numbers.Count == 0)
        {
            return this;
        }

        var ordered = new ValueObject(Count);
        foreach (var (_, member) in numbers.OrderBy(number => number.Index))
        {
            ordered.Set(member.Key, member.Value);
        }

        foreach (var (name, value) in Members)
        {
            ordered.Set(name, value);
        }

        return ordered;
    }

    public bool Equals(ValueObject? other)
    {
        if (other is null || other.Count != Count)
        {
            return false;
        }

        foreach (var (name, value) in Members)
        {
            if (!other.TryGet(name, out var theirs) || !value.Equals(theirs))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as ValueObject);

    public override int GetHashCode() => Count;

    private int Find(string name)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(name, out var at) ? at : -1;
        }

        for (var i = 0; i < Count; i++)
        {
            if (string.Equals(_members[i].Key, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
