using System.Text.Json;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Activities;

/// <summary>What an activity can read while its definition is compiled.</summary>
public sealed class ActivityPreparation
{
    internal ActivityPreparation(ActivityDefinition activity, CompiledActivity compiled, WorkflowCompiler compiler)
    {
        Activity = activity;
        Compiled = compiled;
        Compiler = compiler;
    }

    public ActivityDefinition Activity { get; }

    internal CompiledActivity Compiled { get; }

    internal WorkflowCompiler Compiler { get; }

    /// <summary>A raw input by its name in JSON. A string that holds JSON text is read as that JSON. Undefined when missing.</summary>
    /// <exception cref="PreparationException">The text in the string is no JSON.</exception>
    public Value Raw(string name)
    {
        if (Activity.Property(name) is not { } element)
        {
            return Value.Undefined;
        }

        if (element.ValueKind == JsonValueKind.String && element.GetString() is { } text && text.AsSpan().TrimStart() is ['[' or '{', ..])
        {
            try
            {
                return Value.Parse(text);
            }
            catch (JsonException)
            {
                throw new PreparationException(name, $"'{name}'의 글은 올바른 JSON이 아닙니다.", $"The text of '{name}' is not JSON.");
            }
        }

        return Value.From(element);
    }
}

/// <summary>A raw input that cannot be used.</summary>
public sealed class PreparationException(string input, string ko, string en) : Exception(en)
{
    /// <summary>The input, by its name in JSON.</summary>
    public string Input { get; } = input;

    public string Ko { get; } = ko;
}
