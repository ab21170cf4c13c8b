using System.Text;
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
    private bool _setsVariables;
    private RefusalException? _refusal;

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
            var expression = LeavingNode.Around(compiler.Compile(source));
            return new CompiledScript(compiler._setsVariables ? new SettlingNode(expression) : expression, compiler._refusal?.Words, compiler._unknownVariables);
        }
        catch (RefusalException refusal)
        {
            return new CompiledScript(new RefusedExpression(refusal.AtRun ?? refusal.Words.En), refusal.Words, []);
        }
    }

    /// <summary>Names through which a script reaches the language behind a value.</summary>
    public static bool IsForbiddenMember(string name) =>
        name is "constructor" or "__proto__" or "prototype" or "__defineGetter__" or "__defineSetter__" or "__lookupGetter__" or "__lookupSetter__"
            or "caller" or "callee" or "arguments" or "valueOf" or "toString" or "toLocaleString" or "hasOwnProperty" or "isPrototypeOf" or "propertyIsEnumerable";

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
            throw new RefusalException(exception.Error.Index, "식을 읽을 수 없습니다. 문법을 확인하세요.", $"The expression cannot be read: {exception.Description}")
            {
                AtRun = $"Could not prepare script: {exception.Description} (<anonymous>:{exception.Error.LineNumber}:{exception.Error.Column + 1})",
            };
        }
        catch (InsufficientExecutionStackException)
        {
            throw TooDeep(0);
        }

        var statements = script.Body.Where(statement => statement is not EmptyStatement).ToList();
        if (statements.Count == 0)
        {
            return new ConstantExpression(Value.Undefined);
        }

        if (statements.Count > 1)
        {
            throw new RefusalException(statements[1].Start, "식은 하나만 쓸 수 있습니다.", "There must be exactly one expression; statements are not accepted.");
        }

        return statements[0] switch
        {
            ExpressionStatement statement => Visit(statement.Expression),
            ReturnStatement { Argument: { } argument } => Visit(argument),
            ReturnStatement => new ConstantExpression(Value.Undefined),
            ThrowStatement { Argument: StringLiteral or NewExpression { Arguments: [StringLiteral] } } thrower => throw new RefusalException(thrower.Start, "오류를 내는 문(throw)은 쓸 수 없습니다. Fault 활동을 쓰세요.", "Throwing is not accepted; use the activity Fault.") { AtRun = ((thrower.Argument as StringLiteral) ?? (StringLiteral)((NewExpression)thrower.Argument).Arguments[0]).Value },
            var other => throw Refused(other, $"'{other.Type}' 문은 쓸 수 없습니다. 식 하나만 쓰세요.", $"A {Describe(other)} is not accepted; write one expression."),
        };
    }

    private CompiledExpression Visit(Node node)
    {
        if (++_nodes > ExpressionLimits.Nodes)
        {
            throw new RefusalException(node.Start, $"식이 너무 복잡합니다(최대 {ExpressionLimits.Nodes}개 요소).", $"The expression has too many parts: at most {ExpressionLimits.Nodes}.") { IsOfAll = true };
        }

        if (++_depth > ExpressionLimits.Depth)
        {
            throw TooDeep(node.Start);
        }

        try
        {
            return VisitKind(node);
        }
        catch (RefusalException refusal) when (!refusal.IsOfAll)
        {
            return RefusedHere(refusal);
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>As in JavaScript, a part that cannot be run fails when it is reached, and not before.</summary>
    private RefusedExpression RefusedHere(RefusalException refusal)
    {
        _refusal ??= refusal;
        return new RefusedExpression(refusal.AtRun ?? refusal.Words.En);
    }

    private CompiledExpression VisitKind(Node node) => node switch
    {
        BigIntLiteral or RegExpLiteral => throw Refused(node, "큰 정수(BigInt)와 정규식은 쓸 수 없습니다.", "BigInt and regular expressions are not accepted."),
        Literal literal => new ConstantExpression(ConstantOf(literal)),
        Identifier { Name: "undefined" } => new ConstantExpression(Value.Undefined),
        Identifier { Name: "NaN" } => new ConstantExpression(double.NaN),
        Identifier { Name: "Infinity" } => new ConstantExpression(double.PositiveInfinity),
        Identifier identifier => throw Refused(node, $"'{identifier.Name}'은(는) 알 수 없는 이름입니다. 변수는 getVariable(\"{identifier.Name}\")로 읽으세요.", $"'{identifier.Name}' is not a known name; read a variable with getVariable(\"{identifier.Name}\").", $"{identifier.Name} is not defined"),
        ParenthesizedExpression parenthesized => Visit(parenthesized.Expression),
        ChainExpression chain => new ChainNode(Visit(chain.Expression)),
        LogicalExpression logical => new LogicNode(LogicOf(logical), Visit(logical.Left), Visit(logical.Right)),
        BinaryExpression binary => new BinaryNode(OperationOf(binary), Visit(binary.Left), Visit(binary.Right)),
        UpdateExpression update => throw Refused(node, "값을 바꾸는 식(++, --)은 쓸 수 없습니다.", "Changing a value (++, --) is not accepted.", NotDefined(update.Argument)),
        NewExpression made => throw Refused(node, "새 객체를 만드는 식(new)은 쓸 수 없습니다.", "A new expression is not accepted.", NotDefined(made.Callee)),
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

    /// <summary>The first letter of every word large, and what stands between words left out, as Elsa makes accessor names.</summary>
    internal static string Pascal(string name)
    {
        var pascal = new StringBuilder(name.Length);
        var word = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && name[i] is ' ' or '_' or '-')
            {
                continue;
            }

            // What parts words stays where no letter follows.
            var begins = i < name.Length && char.IsAsciiLetter(name[i]) && (i > word || i == 0);
            pascal.Append(begins ? "" : name.AsSpan(word, i - word));
            pascal.Append(i == name.Length ? "" : begins ? char.ToUpperInvariant(name[i]).ToString() : name[i].ToString());
            word = i + 1;
        }

        return pascal.ToString();
    }

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

    private static string? NotDefined(Node node) => node is Identifier identifier ? $"{identifier.Name} is not defined" : null;

    private static string Describe(Node node) => node.Type.ToString().Replace("Expression", " expression", StringComparison.Ordinal).Replace("Statement", " statement", StringComparison.Ordinal).Replace("Declaration", " declaration", StringComparison.Ordinal).ToLowerInvariant();

    private static RefusalException TooDeep(int at) => new(at, $"식이 너무 깊게 겹쳐 있습니다(최대 {ExpressionLimits.Depth}단계).", $"The expression is nested too deeply: at most {ExpressionLimits.Depth} levels.") { IsOfAll = true };

    private static RefusalException Refused(Node node, string ko, string en, string? atRun = null) => new(node.Start, ko, en) { AtRun = atRun };

    private sealed class RefusalException(int at, string ko, string en) : Exception(en)
    {
        /// <summary>What JavaScript itself would say when it runs, where that is known.</summary>
        public string? AtRun { get; init; }

        /// <summary>Whether it is about the whole expression, not one part of it.</summary>
        public bool IsOfAll { get; init; }

        public Words Words { get; } = new($"{ko} ({at + 1}번째 글자)", $"{en} (character {at + 1})");
    }
}

/// <summary>A compiled script; a refused one says why and fails where it is refused when it is run.</summary>
/// <param name="Expression">What to run.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="UnknownVariables">Variables that it reads though there are none of that name: they are null.</param>
internal readonly record struct CompiledScript(CompiledExpression Expression, Words? Refusal, IReadOnlyList<Words> UnknownVariables);
