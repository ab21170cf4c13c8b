using System.Collections.Frozen;
using System.Text;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>The functions that expressions may call: Elsa's, and the harmless ones of JavaScript. A closed list.</summary>
internal static class JavaScriptFunctions
{
    public static readonly FrozenDictionary<string, Func<ActivityExecution, Value[], Value>> Global = new Dictionary<string, Func<ActivityExecution, Value[], Value>>
    {
        ["getVariable"] = (scope, a) => JavaScriptValue.FromMemory(scope.ReadVariable(TextOf(a, 0))),
        ["getInput"] = (scope, a) => JavaScriptValue.FromMemory(scope.ReadInput(Required(a, 0, "key"))),
        ["getLastResult"] = (scope, _) => OrNull(JavaScriptValue.FromMemory(scope.Execution.LastResult)),
        ["getCorrelationId"] = (scope, _) => scope.Execution.CorrelationId,
        ["setCorrelationId"] = (scope, a) => Do(() => scope.Execution.CorrelationId = a.Length == 0 || a[0].IsNothing ? null : TextOf(a, 0)),
        ["getWorkflowInstanceName"] = (scope, _) => scope.Execution.Name,
        ["setWorkflowInstanceName"] = (scope, a) => Do(() => scope.Execution.Name = a.Length == 0 || a[0].IsNothing ? null : TextOf(a, 0)),
        ["getWorkflowInstanceId"] = (scope, _) => scope.Execution.InstanceId.ToString(),
        ["getWorkflowDefinitionId"] = (scope, _) => scope.Execution.Workflow.Definition.DefinitionId,
        ["getWorkflowDefinitionVersionId"] = (scope, _) => scope.Execution.Workflow.Definition.Id,
        ["getWorkflowDefinitionVersion"] = (scope, _) => scope.Execution.Workflow.Definition.Version,
        ["toJson"] = (_, a) => ValueJson.ToElsaText(Of(a, 0)) is { Length: <= ValueLimits.TextLength } text ? text : throw JavaScriptValue.TooLong(),
        ["isNullOrEmpty"] = (_, a) => string.IsNullOrEmpty(NullableText(a, 0)),
        ["isNullOrWhiteSpace"] = (_, a) => string.IsNullOrWhiteSpace(NullableText(a, 0)),
        ["newGuid"] = (scope, _) => TypedScalar.From(scope.Execution.NewId()),
        ["newGuidString"] = (scope, _) => scope.Execution.NewId().ToString(),
        ["getGuidString"] = (scope, _) => scope.Execution.NewId().ToString(),
        ["newShortGuid"] = (scope, _) => ShortGuid(scope.Execution.NewId()),
        ["getShortGuid"] = (scope, _) => ShortGuid(scope.Execution.NewId()),
        ["parseGuid"] = (_, a) => Guid.TryParse(Required(a, 0, "input"), out var guid) ? TypedScalar.From(guid) : throw new ExpressionException("Unrecognized Guid format."),
        ["stringToBase64"] = (_, a) => Convert.ToBase64String(Encoding.UTF8.GetBytes(Required(a, 0, "s"))),
        ["stringFromBase64"] = (_, a) => Encoding.UTF8.GetString(Base64(Required(a, 0, "s"))),
        ["bytesFromString"] = (_, a) => TypedScalar.From(Encoding.UTF8.GetBytes(Required(a, 0, "s"))),
        ["bytesFromBase64"] = (_, a) => TypedScalar.From(Base64(Required(a, 0, "s"))),
        ["bytesToString"] = (_, a) => Encoding.UTF8.GetString(Bytes(a)),
        ["bytesToBase64"] = (_, a) => Convert.ToBase64String(Bytes(a)),
        ["String"] = (_, a) => a.Length == 0 ? "" : TextOf(a, 0),
        ["Number"] = (_, a) => a.Length == 0 ? 0 : JavaScriptValue.ToNumber(a[0]),
        ["Boolean"] = (_, a) => JavaScriptValue.IsTruthy(Of(a, 0)),
        ["parseInt"] = (_, a) => JavaScriptNumber.ParseInteger(TextOf(a, 0), a.Length > 1 ? JavaScriptValue.ToInt32(a[1]) : 0),
        ["parseFloat"] = (_, a) => JavaScriptNumber.ParsePrefix(TextOf(a, 0)),
        ["isNaN"] = (_, a) => double.IsNaN(JavaScriptValue.ToNumber(Of(a, 0))),
        ["isFinite"] = (_, a) => double.IsFinite(JavaScriptValue.ToNumber(Of(a, 0))),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Functions of JSON, Math, Number, String, Array and Object, by <c>Object.function</c>.</summary>
    public static readonly FrozenDictionary<string, Func<ActivityExecution, Value[], Value>> Qualified = JavaScriptMath.Functions.Concat(new Dictionary<string, Func<ActivityExecution, Value[], Value>>
    {
        ["JSON.stringify"] = (_, a) => JavaScriptJson.Stringify(Of(a, 0), Of(a, 2)),
        ["JSON.parse"] = (_, a) => JavaScriptJson.Parse(TextOf(a, 0)),
        ["Number.isInteger"] = (_, a) => IsInteger(Of(a, 0)),
        ["Number.isSafeInteger"] = (_, a) => IsInteger(Of(a, 0)) && Math.Abs(Of(a, 0).Number) <= 9007199254740991,
        ["Number.isNaN"] = (_, a) => Of(a, 0).IsNumber && double.IsNaN(Of(a, 0).Number),
        ["Number.isFinite"] = (_, a) => Of(a, 0).IsNumber && double.IsFinite(Of(a, 0).Number),
        ["Number.parseInt"] = (_, a) => JavaScriptNumber.ParseInteger(TextOf(a, 0), a.Length > 1 ? JavaScriptValue.ToInt32(a[1]) : 0),
        ["Number.parseFloat"] = (_, a) => JavaScriptNumber.ParsePrefix(TextOf(a, 0)),
        ["String.fromCharCode"] = (_, a) => string.Concat(a.Select(code => (char)(JavaScriptValue.ToInt32(code) & 0xFFFF))),
        ["Array.isArray"] = (_, a) => JavaScriptListMethods.IsScriptList(Of(a, 0)),
        ["Array.of"] = (_, a) => Value.From(a),
        ["Object.is"] = (_, a) => Of(a, 0).IsNumber && Of(a, 1).IsNumber ? BitConverter.DoubleToInt64Bits(a[0].Number) == BitConverter.DoubleToInt64Bits(a[1].Number) : JavaScriptValue.StrictlyEquals(Of(a, 0), Of(a, 1)),
        ["Object.hasOwn"] = (_, a) => JavaScriptMembers.HasOwn(Of(a, 0), TextOf(a, 1)),
        ["Object.keys"] = (_, a) => Value.From(JavaScriptMembers.Keys(Of(a, 0))),
        ["Object.values"] = (_, a) => Value.From([.. JavaScriptMembers.Keys(Of(a, 0)).Select(key => JavaScriptMembers.Own(a[0], key))]),
        ["Object.entries"] = (_, a) => Value.From([.. JavaScriptMembers.Keys(Of(a, 0)).Select(key => Value.From([key, JavaScriptMembers.Own(a[0], key)]))]),
    }).ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, double> Constants = new Dictionary<string, double>
    {
        ["Math.PI"] = Math.PI,
        ["Math.E"] = Math.E,
        ["Math.LOG2E"] = 1.4426950408889634,
        ["Math.LOG10E"] = 0.4342944819032518,
        ["Math.SQRT1_2"] = 0.7071067811865476,
        ["Math.LN2"] = 0.6931471805599453,
        ["Math.LN10"] = 2.302585092994046,
        ["Math.SQRT2"] = 1.4142135623730951,
        ["Number.MAX_SAFE_INTEGER"] = 9007199254740991,
        ["Number.MIN_SAFE_INTEGER"] = -9007199254740991,
        ["Number.EPSILON"] = 2.220446049250313e-16,
        ["Number.MAX_VALUE"] = double.MaxValue,
        ["Number.MIN_VALUE"] = double.Epsilon,
        ["Number.POSITIVE_INFINITY"] = double.PositiveInfinity,
        ["Number.NEGATIVE_INFINITY"] = double.NegativeInfinity,
        ["Number.NaN"] = double.NaN,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static Value Of(Value[] arguments, int at) => at < arguments.Length ? arguments[at] : Value.Undefined;

    private static string TextOf(Value[] arguments, int at) => JavaScriptValue.ToText(Of(arguments, at));

    private static string? NullableText(Value[] arguments, int at) => Of(arguments, at).IsNothing ? null : TextOf(arguments, at);

    /// <summary>A text that Elsa's function needs: it fails on null.</summary>
    private static string Required(Value[] arguments, int at, string parameter) => NullableText(arguments, at) ?? throw new ExpressionException($"Value cannot be null. (Parameter '{parameter}')");

    private static bool IsInteger(Value value) => value.IsNumber && double.IsFinite(value.Number) && Math.Truncate(value.Number) == value.Number;

    private static Value OrNull(Value value) => value.IsUndefined ? Value.Null : value;

    private static Value Do(Action action)
    {
        action();
        return Value.Null;
    }

    private static string ShortGuid(Guid guid) => Convert.ToBase64String(guid.ToByteArray()).Replace("/", "", StringComparison.Ordinal).Replace("+", "", StringComparison.Ordinal).Replace("=", "", StringComparison.Ordinal);

    private static byte[] Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : throw new ExpressionException("The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.");
    }

    private static byte[] Bytes(Value[] arguments) => Of(arguments, 0).Typed?.Content as byte[] ?? throw new ExpressionException("The function needs bytes.");
}
