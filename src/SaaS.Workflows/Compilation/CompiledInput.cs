using SaaS.Workflows.Activities;
using SaaS.Workflows.Expressions;

namespace SaaS.Workflows.Compilation;

/// <summary>An input of one activity: its expression and the type that the result becomes.</summary>
internal sealed class CompiledInput(InputDescriptor descriptor, CompiledExpression? expression, TypeKind type)
{
    public InputDescriptor Descriptor { get; } = descriptor;

    /// <summary>Null when the definition gives no input: the default counts.</summary>
    public CompiledExpression? Expression { get; } = expression;

    public TypeKind Type { get; } = type;
}
