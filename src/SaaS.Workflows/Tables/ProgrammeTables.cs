using System.Text.Json;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Expressions;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Tables;

/// <summary>
/// The tables of a definition, compiled over one layout of facts, where nothing but its tables looks at the application. The way of a
/// case then depends on what the tables answer and on nothing else: cases that are answered alike go the same way.
/// </summary>
internal sealed class ProgrammeTables
{
    public const string Application = "Application";
    private readonly Dictionary<string, TableStep> _steps;

    private ProgrammeTables(FactLayout layout, List<TableStep> steps)
    {
        Layout = layout;
        Steps = steps;
        _steps = steps.ToDictionary(step => step.ActivityId, StringComparer.Ordinal);
    }

    public FactLayout Layout { get; }

    public IReadOnlyList<TableStep> Steps { get; }

    public TableStep? Find(string activityId) => _steps.GetValueOrDefault(activityId);

    /// <param name="workflow">The definition.</param>
    /// <param name="alsoNeeded">Paths of facts that somebody else will ask for.</param>
    /// <param name="why">Why not, when the tables cannot stand for the runtime.</param>
    public static ProgrammeTables? TryCompile(CompiledWorkflow workflow, IEnumerable<string> alsoNeeded, out string? why)
    {
        try
        {
            var tables = Compile(workflow, alsoNeeded);
            why = null;
            return tables;
        }
        catch (TablesNotCompiledException reason)
        {
            why = reason.Message;
            return null;
        }
    }

    private static ProgrammeTables Compile(CompiledWorkflow workflow, IEnumerable<string> alsoNeeded)
    {
        Require(workflow.Problems.Count == 0, "The definition has problems.");
        Require(workflow.KeptInputs.Contains(Application), $"The input {Application} is not kept over a wait.");
        Require(workflow.Activities.DistinctBy(activity => activity.Id).Count() == workflow.Activities.Length, "An id is used twice.");
        Require(workflow.Activities.Skip(1).All(activity => activity.Variables.Length == 0), "An activity has variables of its own.");
        var layout = new FactLayout();
        var steps = new List<TableStep>();
        foreach (var activity in workflow.Activities)
        {
            switch (activity.Prepared)
            {
                case RuleTable rules:
                    steps.Add(new TableStep(activity, NumberOf("reasons"), null) { Rules = new CompiledRules(rules, layout) });
                    break;
                case TierTable tiers:
                    steps.Add(new TableStep(activity, NumberOf("reasons"), null) { Tiers = new CompiledTiers(tiers, layout) });
                    break;
                case ShareCostActivity.TierShares shares:
                    steps.Add(new TableStep(activity, NumberOf("reasons"), NumberOf("shares")) { Shares = new CompiledShares(shares, layout) });
                    break;
            }
        }

        Require(steps.Count > 0, "There are no tables.");
        foreach (var path in alsoNeeded)
        {
            layout.Slot(path);
        }

        CheckReads(workflow, steps);
        layout.Close();
        return new ProgrammeTables(layout, steps);

        string? NumberOf(string variable) => Array.Find(workflow.Workflow.Variables, each => each.Name == variable)?.Id;
    }

    // Reasons and shares differ from firm to firm even where the answers are alike: nothing else may look at them.
    private static void CheckReads(CompiledWorkflow workflow, List<TableStep> steps)
    {
        var own = steps.SelectMany(step => step.OwnVariables).ToHashSet(StringComparer.Ordinal);
        var variables = workflow.Workflow.Variables;
        var ownNames = variables.Where(variable => own.Contains(variable.Id)).Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal);
        var names = variables.Select(variable => variable.Name).ToList();
        foreach (var step in steps)
        {
            var input = Array.Find(step.Activity.Inputs, each => each.Descriptor.Name == Application)?.Expression;
            Require(input is InputExpression { Name: Application }, $"'{step.ActivityId}' does not look at the input {Application}.");
        }

        foreach (var activity in workflow.Activities.Where(activity => activity.Definition is not null && steps.TrueForAll(step => step.Activity != activity)))
        {
            // A container's own children are looked at by themselves.
            CheckReads(activity.Definition!.Json, activity.Children.Select(child => child.Id).ToHashSet(StringComparer.Ordinal));
        }

        void CheckReads(JsonElement json, HashSet<string> children)
        {
            if (json.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in json.EnumerateArray())
                {
                    if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("id", out var child) || child.ValueKind != JsonValueKind.String || !children.Contains(child.GetString()!))
                    {
                        CheckReads(item, children);
                    }
                }
            }
            else if (json.ValueKind == JsonValueKind.Object)
            {
                CheckExpression(json);
                foreach (var member in json.EnumerateObject())
                {
                    var written = member.Name is "memoryReference" or "variable" && member.Value.ValueKind == JsonValueKind.Object
                        && member.Value.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && own.Contains(id.GetString()!);
                    Require(!written, "Something else writes the reasons or shares.");
                    CheckReads(member.Value, children);
                }
            }
        }

        void CheckExpression(JsonElement json)
        {
            if (!json.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !json.TryGetProperty("value", out var value))
            {
                return;
            }

            switch (type.GetString())
            {
                case "Input":
                    throw new TablesNotCompiledException("Something other than the tables looks at an input.");
                case "Variable":
                    var text = value.ToString();
                    Require(!own.Any(id => text.Contains(id, StringComparison.Ordinal)), "Something else reads the reasons or shares.");
                    break;
                case "JavaScript":
                    var read = ScriptReads.VariablesOnly(value.ValueKind == JsonValueKind.String ? value.GetString()! : "", names);
                    Require(read is not null && !read.Overlaps(ownNames), "A script reads more than the answers of the tables.");
                    break;
            }
        }
    }

    private static void Require(bool holds, string why)
    {
        if (!holds)
        {
            throw new TablesNotCompiledException(why);
        }
    }
}

/// <summary>One table in its place in the definition; exactly one of the three.</summary>
internal sealed class TableStep(CompiledActivity activity, string? reasonsVariable, string? sharesVariable)
{
    public CompiledActivity Activity { get; } = activity;

    public string ActivityId => Activity.Id;

    public CompiledRules? Rules { get; init; }

    public CompiledTiers? Tiers { get; init; }

    public CompiledShares? Shares { get; init; }

    /// <summary>Whether its reasons become the reasons of the case.</summary>
    public bool TellsReasons { get; } = reasonsVariable is not null && TargetOf(activity, "Reasons") == reasonsVariable;

    /// <summary>Whether its shares become the shares of the case.</summary>
    public bool TellsShares { get; } = sharesVariable is not null && TargetOf(activity, "Split") == sharesVariable;

    /// <summary>Variables that it fills with what differs from firm to firm.</summary>
    public IEnumerable<string> OwnVariables => new[] { TargetOf(Activity, "Reasons"), TargetOf(Activity, "Split") }.OfType<string>();

    private static string? TargetOf(CompiledActivity activity, string output) => Array.Find(activity.Outputs, each => each.Name == output)?.Target;
}
