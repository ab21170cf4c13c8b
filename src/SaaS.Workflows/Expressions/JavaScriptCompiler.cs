using System.Text.RegularExpressions;
using Acornima;
using Acornima.Ast;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>
/// Compiles the JavaScript that tenants may write: one expression, or <c>return</c> and one expression. What is accepted means what it
/// means in JavaScript; everything else is refused here, with the place and the reason. Nothing of an engine is behind it.
/// </summary>
internal sealed partial class JavaScriptCompiler
{
    private static readonly ParserOptions Options = new() { AllowReturnOutsideFunction = true, EcmaVersion = EcmaVersion.Latest };

    private readonly WorkflowDefinition _definition;
    private readonly CompiledActivity? _activity;
    private readonly bool _isWithinComposite;
    private readonly List<Words> _unknownVariables = [];
    private int _nodes;
    private int _depth;

    private JavaScriptCompiler(WorkflowDefinition definition, CompiledActivity? activity)
    {
        _definition = definition;
        _activity = activity;
        _isWithinComposite = activity is not null && WorkflowCompiler.IsWithinWorkflowAsActivity(activity);
    }

    /// <param name="source">The script.</param>
    /// <param name="definition">Whose inputs can be read.</param>
    /// <param name="activity">Where the expression stands: its variables are those in scope there.</param>
    public static CompiledScript Compile(string source, WorkflowDefinition definition, CompiledActivity? activity)
    {
        try
        {
            var compiler = new JavaScriptCompiler(definition, activity);
            return new CompiledScript(compiler.Compile(source), null, compiler._unknownVariables);
        }
        catch (RefusalException refusal)
        {
            return new CompiledScript(new RefusedExpression(refusal.Words.En), refusal.Words, []);
        }
    }

    /// <summary>Names through which a script reaches the language behind a value.</summary>
    public static bool IsForbiddenMember(string name) =>
        name is "constructor" or "__proto__" or "prototype" or "__defineGetter__" or "__defineSetter__" or "__lookupGetter__" or "__lookupSetter__"
            or "caller" or "callee" or "arguments" or "valueOf" or "toString" or "toLocaleString" or "hasOwnProperty" or "isPrototypeOf" or "propertyIsEnumerable"
        || JavaScriptMethods.Names.Contains(name);

    private CompiledExpression Compile(string source)
    {
        if (source.Length > ExpressionLimits.SourceLength)
        {
            throw new RefusalException(0, $"식이 너무 깁니다(최대 {ExpressionLimits.SourceLength:N0}자).", $"The expression is too long: at most {ExpressionLimits.SourceLength:N0} characters.");
        }

        if (string.IsNullOrWhiteSpace(source))
        {
            return new ConstantExpression(Value.Undefined);
        }

        GuardNesting(source);
        Script script;
        try
        {
            script = new Parser(Options).ParseScript(source);
        }
        catch (ParseErrorException exception)
        {
            throw new RefusalException(exception.Error.Index, "식을 읽을 수 없습니다. 문법을 확인하세요.", $"The expression cannot be read: {exception.Description}");
        }
        catch (InsufficientExecutionStackException)
        {
            throw TooDeep(0);
        }

        var statements = script.Body;
        if (statements.Count != 1)
        {
            throw new RefusalException(statements.Count > 1 ? statements[1].Start : 0, "식은 하나만 쓸 수 있습니다.", "There must be exactly one expression; statements are not accepted.");
        }

        return statements[0] switch
        {
            ExpressionStatement statement => Visit(statement.Expression),
            ReturnStatement { Argument: { } argument } => Visit(argument),
            ReturnStatement => new ConstantExpression(Value.Undefined),
            var other => throw Refused(other, $"'{other.Type}' 문은 쓸 수 없습니다. 식 하나만 쓰세요.", $"A {Describe(other)} is not accepted; write one expression."),
        };
    }

    private CompiledExpression Visit(Node node)
    {
        if (++_nodes > ExpressionLimits.Nodes)
        {
            throw Refused(node, $"식이 너무 복잡합니다(최대 {ExpressionLimits.Nodes}개 요소).", $"The expression has too many parts: at most {ExpressionLimits.Nodes}.");
        }

        if (++_depth > ExpressionLimits.Depth)
        {
            throw TooDeep(node.Start);
        }

        var compiled = VisitKind(node);
        _depth--;
        return compiled;
    }

