using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Compilation;

/// <summary>Finds the published definition of an id, for activities that run other workflows. Null when there is none.</summary>
public delegate CompiledWorkflow? WorkflowResolver(string definitionId);

/// <summary>
/// A definition made ready to run: built once per version, immutable, shared by all instances and threads. Compiling accepts what
/// the checker refuses; what cannot work faults when it is reached, as in Elsa.
/// </summary>
public sealed class CompiledWorkflow
{
    private readonly FrozenSet<string> _outputs;
    private readonly FrozenDictionary<string, CompiledActivity> _byNodeId;
    private readonly WorkflowResolver? _resolver;

    internal CompiledWorkflow(WorkflowDefinition definition, CompiledActivity[] activities, WorkflowResolver? resolver, IReadOnlyList<Problem> problems)
    {
        Definition = definition;
        Activities = activities;
        Problems = problems;
        _resolver = resolver;
        _outputs = definition.Outputs.ToFrozenSet(StringComparer.Ordinal);
        _byNodeId = activities.DistinctBy(activity => activity.NodeId).ToFrozenDictionary(activity => activity.NodeId, StringComparer.Ordinal);
        KeptInputs = [.. definition.Inputs.Where(input => input.IsPersisted).Select(input => input.Name)];
        RunsOthers = activities.Any(activity => activity.TypeName is "Elsa.ExecuteWorkflow" or "Elsa.DispatchWorkflow" or "Elsa.BulkDispatchWorkflows");
        UsedDefinitions = [.. activities
            .Select(activity => activity.Definition is { } written ? ActivityDefinition.Text(written.Json, "workflowDefinitionId") : null)
            .OfType<string>().Distinct()];
        ContinuesWithIncidents = definition.ContinuesWithIncidents;
    }

    public WorkflowDefinition Definition { get; }

    /// <summary>What was found wrong while compiling: refused expressions and raw inputs that cannot be used.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>Whether it may ask its resolver for other definitions while it runs, to execute or dispatch them.</summary>
    public bool RunsOthers { get; }

    /// <summary>Ids of the definitions that are used as activities, found or not.</summary>
    public IReadOnlyList<string> UsedDefinitions { get; }

    internal bool ContinuesWithIncidents { get; }

    internal CompiledActivity[] Activities { get; }

    /// <summary>The workflow itself, which holds the root.</summary>
    internal CompiledActivity Workflow => Activities[0];

    internal string[] KeptInputs { get; }

    /// <param name="definition">What to compile.</param>
    /// <param name="resolver">Where to find workflows that this one runs.</param>
    /// <param name="catalogue">The activities there are; Elsa's and ours unless given.</param>
    public static CompiledWorkflow Compile(WorkflowDefinition definition, WorkflowResolver? resolver = null, ActivityCatalogue? catalogue = null) =>
        new WorkflowCompiler(definition, catalogue ?? ActivityCatalogue.Standard, resolver).Compile();

    internal bool IsOutput(string name) => _outputs.Contains(name);

    internal CompiledActivity? FindByNodeId(string nodeId) => _byNodeId.GetValueOrDefault(nodeId);

    internal CompiledWorkflow? Resolve(string definitionId) => _resolver?.Invoke(definitionId);

    /// <summary>Below the workflow itself, Elsa takes text that is a moment for that moment, and writes it its own way.</summary>
    private static string? LocalText(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text when text.TryGetDateTimeOffset(out var moment) => moment.ToString(CultureInfo.InvariantCulture),
        { ValueKind: JsonValueKind.Number } number when !number.TryGetInt64(out _) => number.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => value?.ToString(),
    };

    /// <summary>The value that a definition writes for a variable: always text, read as its type. What cannot be read is nothing.</summary>
    /// <param name="variable">The variable as written.</param>
    /// <param name="isLocal">Whether it stands below the workflow itself, where text of nothing but blanks is a text too.</param>
    internal static Value InitialValue(VariableDefinition variable, bool isLocal)
    {
        var text = isLocal ? LocalText(variable.Value) : variable.Value?.ToString();
        if (text is null || (!isLocal && string.IsNullOrWhiteSpace(text)))
        {
            return Value.Null;
        }

        try
        {
            return ValueConversion.To(text, ValueConversion.TypeOf(variable.TypeName, variable.IsArray));
        }
        catch (Expressions.ExpressionException)
        {
            return Value.Null;
        }
    }
}
