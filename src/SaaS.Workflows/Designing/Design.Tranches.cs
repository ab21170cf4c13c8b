using System.Text.Json.Nodes;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Designing;

/// <content>The payments of a way through the programme as one table: each row is a step, and perhaps an inspection before it.</content>
public sealed partial class Design
{
    /// <summary>The steps that pay on the first way that comes to the given one, in order; while no way is whole yet, all of them by their numbers.</summary>
    public IReadOnlyList<string> PaymentsWith(string step) => [.. Gates(step).Select(gate => gate.Payment)];

    /// <summary>One line a payment, with its <c>gate</c>: the inspection since the payment before, Interim or Final.</summary>
    public IReadOnlyList<JsonObject> TranchesOf(string step)
    {
        var lines = new List<JsonObject>();
        foreach (var (payment, inspection) in Gates(step))
        {
            var written = Step(payment);
            var line = new JsonObject { ["id"] = payment };
            foreach (var name in Copied)
            {
                Put(line, name, written[name]?.DeepClone());
            }

            Put(line, "gate", inspection is null ? null : Step(inspection)["kind"]?.DeepClone());
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>
    /// Pays by these lines: the first line is the first payment, further ones come after it. A payment whose line is gone goes with its
    /// inspection; the final one stays before what is the last payment then. Numbers, the mark of the last and the usual names follow.
    /// </summary>
    public Design SetTranches(string step, IReadOnlyList<JsonObject> lines)
    {
        if (lines.Count == 0)
        {
            return this;
        }

        var design = this;
        var gates = Gates(step);
        var gone = Gone(gates, lines);
        foreach (var (payment, inspection) in gone)
        {
            design = design.RemoveStep(payment);
            design = inspection is null ? design : design.RemoveStep(inspection);
        }

        var left = gates.Except(gone).ToList();
        var steps = left.Select(gate => gate.Payment).ToList();
        while (steps.Count < lines.Count)
        {
            design = design.AddStep("Grant.DisbursementStage", steps[^1], "Paid", out var added);
            steps.Add(added);
        }

        var lostFinal = gone.Any(gate => KindOf(gate.Inspection) == "Final") && !lines.Any(line => (string?)line["gate"] == "Final");
        for (var index = 0; index < lines.Count; index++)
        {
            var line = lines[index];
            var payment = steps[index];
            var isLast = index == lines.Count - 1;
            foreach (var name in Copied)
            {
                design = design.SetInput(payment, name, line[name]?.DeepClone());
            }

            design = design.SetInput(payment, "tranche", index + 1).SetInput(payment, "last", isLast);
            design = HasUsualName(design.NameOf(payment)) ? design.Rename(payment, UsualName(index + 1, isLast)) : design;
            var old = index < left.Count ? left[index].Inspection : null;
            design = (old, lostFinal && isLast ? "Final" : (string?)line["gate"]) switch
            {
                (null, null) => design,
                (null, { } kind) => design.AddBefore("Grant.InspectionStage", payment, out var added).SetInput(added, "kind", kind).Rename(added, OptionNames.Of(kind)),
                ({ } there, null) => design.RemoveStep(there),
                ({ } there, { } kind) => (string?)design.Step(there)["kind"] == kind ? design : design.SetInput(there, "kind", kind).Rename(there, OptionNames.Of(kind)),
            };
        }

        return design;
    }

    private string? KindOf(string? inspection) => inspection is null ? null : (string?)Step(inspection)["kind"];

    // Lines that come from a spreadsheet do not say which payment they were: then the last ones are gone.
    private static List<(string Payment, string? Inspection)> Gone(List<(string Payment, string? Inspection)> gates, IReadOnlyList<JsonObject> lines)
    {
        var named = lines.Select(line => (string?)line["id"]).OfType<string>().ToHashSet();
        return named.Count > 0 ? [.. gates.Where(gate => !named.Contains(gate.Payment))] : [.. gates.Skip(lines.Count)];
    }

    private static Words UsualName(int number, bool isLast) => isLast && number > 1
        ? new($"{number}차(마지막) 지급", $"Tranche {number} (last)")
        : new($"{number}차 지급", $"Tranche {number}");

    private static bool HasUsualName(Words name)
        => name == ActivityCatalogue.Standard.Find("Grant.DisbursementStage")!.Descriptor.DisplayName
            || Enumerable.Range(1, 20).Any(number => name == UsualName(number, true) || name == UsualName(number, false));

    private static readonly string[] Copied = ["percentBp", "payee", "depositFirst", "projectYear"];

    private List<(string Payment, string? Inspection)> Gates(string step)
    {
        var gates = new List<(string, string?)>();
        string? inspection = null;
        if (Way(step) is not { } way)
        {
            var inspections = Steps("Grant.InspectionStage").Select(each => (string?)each["id"]).ToHashSet();
            return [.. Steps("Grant.DisbursementStage").Select(each => (string)each["id"]!).OrderBy(each => Whole(each, "tranche"))
                .Select(each => (each, Definition.Root.Flowchart.Connections.FirstOrDefault(link => link.Target == each && inspections.Contains(link.Source))?.Source))];
        }

        foreach (var each in way)
        {
            if (each.TypeName == "Grant.InspectionStage")
            {
                inspection = each.Id;
            }
            else if (each.TypeName == "Grant.DisbursementStage")
            {
                gates.Add((each.Id, inspection));
                inspection = null;
            }
        }

        return gates;
    }

    private IReadOnlyList<CompiledActivity>? Way(string step)
        => ProgrammePaths.Of(CompiledWorkflow.Compile(Definition)).Completing.Select(path => path.Steps).FirstOrDefault(steps => steps.Any(each => each.Id == step));
}
