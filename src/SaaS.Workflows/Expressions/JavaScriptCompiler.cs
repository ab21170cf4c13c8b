using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Expressions;

/// <summary>Compiles the JavaScript that tenants may write.</summary>
internal static class JavaScriptCompiler
{
    public static CompiledScript Compile(string source, WorkflowDefinition definition)
    {
        _ = definition;
        var refusal = new Words("아직 쓸 수 없는 식입니다.", $"This expression is not accepted: {source}");
        return new CompiledScript(new RefusedExpression(refusal.En), refusal);
    }
}

/// <summary>A compiled script; a refused one says why and fails when it is run.</summary>
internal readonly record struct CompiledScript(CompiledExpression Expression, Words? Refusal);
