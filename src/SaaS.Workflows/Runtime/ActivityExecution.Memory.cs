using SaaS.Workflows.Compilation;
using SaaS.Workflows.Expressions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>
/// The memory of a running activity. Blocks are found by id from the activity upwards, as in Elsa; an inner loop therefore writes
/// into an outer loop's CurrentValue where both are in scope.
/// </summary>
public sealed partial class ActivityExecution
{
    private MemoryBlock[] _blocks = [];
    private int _blockCount;

    /// <summary>Variables that a loop declared on this activity.</summary>
    internal VariableInfo[]? LoopVariables { get; set; }

    internal ReadOnlySpan<MemoryBlock> Blocks => _blocks.AsSpan(0, _blockCount);

    internal Value ReadMemory(string id)
    {
        ref var block = ref Find(id);
        return System.Runtime.CompilerServices.Unsafe.IsNullRef(ref block)
            ? throw new ExpressionException($"Failed to retrieve memory block with reference {id}")
            : block.Value;
    }

    internal Value ReadInput(string name) => Execution.ReadInput(name);

    internal Value ReadVariable(string name) => TryReadVariable(name, out var value) ? value : Value.Null;

    /// <summary>The nearest variable of that name: a declared one, or one that a script has made by setting it.</summary>
    internal bool TryReadVariable(string name, out Value value)
    {
        if (VariableInScope(name) is { } variable)
        {
            value = ReadMemory(variable.Id);
            return true;
        }

        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            foreach (var block in scope.Blocks)
            {
                if (block.Variable is { } made && string.Equals(made.Name, name, StringComparison.Ordinal))
                {
                    value = block.Value;
                    return true;
                }
            }
        }

        value = default;
        return false;
    }

    /// <summary>Whether an activity of that id or name stands in the same container as this one.</summary>
    internal bool HasBeside(string idOrName) => Beside().Any(activity => activity.Id == idOrName || activity.Definition?.Name == idOrName);

    /// <summary>Whether there is an accessor for an output of an activity in the same container; accessors are written in Pascal case.</summary>
    internal bool HasBeside(string activityName, string output) => Beside().Any(activity =>
        (activity.Id == activityName || activity.Definition?.Name is { } name && (name == activityName || JavaScriptCompiler.Pascal(name) == activityName))
        && activity.Type.Descriptor.Outputs.Any(each => each.Name == output));

    private CompiledActivity[] Beside()
    {
        var container = Node.Parent;
        while (container is { IsContainer: false })
        {
            container = container.Parent;
        }

        return container?.Children ?? [];
    }

    /// <summary>The nearest variable of that name, whether it has its block yet or not.</summary>
    internal VariableInfo? VariableInScope(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            foreach (var variable in scope.LoopVariables ?? [])
            {
                if (string.Equals(variable.Name, name, StringComparison.Ordinal))
                {
                    return variable;
                }
            }

            foreach (var variable in scope.Node.Variables)
            {
                if (string.Equals(variable.Name, name, StringComparison.Ordinal))
                {
                    return variable;
                }
            }
        }

        return null;
    }

    internal VariableInfo? VariableById(string id)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            foreach (var variable in scope.Node.Variables)
            {
                if (string.Equals(variable.Id, id, StringComparison.Ordinal))
                {
                    return variable;
                }
            }

            foreach (var variable in scope.LoopVariables ?? [])
            {
                if (string.Equals(variable.Id, id, StringComparison.Ordinal))
                {
                    return variable;
                }
            }
        }

        return null;
    }

    /// <summary>Sets the block of that id where it is in scope; declares it here when it is nowhere.</summary>
    internal void WriteMemory(string id, Value value, VariableInfo? variable)
    {
        ref var block = ref Find(id);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref block))
        {
            Declare(id, value, variable);
        }
        else
        {
            block.Value = value;
        }
    }

    /// <summary>What setVariable does: the nearest variable that has its block, else a new one in the nearest container.</summary>
    internal VariableInfo WriteVariable(string name, Value value)
    {
        value = value.IsUndefined ? Value.Null : value;
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            foreach (var variable in (VariableInfo[])[.. scope.Node.Variables, .. scope.LoopVariables ?? []])
            {
                if (string.Equals(variable.Name, name, StringComparison.Ordinal) && HasBlock(variable.Id))
                {
                    WriteMemory(variable.Id, value, variable);
                    return variable;
                }
            }
        }

        var made = new VariableInfo(LoopVariableId(name), name, TypeKind.Object, Value.Null, isPersisted: true);
        CreateVariable(made, value);
        return made;
    }

    /// <summary>Declares a variable in the nearest container, or overwrites the block of the same id that is in scope there.</summary>
    internal void CreateVariable(VariableInfo variable, Value value)
    {
        var container = this;
        while (!container.Node.IsContainer && container.Parent is { } parent)
        {
            container = parent;
        }

        container.WriteMemory(variable.Id, value, variable);
    }

    internal bool HasBlock(string id) => !System.Runtime.CompilerServices.Unsafe.IsNullRef(ref Find(id));

    internal void DeclareVariables(bool overwrite)
    {
        foreach (var variable in Node.Variables)
        {
            if (overwrite)
            {
                WriteMemory(variable.Id, variable.Initial, variable);
            }
            else if (!HasOwn(variable.Id))
            {
                Declare(variable.Id, variable.Initial, variable);
            }
        }
    }

    /// <summary>Sets a block of this activity itself, as when an instance is loaded.</summary>
    internal void Restore(VariableInfo variable, Value value)
    {
        for (var i = 0; i < _blockCount; i++)
        {
            if (string.Equals(_blocks[i].Id, variable.Id, StringComparison.Ordinal))
            {
                _blocks[i].Value = value;
                return;
            }
        }

        Declare(variable.Id, value, variable);
    }

    /// <summary>A loop variable's id, made as Elsa makes it from a name.</summary>
    internal static string LoopVariableId(string name) => (name.Length == 0 ? "Unnamed" : char.ToLowerInvariant(name[0]) + name[1..]) + "Variable";

    private bool HasOwn(string id)
    {
        foreach (var block in Blocks)
        {
            if (string.Equals(block.Id, id, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private void Declare(string id, Value value, VariableInfo? variable)
    {
        if (_blockCount == _blocks.Length)
        {
            Array.Resize(ref _blocks, Math.Max(2, _blockCount * 2));
        }

        _blocks[_blockCount++] = new MemoryBlock { Id = id, Value = value, Variable = variable };
    }

    private ref MemoryBlock Find(string id)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            for (var i = 0; i < scope._blockCount; i++)
            {
                if (string.Equals(scope._blocks[i].Id, id, StringComparison.Ordinal))
                {
                    return ref scope._blocks[i];
                }
            }
        }

        return ref System.Runtime.CompilerServices.Unsafe.NullRef<MemoryBlock>();
    }
}

/// <summary>A place in memory.</summary>
internal struct MemoryBlock
{
    public string Id;
    public Value Value;
    public VariableInfo? Variable;
}