    private CompiledExpression VisitKind(Node node) => node switch
    {
        BigIntLiteral or RegExpLiteral => throw Refused(node, "큰 정수(BigInt)와 정규식은 쓸 수 없습니다.", "BigInt and regular expressions are not accepted."),
        Literal literal => new ConstantExpression(ConstantOf(literal)),
        Identifier { Name: "undefined" } => new ConstantExpression(Value.Undefined),
        Identifier { Name: "NaN" } => new ConstantExpression(double.NaN),
        Identifier { Name: "Infinity" } => new ConstantExpression(double.PositiveInfinity),
        Identifier identifier => throw Refused(node, $"'{identifier.Name}'은(는) 알 수 없는 이름입니다. 변수는 getVariable(\"{identifier.Name}\")로 읽으세요.", $"'{identifier.Name}' is not a known name; read a variable with getVariable(\"{identifier.Name}\")."),
        ParenthesizedExpression parenthesized => Visit(parenthesized.Expression),
        ChainExpression chain => Visit(chain.Expression),
        LogicalExpression logical => new LogicNode(LogicOf(logical), Visit(logical.Left), Visit(logical.Right)),
        BinaryExpression binary => new BinaryNode(OperationOf(binary), Visit(binary.Left), Visit(binary.Right)),
        UpdateExpression => throw Refused(node, "값을 바꾸는 식(++, --)은 쓸 수 없습니다.", "Changing a value (++, --) is not accepted."),
        UnaryExpression unary => new UnaryNode(SignOf(unary), Visit(unary.Argument)),
        ConditionalExpression conditional => new ConditionalNode(Visit(conditional.Test), Visit(conditional.Consequent), Visit(conditional.Alternate)),
        ArrayExpression array => new ArrayNode([.. array.Elements.Select(VisitElement)]),
        ObjectExpression @object => new ObjectNode([.. @object.Properties.Select(VisitProperty)]),
        MemberExpression member => VisitMember(member),
        CallExpression call => VisitCall(call),
        AssignmentExpression => throw Refused(node, "값을 대입하는 식은 쓸 수 없습니다. setVariable을 쓰세요.", "Assignment is not accepted; use setVariable."),
        _ => throw Refused(node, $"'{node.Type}'은(는) 쓸 수 없습니다.", $"A {Describe(node)} is not accepted."),
    };

    private CompiledExpression VisitElement(Node? element) => element switch
    {
        null => throw new RefusalException(0, "빈 칸이 있는 배열은 쓸 수 없습니다.", "A list with holes is not accepted."),
        _ => Visit(element),
    };

    private (string Name, CompiledExpression Value) VisitProperty(Node node)
    {
        if (node is not ObjectProperty { Kind: PropertyKind.Init, Computed: false, Method: false } property)
        {
            throw Refused(node, "객체에는 이름과 값만 쓸 수 있습니다.", "Only plain members (name: value) are accepted in an object.");
        }

        var name = property.Key switch
        {
            Identifier identifier => identifier.Name,
            StringLiteral text => text.Value,
            NumericLiteral number => JavaScriptNumber.Format(number.Value),
            _ => throw Refused(property.Key, "멤버 이름으로 쓸 수 없습니다.", "This cannot be the name of a member."),
        };
        if (IsForbiddenMember(name))
        {
            throw Refused(property.Key, $"멤버 이름 '{name}'은(는) 쓸 수 없습니다.", $"The member name '{name}' is not accepted.");
        }

        return (name, Visit(property.Value));
    }

    private CompiledExpression VisitMember(MemberExpression member)
    {
        if (member.Object is Identifier owner && member.Property is Identifier name && !member.Computed)
        {
            if (owner.Name == "variables")
            {
                return new VariableByNameNode(name.Name, isMember: true);
            }

            if (JavaScriptFunctions.Constants.TryGetValue($"{owner.Name}.{name.Name}", out var constant))
            {
                return new ConstantExpression(constant);
            }
        }

        if (!member.Computed)
        {
            if (member.Property is not Identifier property)
            {
                throw Refused(member.Property, "이 멤버는 읽을 수 없습니다.", "This member cannot be read.");
            }

            if (IsForbiddenMember(property.Name))
            {
                throw Refused(member.Property, $"멤버 '{property.Name}'은(는) 읽을 수 없습니다.", $"The member '{property.Name}' cannot be read.");
            }

            return new MemberNode(Visit(member.Object), property.Name, null, member.Optional);
        }

        if (member.Property is StringLiteral text)
        {
            if (IsForbiddenMember(text.Value))
            {
                throw Refused(member.Property, $"멤버 '{text.Value}'은(는) 읽을 수 없습니다.", $"The member '{text.Value}' cannot be read.");
            }

            return new MemberNode(Visit(member.Object), text.Value, null, member.Optional);
        }

        return new MemberNode(Visit(member.Object), null, Visit(member.Property), member.Optional);
    }

