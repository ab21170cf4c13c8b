using Acornima.Ast;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>Calls: functions of the closed list, methods, and functions named after inputs, variables and outputs.</summary>
internal sealed partial class JavaScriptCompiler
{
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
                if (name.Name == "stringify" && arguments.Length > 1 && arguments[1] is not ConstantExpression { IsNothing: true })
                {
                    throw Refused(call.Arguments[1], "JSON.stringify의 두 번째 값은 null이어야 합니다.", "The second argument of JSON.stringify must be null here.");
                }

                return new FunctionNode(qualified, arguments);
            case MemberExpression { Computed: false, Property: Identifier method } target when JavaScriptMethods.Names.Contains(method.Name):
                return new MethodNode(method.Name, Visit(target.Object), arguments, target.Optional);
            case MemberExpression { Computed: false, Property: Identifier method } target:
                RefusedHere(Refused(call.Callee, $"'{method.Name}' 함수는 쓸 수 없습니다.", $"The function '{method.Name}' is not in the list of functions that can be called."));
                return new MissingMethodNode(method.Name, target.Object is Identifier { Name: "Math" or "JSON" or "Object" or "Number" or "String" or "Array" or "variables" } ? null : Visit(target.Object), target.Optional);
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
            return new InputNode(new CompositeInputExpression(JavaScriptValue.ToText(inputName.Evaluate(null!))));
        }

        if (name == "setVariable" && arguments.Length >= 1)
        {
            _setsVariables = true;
            return new SetVariableNode(arguments[0], arguments.Length > 1 ? arguments[1] : new ConstantExpression(Value.Undefined));
        }

        if (name == "getOutputFrom" && arguments.Length >= 1)
        {
            return new OutputFromNode(arguments[0], arguments.Length > 1 ? arguments[1] : null);
        }

        if (JavaScriptFunctions.Global.TryGetValue(name, out var global))
        {
            return new FunctionNode(global, arguments);
        }

        return Accessor(name, arguments) ?? throw Refused(function, $"'{name}' 함수는 없습니다.", $"There is no function '{name}' here: no input or variable of that name, and it is not in the list of functions.", $"{name} is not defined");
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
                return new InputNode(new InputExpression(input.Name));
            }

            if (VariablesInScope().FirstOrDefault(variable => Pascal(variable) == subject) is { } variable)
            {
                return new VariableByNameNode(variable, isMember: false);
            }

            var from = subject.IndexOf("From", StringComparison.Ordinal);
            return from > 0 ? new OutputFromNode(new ConstantExpression(subject[(from + 4)..]), new ConstantExpression(subject[..from]), name) : null;
        }

        if (name.StartsWith("set", StringComparison.Ordinal) && VariablesInScope().FirstOrDefault(variable => Pascal(variable) == subject) is { } target)
        {
            _setsVariables = true;
            return new SetVariableNode(new ConstantExpression(target), arguments.Length > 0 ? arguments[0] : new ConstantExpression(Value.Undefined));
        }

        return null;
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
}
