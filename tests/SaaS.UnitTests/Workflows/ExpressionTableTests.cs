using System.Globalization;
using System.Text;
using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;
using Xunit;

namespace SaaS.UnitTests.Workflows;

/// <summary>
/// What expressions give and what values become, as recorded from Elsa with its own JavaScript engine: a line of <c>expression-meaning.tsv</c>
/// is an expression and its result, a line of <c>conversions.tsv</c> a type, an expression or an initial value, and the variable and the line
/// written of it, or the message of the fault.
/// </summary>
public sealed class ExpressionTableTests
{
    private static readonly Value Input = Value.Parse("""{ "Amount": 250, "Obj": { "a": 1, "c": [1, 2], "b": null }, "List": [1, "b", true], "Name": "Kim" }""");

    private static readonly Value Variables = Value.From(
    [
        Variable("num", "Int32", "5"), Variable("dbl", "Double", "2.5"), Variable("str", "String", "Hello 한국"), Variable("flag", "Boolean", "true"), Variable("nul", "Object", null),
        Variable("txtnum", "String", "42"), Variable("obj", "JSON", """{"a":1,"b":{"c":[1,2]},"s":"x"}"""), Variable("arr", "Object[]", """[1,"two",null,[3]]"""),
        Variable("kr", "Object[]", """[{"k":"한<b>&+\"'`é😀","n":[],"o":{},"d":1.50,"e":1e3}]"""), Variable("dict", "ObjectDictionary", """{"a":1,"b":{"c":2},"l":[1,2]}"""),
    ]);

    private static readonly Value Typed = Value.From(
    [
        Variable("d", "DateTimeOffset", "2025-03-04T09:30:15+09:00"), Variable("g", "Guid", "6f9619ff-8b86-d011-b42d-00c04fc964ff"), Variable("ts", "TimeSpan", "01:02:03"),
        Variable("dec", "Decimal", "1.10"), Variable("big", "Int64", "9007199254740993"), Variable("o", "JSON", """{"a":1,"l":[1,2]}"""), Variable("ol", "Object[]", """[1,"x",{"k":2}]"""),
    ]);

    private static readonly Value TypedInput = Value.Parse("""{ "Obj": { "a": 1, "l": [1, { "b": 2 }] }, "List": [1, "b", [2]], "S": "text", "N": 7 }""");