    private CompiledExpression VisitCall(CallExpression call)
    {
        var arguments = new CompiledExpression[call.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Visit(call.Arguments[i]);
        }

        switch (call.Callee)
        {
            case Identifier function:
                return Function(function, arguments);
            case MemberExpression { Computed: false, Object: Identifier owner, Property: Identifier name } when JavaScriptFunctions.Qualified.TryGetValue($"{owner.Name}.{name.Name}", out var qualified):
                if (name.Name == "stringify" && arguments.Length > 1)
                {
                    throw Refused(call, "JSON.stringify에는 값 하나만 줄 수 있습니다.", "JSON.stringify takes one argument here.");
                }

                return new FunctionNode((scope, values) => qualified(scope, values), arguments);
            case MemberExpression { Computed: false, Property: Identifier method } target when JavaScriptMethods.Names.Contains(method.Name):
                return new MethodNode(method.Name, Visit(target.Object), arguments, target.Optional);
            case MemberExpression { Property: Identifier method }:
                throw Refused(call.Callee, $"'{method.Name}' 함수는 쓸 수 없습니다.", $"The function '{method.Name}' is not in the list of functions that can be called.");
            default:
                throw Refused(call.Callee, "이 호출은 쓸 수 없습니다.", "This call is not accepted.");
        }
    }

    private CompiledExpression Function(Identifier function, CompiledExpression[] arguments)
    {
        var name = function.Name;
        if (name == "getVariable" && arguments is [ConstantExpression constant])
        {
            var variable = JavaScriptValue.ToText(constant.Evaluate(null!));
            if (!VariablesInScope().Contains(variable))
            {
                _unknownVariables.Add(new Words($"변수 '{variable}'이(가) 없습니다. ({function.Start + 1}번째 글자)", $"There is no variable '{variable}' in scope (character {function.Start + 1})."));
            }

            return new VariableByNameNode(variable, isMember: false);
        }

        if (name == "getInput" && _isWithinComposite && arguments is [ConstantExpression inputName])
        {
            return new CompositeInputExpression(JavaScriptValue.ToText(inputName.Evaluate(null!)));
        }

        if (name == "setVariable" && arguments.Length >= 2)
        {
            return new SetVariableNode(arguments[0], arguments[1]);
        }

        if (name == "getOutputFrom" && arguments.Length >= 1)
        {
            return new OutputFromNode(arguments[0], arguments.Length > 1 ? arguments[1] : null);
        }

        if (JavaScriptFunctions.Global.TryGetValue(name, out var global))
        {
            return new FunctionNode(global, arguments);
        }

        return Accessor(name, arguments) ?? throw Refused(function, $"'{name}' 함수는 없습니다.", $"There is no function '{name}' here: no input or variable of that name, and it is not in the list of functions.");
    }

    /// <summary>getAmount(), setTotal(x), getResultFromTask(): functions named after inputs, variables and outputs in scope.</summary>
    private CompiledExpression? Accessor(string name, CompiledExpression[] arguments)
    {
        if (name.Length < 4)
        {
            return null;
        }

        var subject = name[3..];
        if (name.StartsWith("get", StringComparison.Ordinal))
        {
            if (!_isWithinComposite && _definition.Inputs.FirstOrDefault(input => input.Name == subject) is { } input)
            {
                return new InputExpression(input.Name);
            }

            if (VariablesInScope().FirstOrDefault(variable => Pascal(variable) == subject) is { } variable)
            {
                return new VariableByNameNode(variable, isMember: false);
            }

            var from = subject.IndexOf("From", StringComparison.Ordinal);
            return from > 0 ? new OutputFromNode(new ConstantExpression(subject[(from + 4)..]), new ConstantExpression(subject[..from])) : null;
        }

        return name.StartsWith("set", StringComparison.Ordinal) && arguments.Length > 0 && VariablesInScope().FirstOrDefault(variable => Pascal(variable) == subject) is { } target
            ? new SetVariableNode(new ConstantExpression(target), arguments[0])
            : null;
    }

    private IEnumerable<string> VariablesInScope()
    {
        for (var activity = _activity; activity is not null; activity = activity.Parent)
        {
            foreach (var variable in activity.Variables)
            {
                yield return variable.Name;
            }

            if (activity.Parent is { TypeName: "Elsa.For" or "Elsa.ForEach" or "Elsa.ParallelForEach" })
            {
                yield return "CurrentValue";
                yield return "CurrentIndex";
            }
        }
    }

    /// <summary>The first letter of every word large, as Elsa makes accessor names.</summary>
    internal static string Pascal(string name) => WordStart().Replace(name, match => match.Groups[1].Value.ToUpperInvariant());

