using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;
using Xunit;

namespace SaaS.UnitTests.Workflows;

/// <summary>What is accepted means what it means in JavaScript: the right-hand side is what Node prints.</summary>
public sealed class JavaScriptMeaningTests
{
    [Theory]
    [InlineData("1 + \"2\"", "12")]
    [InlineData("\"3\" * \"4\"", "12")]
    [InlineData("\"5\" - 2", "3")]
    [InlineData("null + 1", "1")]
    [InlineData("undefined + 1", "NaN")]
    [InlineData("true + true", "2")]
    [InlineData("[] + []", "")]
    [InlineData("[] + ({})", "[object Object]")]
    [InlineData("[1,2] + 3", "1,23")]
    [InlineData("\"\" == 0", "true")]
    [InlineData("\"0\" == false", "true")]
    [InlineData("null == 0", "false")]
    [InlineData("null == undefined", "true")]
    [InlineData("null >= 0", "true")]
    [InlineData("NaN == NaN", "false")]
    [InlineData("[1] == 1", "true")]
    [InlineData("\"10\" < \"9\"", "true")]
    [InlineData("\"10\" < 9", "false")]
    [InlineData("\"a\" < 1", "false")]
    [InlineData("1 < 2 < 3", "true")]
    [InlineData("3 > 2 > 1", "false")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("1e21 + 1", "1e+21")]
    [InlineData("1 / 3", "0.3333333333333333")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("123456789 * 1000000000", "123456789000000000")]
    [InlineData("-0 + \"\"", "0")]
    [InlineData("1 / -0", "-Infinity")]
    [InlineData("5 % 3", "2")]
    [InlineData("-5 % 3", "-2")]
    [InlineData("5.5 % 2", "1.5")]
    [InlineData("2 ** 10", "1024")]
    [InlineData("7 >>> 1", "3")]
    [InlineData("-1 >>> 0", "4294967295")]
    [InlineData("1 << 31", "-2147483648")]
    [InlineData("~5", "-6")]
    [InlineData("!\"0\"", "false")]
    [InlineData("!\"\"", "true")]
    [InlineData("null ?? \"x\"", "x")]
    [InlineData("0 || \"x\"", "x")]
    [InlineData("0 ?? \"x\"", "0")]
    [InlineData("\"a\" && \"b\"", "b")]
    [InlineData("typeof null", "object")]
    [InlineData("typeof [] + typeof 1", "objectnumber")]
    [InlineData("JSON.stringify({ a: [1, undefined, \"한\\n\"], b: undefined, c: null, d: 1/0 })", "{\"a\":[1,null,\"한\\n\"],\"c\":null,\"d\":null}")]
    [InlineData("(1.005).toFixed(2)", "1.00")]
    [InlineData("(0.5).toFixed(0)", "1")]
    [InlineData("(-1.5).toFixed(0)", "-2")]
    [InlineData("Math.round(-0.5) + \",\" + Math.round(2.5)", "0,3")]
    [InlineData("parseInt(\"12px\") + parseFloat(\"3.5e2x\")", "362")]
    [InlineData("parseInt(\"0x1f\") + parseInt(\"z\", 36)", "66")]
    [InlineData("Number(\"0b101\") + Number(\" 12 \") + Number(\"\")", "17")]
    [InlineData("\"abc\".slice(-2) + \"abc\".substring(2, 0) + \"abc\".at(-1)", "bcabc")]
    [InlineData("[3, [1, 2], null].join(\"-\")", "3-1,2-")]
    [InlineData("[1, 2, 3].includes(2) + \",\" + [\"a\"].indexOf(\"b\")", "true,-1")]
    [InlineData("\"a,b,c\".split(\",\").length", "3")]
    [InlineData("\"abc\"[1] + \"abc\".length", "b3")]
    [InlineData("({ a: { b: 5 } }).a.b", "5")]
    [InlineData("({ a: 1 }).b?.c", "undefined")]
    [InlineData("[1, 2][5]", "undefined")]
    [InlineData("String([1, [2, 3]]) + String({}) + String(null)", "1,2,3[object Object]null")]
    [InlineData("\"x\".padStart(3, \"ab\") + \"x\".padEnd(3)", "abxx  ")]
    [InlineData("Math.max() + \",\" + Math.min(1, \"0\", true)", "-Infinity,0")]
    [InlineData("return 1 + 1;", "2")]
    [InlineData("Number.MAX_SAFE_INTEGER", "9007199254740991")]
    [InlineData("\"\\u{1F600}\".length", "2")]
    public void An_expression_means_what_it_means_in_JavaScript(string expression, string expected) =>
        Assert.Equal(expected, Evaluate(expression.StartsWith("return", StringComparison.Ordinal) ? expression : $"String(({expression}))"));

    private static string Evaluate(string expression)
    {
        var definition = WorkflowDefinition.Parse(Value.Object(
            ("id", "v1"), ("definitionId", "meaning"),
            ("root", Value.Object(
                ("id", "root"), ("type", "Elsa.WriteLine"), ("version", 1),
                ("text", Value.Object(("typeName", "String"), ("expression", Value.Object(("type", "JavaScript"), ("value", expression)))))))).ToJson()).Required;
        var burst = WorkflowRuntime.Start(CompiledWorkflow.Compile(definition), new StartWorkflow { InstanceId = Guid.Empty, Now = Instant.FromUnixTimeSeconds(0), NewId = Guid.NewGuid });
        return Assert.Single(burst.Lines);
    }
}
