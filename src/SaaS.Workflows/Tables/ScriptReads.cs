using Acornima;
using Acornima.Ast;
using SaaS.Workflows.Expressions;

namespace SaaS.Workflows.Tables;

/// <summary>Says which variables a script reads, when it reads nothing else.</summary>
internal static class ScriptReads
{
    private static readonly ParserOptions Options = new() { AllowReturnOutsideFunction = true, EcmaVersion = EcmaVersion.Latest };

    /// <param name="source">A script that the compiler has accepted, so its size and depth are bounded.</param>
    /// <param name="variables">Names of the variables there are.</param>
    /// <returns>The variables read; null when it reads anything else, or writes.</returns>
    public static HashSet<string>? VariablesOnly(string source, IEnumerable<string> variables)
    {
        var accessors = variables.Distinct().ToDictionary(name => "get" + JavaScriptCompiler.Pascal(name), name => name);
        var read = new HashSet<string>(StringComparer.Ordinal);
        return string.IsNullOrWhiteSpace(source) || Visit(new Parser(Options).ParseScript(source), accessors, read) ? read : null;
    }

    private static bool Visit(Node node, Dictionary<string, string> accessors, HashSet<string> read)
    {
        switch (node)
        {
            case CallExpression { Callee: Identifier { Name: "getVariable" } } call when call.Arguments is [StringLiteral name]:
                read.Add(name.Value);
                return true;
            case CallExpression { Callee: Identifier callee } call when call.Arguments.Count == 0 && accessors.TryGetValue(callee.Name, out var variable):
                read.Add(variable);
                return true;
            case MemberExpression { Object: Identifier { Name: "variables" }, Property: Identifier property, Computed: false }:
                read.Add(property.Name);
                return true;
            case Identifier { Name: "undefined" or "NaN" or "Infinity" }:
                return true;
            case Identifier or CallExpression:
                return false;
            case MemberExpression { Computed: false } member:
                return Visit(member.Object, accessors, read);
            case ObjectProperty property:
                return Visit(property.Value, accessors, read);
            default:
                foreach (var child in node.ChildNodes)
                {
                    if (!Visit(child, accessors, read))
                    {
                        return false;
                    }
                }

                return true;
        }
    }
}