    [GeneratedRegex("(?:[ _-]+|^)([a-zA-Z])", RegexOptions.None, 100)]
    private static partial Regex WordStart();

    private static Value ConstantOf(Literal literal) => literal switch
    {
        StringLiteral text => text.Value.Length > ValueLimits.TextLength ? throw Refused(literal, "글이 너무 깁니다.", "The text is too long.") : text.Value,
        NumericLiteral number => number.Value,
        BooleanLiteral boolean => boolean.Value,
        NullLiteral => Value.Null,
        _ => throw Refused(literal, "이 값은 쓸 수 없습니다.", "This literal is not accepted."),
    };

    private static Logic LogicOf(LogicalExpression logical) => logical.Operator switch
    {
        Operator.LogicalAnd => Logic.And,
        Operator.LogicalOr => Logic.Or,
        _ => Logic.Coalesce,
    };

    private static Operation OperationOf(BinaryExpression binary) => binary.Operator switch
    {
        Operator.Addition => Operation.Add,
        Operator.Subtraction => Operation.Subtract,
        Operator.Multiplication => Operation.Multiply,
        Operator.Division => Operation.Divide,
        Operator.Remainder => Operation.Remainder,
        Operator.Exponentiation => Operation.Power,
        Operator.Equality => Operation.Equal,
        Operator.Inequality => Operation.NotEqual,
        Operator.StrictEquality => Operation.StrictEqual,
        Operator.StrictInequality => Operation.StrictNotEqual,
        Operator.LessThan => Operation.Less,
        Operator.LessThanOrEqual => Operation.LessOrEqual,
        Operator.GreaterThan => Operation.Greater,
        Operator.GreaterThanOrEqual => Operation.GreaterOrEqual,
        Operator.BitwiseAnd => Operation.BitAnd,
        Operator.BitwiseOr => Operation.BitOr,
        Operator.BitwiseXor => Operation.BitXor,
        Operator.LeftShift => Operation.ShiftLeft,
        Operator.RightShift => Operation.ShiftRight,
        Operator.UnsignedRightShift => Operation.ShiftRightUnsigned,
        _ => throw Refused(binary, "이 연산자는 쓸 수 없습니다.", $"The operator {binary.Operator} is not accepted."),
    };

    private static Sign SignOf(UnaryExpression unary) => unary.Operator switch
    {
        Operator.LogicalNot => Sign.Not,
        Operator.UnaryNegation => Sign.Minus,
        Operator.UnaryPlus => Sign.Plus,
        Operator.BitwiseNot => Sign.BitNot,
        Operator.TypeOf => Sign.TypeOf,
        _ => throw Refused(unary, "이 연산자는 쓸 수 없습니다.", $"The operator {unary.Operator} is not accepted."),
    };

    /// <summary>The parser calls itself for each level, so what nests too deeply must not reach it. Brackets inside texts count too: nobody writes that many.</summary>
    private static void GuardNesting(string source)
    {
        var depth = 0;
        var prefix = 0;
        for (var i = 0; i < source.Length; i++)
        {
            var character = source[i];
            depth += character is '(' or '[' or '{' ? 1 : character is ')' or ']' or '}' ? -1 : 0;
            prefix = character is '!' or '~' or '-' or '+' or '?' ? prefix + 1 : char.IsWhiteSpace(character) ? prefix : 0;
            if (depth > ExpressionLimits.Depth || prefix > ExpressionLimits.Depth)
            {
                throw TooDeep(i);
            }
        }
    }

    private static string Describe(Node node) => node.Type.ToString().Replace("Expression", " expression", StringComparison.Ordinal).Replace("Statement", " statement", StringComparison.Ordinal).Replace("Declaration", " declaration", StringComparison.Ordinal).ToLowerInvariant();

    private static RefusalException TooDeep(int at) => new(at, $"식이 너무 깊게 겹쳐 있습니다(최대 {ExpressionLimits.Depth}단계).", $"The expression is nested too deeply: at most {ExpressionLimits.Depth} levels.");

    private static RefusalException Refused(Node node, string ko, string en) => new(node.Start, ko, en);

    private sealed class RefusalException(int at, string ko, string en) : Exception(en)
    {
        public Words Words { get; } = new($"{ko} ({at + 1}번째 글자)", $"{en} (character {at + 1})");
    }
}

/// <summary>A compiled script; a refused one says why and fails when it is run.</summary>
/// <param name="Expression">What to run.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="UnknownVariables">Variables that it reads though there are none of that name: they are null.</param>
internal readonly record struct CompiledScript(CompiledExpression Expression, Words? Refusal, IReadOnlyList<Words> UnknownVariables);