    [Fact]
    public void Every_expression_gives_what_Elsa_gives()
    {
        var wrong = new List<string>();
        foreach (var line in Lines("expression-meaning.tsv"))
        {
            var (expression, expected) = (line[..line.IndexOf('\t', StringComparison.Ordinal)], line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..]);
            var burst = Run(Value.From([.. Variables.Items, .. Typed.Items]), Input, Value.Object(
                ("id", "root"), ("type", "Elsa.SetOutput"), ("version", 1),
                ("outputName", Literal("String", "result")), ("outputValue", Expression("JavaScript", expression))));
            var result = burst.State.Incidents.Count > 0 ? "fails" : Show(burst.State.Output["result"]);
            if (result != expected)
            {
                wrong.Add($"{expression}: expected {expected}, got {result}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_value_becomes_what_Elsa_makes_of_it()
    {
        var wrong = new List<string>();
        foreach (var line in Lines("conversions.tsv"))
        {
            var cells = line.Split('\t');
            var (type, kind, written) = (cells[0], cells[1], Value.Parse(cells[2]));
            var isInitial = kind == "initial";
            var variables = Value.From([.. Typed.Items, Variable("v", type, isInitial ? written.Text : null)]);
            var write = Activity("line", "Elsa.WriteLine", ("text", Expression("Variable", Value.Object(("id", "v_v")))));
            var set = Activity("set", "Elsa.SetVariable", ("variable", Value.Object(("id", "v_v"))), ("value", Expression(kind, written)));
            var burst = Run(variables, TypedInput, Activity("root", "Elsa.Sequence", ("activities", Value.From(isInitial ? [write] : [set, write]))));

            if (cells.Length == 4 ? burst.State.Incidents.SingleOrDefault()?.Message != cells[3]
                : Show(Value.Parse(burst.State.Variables["v"].ToJson())) != Show(Value.Parse(cells[3])) || burst.Lines.SingleOrDefault() != Value.Parse(cells[4]).Text)
            {
                wrong.Add($"{line}: got {burst.State.Incidents.SingleOrDefault()?.Message ?? burst.State.Variables["v"].ToJson()} and '{burst.Lines.SingleOrDefault()}'");
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>The condition of a case is no input of its activity: the incident says what the script said.</summary>
    [Theory]
    [InlineData("nope", "nope is not defined")]
    [InlineData("getNope()", "getNope is not defined")]
    [InlineData("getVariable('nul').x", "Cannot read properties of null (reading 'x')")]
    [InlineData("getVariable('nul').x()", "Cannot read property 'x' of null")]
    [InlineData("getVariable('obj').zz.y", "Cannot read properties of undefined (reading 'y')")]
    [InlineData("getVariable('obj').zz()", "Property 'zz' of object is not a function")]
    [InlineData("getVariable('num').trim()", "Property 'trim' of object is not a function")]
    [InlineData("getOutputFrom('nobody')", "Activity not found.")]
    [InlineData("getInput(null)", "Value cannot be null. (Parameter 'key')")]
    [InlineData("JSON.parse('[1,]')", "Unexpected token ']' in JSON at position 3")]
    [InlineData("JSON.parse('')", "Unexpected end of JSON input at position 0")]
    [InlineData("'x' in 'abc'", "Cannot use 'in' operator to search for 'x' in abc")]
    [InlineData("parseGuid('x')", "Unrecognized Guid format.")]
    [InlineData("1 +", "Could not prepare script: Unexpected end of input (<anonymous>:1:4)")]
    [InlineData("a b", "Could not prepare script: Unexpected identifier 'b' (<anonymous>:1:3)")]
    [InlineData("throw new Error('boom')", "boom")]
    public void A_condition_that_fails_says_what_the_script_says(string condition, string message)
    {
        var burst = Run(Variables, Input, Activity("root", "Elsa.FlowSwitch", ("cases", Value.From([Value.Object(("label", "A"), ("condition", Value.Object(("type", "JavaScript"), ("value", condition))))]))));

        Assert.Equal(message, Assert.Single(burst.State.Incidents).Message);
    }

    [Fact]
    public void A_part_that_is_refused_is_named_when_saved_and_fails_only_where_it_is_reached()
    {
        var definition = WorkflowDefinition.Parse(Value.Object(
            ("id", "p-v1"), ("definitionId", "p"), ("version", 1),
            ("root", Activity("root", "Elsa.WriteLine", ("text", Expression("JavaScript", "1 < 2 ? 'small' : [1].map(String)"))))).ToJson()).Required;
        var workflow = CompiledWorkflow.Compile(definition);

        Assert.Equal("refused-expression", Assert.Single(workflow.Problems).Code);
        Assert.Equal(["small"], WorkflowRuntime.Start(workflow, new StartWorkflow { InstanceId = Guid.Empty, Now = Instant.FromUtc(2026, 1, 1, 0, 0), NewId = Guid.NewGuid }).Lines);
    }

    private static IEnumerable<string> Lines(string file) => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Workflows", file)).Where(line => line.Length > 0);

    private static Burst Run(Value variables, Value input, Value root)
    {
        var definition = WorkflowDefinition.Parse(Value.Object(
            ("id", "p-v1"), ("definitionId", "p"), ("version", 1), ("variables", variables),
            ("inputs", Value.From([.. input.Members!.Members.ToArray().Select(each => Value.Object(("name", each.Key), ("type", "Object")))])),
            ("root", root)).ToJson()).Required;
        return WorkflowRuntime.Start(CompiledWorkflow.Compile(definition), new StartWorkflow { InstanceId = Guid.Empty, Input = input, Now = Instant.FromUtc(2026, 1, 1, 0, 0), NewId = Guid.NewGuid });
    }

    private static Value Activity(string id, string type, params ReadOnlySpan<(string Name, Value Value)> more) =>
        Value.Object([("id", id), ("type", type), ("version", 1), .. more]);

    private static Value Literal(string type, string value) => Value.Object(("typeName", type), ("expression", Value.Object(("type", "Literal"), ("value", value))));

    private static Value Expression(string kind, Value value) => Value.Object(("typeName", "Object"), ("expression", Value.Object(("type", kind), ("value", value))));

    private static Value Variable(string name, string type, string? value)
    {
        var isArray = type.EndsWith("[]", StringComparison.Ordinal);
        return Value.Object(("id", "v_" + name), ("name", name), ("typeName", isArray ? type[..^2] : type), ("isArray", isArray), ("value", value));
    }

    /// <summary>As the tables write it: minus zero and what is not finite are told apart, everything beyond ASCII is a code.</summary>
    private static string Show(Value value) => value.Kind switch
    {
        ValueKind.Number => value.Number.ToString("R", CultureInfo.InvariantCulture),
        ValueKind.String => Quote(value.Text!),
        ValueKind.Boolean => value.IsTrue ? "true" : "false",
        ValueKind.Array => $"[{string.Join(", ", value.Items.ToArray().Select(Show))}]",
        ValueKind.Object => $"{{{string.Join(", ", value.Members!.Members.ToArray().Select(member => $"{Quote(member.Key)}: {Show(member.Value)}"))}}}",
        _ => "null",
    };

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                >= ' ' and <= '~' => quoted.Append(character),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
            };
        }

        return quoted.Append('"').ToString();
    }
}
