using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>The functions that expressions may call: Elsa's, and the harmless ones of JavaScript. A closed list.</summary>
internal static class JavaScriptFunctions
{
    public static readonly FrozenDictionary<string, Func<ActivityExecution, Value[], Value>> Global = new Dictionary<string, Func<ActivityExecution, Value[], Value>>
    {
        ["getVariable"] = (scope, a) => scope.ReadVariable(TextOf(a, 0)),
        ["getInput"] = (scope, a) => scope.ReadInput(TextOf(a, 0)),
        ["getLastResult"] = (scope, _) => OrNull(scope.Execution.LastResult),
        ["getCorrelationId"] = (scope, _) => scope.Execution.CorrelationId,
        ["setCorrelationId"] = (scope, a) => Do(() => scope.Execution.CorrelationId = a.Length == 0 || a[0].IsNothing ? null : TextOf(a, 0)),
        ["getWorkflowInstanceName"] = (scope, _) => scope.Execution.Name,
        ["setWorkflowInstanceName"] = (scope, a) => Do(() => scope.Execution.Name = a.Length == 0 || a[0].IsNothing ? null : TextOf(a, 0)),
        ["getWorkflowInstanceId"] = (scope, _) => scope.Execution.InstanceId.ToString(),
        ["getWorkflowDefinitionId"] = (scope, _) => scope.Execution.Workflow.Definition.DefinitionId,
        ["getWorkflowDefinitionVersionId"] = (scope, _) => scope.Execution.Workflow.Definition.Id,
        ["getWorkflowDefinitionVersion"] = (scope, _) => scope.Execution.Workflow.Definition.Version,
        ["toJson"] = (_, a) => Of(a, 0).IsUndefined ? "null" : Of(a, 0).ToJson(),
        ["isNullOrEmpty"] = (_, a) => string.IsNullOrEmpty(NullableText(a, 0)),
        ["isNullOrWhiteSpace"] = (_, a) => string.IsNullOrWhiteSpace(NullableText(a, 0)),
        ["newGuid"] = (scope, _) => scope.Execution.NewId().ToString(),
        ["newGuidString"] = (scope, _) => scope.Execution.NewId().ToString(),
        ["getGuidString"] = (scope, _) => scope.Execution.NewId().ToString(),
        ["newShortGuid"] = (scope, _) => ShortGuid(scope.Execution.NewId()),
        ["getShortGuid"] = (scope, _) => ShortGuid(scope.Execution.NewId()),
        ["parseGuid"] = (_, a) => Guid.TryParse(TextOf(a, 0), out var guid) ? guid.ToString() : throw new ExpressionException("Unrecognized Guid format."),
        ["stringToBase64"] = (_, a) => Convert.ToBase64String(Encoding.UTF8.GetBytes(TextOf(a, 0))),
        ["stringFromBase64"] = (_, a) => FromBase64(TextOf(a, 0)),
        ["String"] = (_, a) => a.Length == 0 ? "" : TextOf(a, 0),
        ["Number"] = (_, a) => a.Length == 0 ? 0 : JavaScriptValue.ToNumber(a[0]),
        ["Boolean"] = (_, a) => JavaScriptValue.IsTruthy(Of(a, 0)),
        ["parseInt"] = (_, a) => JavaScriptNumber.ParseInteger(TextOf(a, 0), a.Length > 1 ? JavaScriptValue.ToInt32(a[1]) : 0),
        ["parseFloat"] = (_, a) => JavaScriptNumber.ParsePrefix(TextOf(a, 0)),
        ["isNaN"] = (_, a) => double.IsNaN(JavaScriptValue.ToNumber(Of(a, 0))),
        ["isFinite"] = (_, a) => double.IsFinite(JavaScriptValue.ToNumber(Of(a, 0))),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Functions of JSON, Math, Number, Array and Object, by <c>Object.function</c>.</summary>
    public static readonly FrozenDictionary<string, Func<ActivityExecution, Value[], Value>> Qualified = new Dictionary<string, Func<ActivityExecution, Value[], Value>>
    {
        ["JSON.stringify"] = (_, a) => JavaScriptJson.Stringify(Of(a, 0)),
        ["JSON.parse"] = (_, a) => ParseJson(TextOf(a, 0)),
        ["Math.abs"] = (_, a) => Math.Abs(NumberOf(a, 0)),
        ["Math.ceil"] = (_, a) => Math.Ceiling(NumberOf(a, 0)),
        ["Math.floor"] = (_, a) => Math.Floor(NumberOf(a, 0)),
        ["Math.round"] = (_, a) => Round(NumberOf(a, 0)),
        ["Math.trunc"] = (_, a) => Math.Truncate(NumberOf(a, 0)),
        ["Math.sign"] = (_, a) => NumberOf(a, 0) is var number && (number == 0 || double.IsNaN(number)) ? number : Math.Sign(number),
        ["Math.sqrt"] = (_, a) => Math.Sqrt(NumberOf(a, 0)),
        ["Math.cbrt"] = (_, a) => Math.Cbrt(NumberOf(a, 0)),
        ["Math.exp"] = (_, a) => Math.Exp(NumberOf(a, 0)),
        ["Math.log"] = (_, a) => Math.Log(NumberOf(a, 0)),
        ["Math.log10"] = (_, a) => Math.Log10(NumberOf(a, 0)),
        ["Math.log2"] = (_, a) => Math.Log2(NumberOf(a, 0)),
        ["Math.pow"] = (_, a) => BinaryNode.Power(NumberOf(a, 0), NumberOf(a, 1)),
        ["Math.min"] = (_, a) => a.Aggregate(double.PositiveInfinity, (least, next) => Math.Min(least, JavaScriptValue.ToNumber(next))),
        ["Math.max"] = (_, a) => a.Aggregate(double.NegativeInfinity, (most, next) => Math.Max(most, JavaScriptValue.ToNumber(next))),
        ["Number.isInteger"] = (_, a) => Of(a, 0).IsNumber && double.IsFinite(Of(a, 0).Number) && Math.Truncate(Of(a, 0).Number) == Of(a, 0).Number,
        ["Number.isNaN"] = (_, a) => Of(a, 0).IsNumber && double.IsNaN(Of(a, 0).Number),
        ["Number.isFinite"] = (_, a) => Of(a, 0).IsNumber && double.IsFinite(Of(a, 0).Number),
        ["Number.parseInt"] = (_, a) => JavaScriptNumber.ParseInteger(TextOf(a, 0), a.Length > 1 ? JavaScriptValue.ToInt32(a[1]) : 0),
        ["Number.parseFloat"] = (_, a) => JavaScriptNumber.ParsePrefix(TextOf(a, 0)),
        ["Array.isArray"] = (_, a) => Of(a, 0).Kind == ValueKind.Array,
        ["Object.keys"] = (_, a) => Of(a, 0).Members is { } members ? Value.From(members.Members.ToArray().Select(member => member.Key)) : throw new ExpressionException("Cannot convert undefined or null to object"),
        ["Object.values"] = (_, a) => Of(a, 0).Members is { } members ? Value.From([.. members.Members.ToArray().Select(member => member.Value)]) : throw new ExpressionException("Cannot convert undefined or null to object"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, double> Constants = new Dictionary<string, double>
    {
        ["Math.PI"] = Math.PI,
        ["Math.E"] = Math.E,
        ["Math.LN2"] = 0.6931471805599453,
        ["Math.LN10"] = 2.302585092994046,
        ["Math.SQRT2"] = 1.4142135623730951,
        ["Number.MAX_SAFE_INTEGER"] = 9007199254740991,
        ["Number.MIN_SAFE_INTEGER"] = -9007199254740991,
        ["Number.EPSILON"] = 2.220446049250313e-16,
        ["Number.MAX_VALUE"] = double.MaxValue,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static Value Of(Value[] arguments, int at) => at < arguments.Length ? arguments[at] : Value.Undefined;

    private static string TextOf(Value[] arguments, int at) => JavaScriptValue.ToText(Of(arguments, at));

    private static string? NullableText(Value[] arguments, int at) => Of(arguments, at).IsNothing ? null : TextOf(arguments, at);

    private static double NumberOf(Value[] arguments, int at) => JavaScriptValue.ToNumber(Of(arguments, at));

    private static Value OrNull(Value value) => value.IsUndefined ? Value.Null : value;

    private static Value Do(Action action)
    {
        action();
        return Value.Undefined;
    }

    /// <summary>Halves go up, also below zero.</summary>
    private static double Round(double number) => !double.IsFinite(number) || Math.Abs(number) >= 4503599627370496 ? number : Math.Floor(number) is var floor && number - floor >= 0.5 ? floor + 1 : floor;

    private static string ShortGuid(Guid guid) => Convert.ToBase64String(guid.ToByteArray()).Replace("/", "", StringComparison.Ordinal).Replace("+", "", StringComparison.Ordinal).Replace("=", "", StringComparison.Ordinal);

    private static Value FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written)
            ? Encoding.UTF8.GetString(bytes, 0, written)
            : throw new ExpressionException("The input is not a valid Base-64 string.");
    }

    private static Value ParseJson(string text)
    {
        try
        {
            return Value.Parse(text);
        }
        catch (JsonException)
        {
            throw new ExpressionException("The text is not JSON.");
        }
    }
}
