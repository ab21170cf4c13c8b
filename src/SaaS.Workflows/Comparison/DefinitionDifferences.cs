using System.Text.Json;
using SaaS.Domain.Money;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Comparison;

/// <summary>
/// Compares two versions of a programme step by step, and its tables row by row. Where a step stands on the canvas, node ids and
/// version numbers are no difference.
/// </summary>
public static class DefinitionDifferences
{
    private static readonly HashSet<string> NeverCompared = ["id", "nodeId", "type", "version", "metadata", "customProperties"];

    private static readonly HashSet<string> DecidesMoney =
    [
        "Grant.CheckEligibility", "Grant.ChooseTier", "Grant.ShareCost", "Grant.EvaluationStage", "Grant.ReserveNationalShare",
        "Grant.CommitShare", "Grant.DisbursementStage", "Grant.InspectionStage", "Grant.SignAgreement",
    ];

    private static readonly (string Member, Words Name)[] ProgrammeTexts =
    [
        ("ko", new("사업 이름", "name of the programme (Korean)")),
        ("en", new("사업 이름(영어)", "name of the programme")),
        ("summaryKo", new("요약", "summary (Korean)")),
        ("summaryEn", new("요약(영어)", "summary")),
        ("legalSource", new("근거", "legal source")),
        ("model", new("지원 모델", "model")),
        ("year", new("연도", "year")),
    ];

    /// <summary>Everything in which <paramref name="after"/> differs, in the order of its steps; empty for the same programme.</summary>
    public static IReadOnlyList<Difference> Between(WorkflowDefinition before, WorkflowDefinition after)
    {
        var found = new List<Difference>();
        foreach (var (step, was, code) in RecodedTiers.Between(before, after))
        {
            // Whatever else became of the tier is told of the same tier.
            found.Add(new Difference(step.Id, DifferenceKind.Changed, new($"{StepNames.Of(step).Ko}: 코드 {was} → {code}", $"{StepNames.Of(step).En}: code {was} → {code}")) { ConcernsMoneyOrRules = true, WorseForFirms = true });
            before = Design.Of(before).RecodeTier(was, code).Definition;
        }

        var old = ById(before);
        var now = ById(after);
        found.AddRange(OfProgramme(before, after));
        foreach (var (id, step) in now)
        {
            if (!old.TryGetValue(id, out var earlier))
            {
                found.Add(Whole(step, DifferenceKind.Added));
            }
            else if (earlier.Type != step.Type)
            {
                found.Add(Whole(earlier, DifferenceKind.Removed));
                found.Add(Whole(step, DifferenceKind.Added));
            }
            else
            {
                found.AddRange(OfStep(earlier, step));
            }
        }

        found.AddRange(old.Values.Where(step => !now.ContainsKey(step.Id)).Select(step => Whole(step, DifferenceKind.Removed)));
        found.AddRange(OfConnections(before, after, old, now));
        found.AddRange(OfVariables(before, after));
        return found;
    }

    private static Dictionary<string, ActivityDefinition> ById(WorkflowDefinition definition)
        => definition.Root.Flowchart.Activities.GroupBy(activity => activity.Id).ToDictionary(group => group.Key, group => group.First());

    private static IEnumerable<Difference> OfProgramme(WorkflowDefinition before, WorkflowDefinition after)
    {
        var (old, now) = (ProgrammeOutline.Texts(before), ProgrammeOutline.Texts(after));
        foreach (var (member, name) in ProgrammeTexts)
        {
            if (!Same(old[member], now[member]))
            {
                yield return new Difference(null, DifferenceKind.Changed, From(name, Text(old[member]), Text(now[member]))) { ConcernsMoneyOrRules = member is "model" or "year" };
            }
        }
    }

    private static Difference Whole(ActivityDefinition step, DifferenceKind kind)
    {
        var name = StepNames.Of(step);
        var money = DecidesMoney.Contains(step.Type);
        return new Difference(step.Id, kind, kind == DifferenceKind.Added
            ? new($"단계 추가: {name.Ko}", $"Step added: {name.En}")
            : new($"단계 삭제: {name.Ko}", $"Step removed: {name.En}"))
        {
            ConcernsMoneyOrRules = money || step.Type == "Grant.HumanTask",
            WorseForFirms = kind == DifferenceKind.Added && (money || step.Type == "Grant.HumanTask"),
        };
    }

    private static IEnumerable<Difference> OfStep(ActivityDefinition before, ActivityDefinition after)
    {
        var (was, name) = (StepNames.Of(before), StepNames.Of(after));
        if (was != name)
        {
            yield return new Difference(after.Id, DifferenceKind.Changed, new($"단계 이름: {was.Ko} → {name.Ko}", $"Name of the step: {was.En} → {name.En}"));
        }

        var inputs = ActivityCatalogue.Standard.Find(after.Type)?.Descriptor.Inputs ?? [];
        foreach (var property in Properties(before).Concat(Properties(after)).Distinct().Where(property => !NeverCompared.Contains(property) && property != "name"))
        {
            var (old, now) = (GrantActivities.Raw(before, property), GrantActivities.Raw(after, property));
            if (Same(old, now))
            {
                continue;
            }

            if (TableDifferences.Of(after, property, old, now) is { } rows)
            {
                foreach (var row in rows)
                {
                    yield return row;
                }

                continue;
            }

            var label = inputs.FirstOrDefault(input => input.JsonName == property)?.DisplayName is { Ko: not null } words ? words : new Words(property, property);
            Func<Value, Words> say = property == "grant" ? Grant : inputs.Any(input => input.JsonName == property && input.Options.Count > 0) ? Option : Text;
            yield return new Difference(after.Id, DifferenceKind.Changed, From(new($"{name.Ko}, {label.Ko}", $"{name.En}, {label.En}"), say(old), say(now)))
            {
                ConcernsMoneyOrRules = DecidesMoney.Contains(after.Type),
                WorseForFirms = DecidesMoney.Contains(after.Type) && IsWorse(property, old, now),
            };
        }
    }

    // A longer time, a lower pass mark and a payment before the firm's own deposit help a firm; what cannot be judged counts as worse.
    private static bool IsWorse(string property, Value before, Value after) => property switch
    {
        "withinDays" => after.Number < before.Number,
        "passMark" => after.Number > before.Number,
        "depositFirst" => after.IsTrue,
        "grant" => after["targetBp"].Number < before["targetBp"].Number || (!after["cap"].IsNothing && (before["cap"].IsNothing || after["cap"].Number < before["cap"].Number)),
        _ => true,
    };

    private static IEnumerable<Difference> OfConnections(
        WorkflowDefinition before, WorkflowDefinition after, Dictionary<string, ActivityDefinition> old, Dictionary<string, ActivityDefinition> now)
    {
        // A way to or from a step that came or went is told by that step.
        var was = before.Root.Flowchart.Connections.Select(Way).Where(Stays).ToHashSet();
        var ways = after.Root.Flowchart.Connections.Select(Way).Where(Stays).ToHashSet();
        foreach (var way in ways.Except(was))
        {
            yield return Connection(way, DifferenceKind.Added);
        }

        foreach (var way in was.Except(ways))
        {
            yield return Connection(way, DifferenceKind.Removed);
        }

        static (string Source, string Port, string Target) Way(ConnectionDefinition link) => (link.Source, link.SourcePort, link.Target);

        bool Stays((string Source, string Port, string Target) way)
            => old.ContainsKey(way.Source) && old.ContainsKey(way.Target) && now.ContainsKey(way.Source) && now.ContainsKey(way.Target);

        Difference Connection((string Source, string Port, string Target) way, DifferenceKind kind)
        {
            var (from, to) = (StepNames.Of(now[way.Source]), StepNames.Of(now[way.Target]));
            var port = OutcomeNames.Of(kind == DifferenceKind.Added ? now[way.Source] : old[way.Source], way.Port);
            return new Difference(way.Source, kind, kind == DifferenceKind.Added
                ? new($"연결 추가: {from.Ko} —{port.Ko}→ {to.Ko}", $"Way added: {from.En} —{port.En}→ {to.En}")
                : new($"연결 삭제: {from.Ko} —{port.Ko}→ {to.Ko}", $"Way removed: {from.En} —{port.En}→ {to.En}"))
            { ConcernsMoneyOrRules = true };
        }
    }

    private static IEnumerable<Difference> OfVariables(WorkflowDefinition before, WorkflowDefinition after)
    {
        var (old, now) = (before.Variables.Select(variable => variable.Name).ToHashSet(), after.Variables.Select(variable => variable.Name).ToHashSet());
        foreach (var name in now.Except(old))
        {
            yield return new Difference(null, DifferenceKind.Added, new($"변수 추가: {name}", $"Variable added: {name}"));
        }

        foreach (var name in old.Except(now))
        {
            yield return new Difference(null, DifferenceKind.Removed, new($"변수 삭제: {name}", $"Variable removed: {name}"));
        }
    }

    private static IEnumerable<string> Properties(ActivityDefinition step)
        => step.Json.ValueKind == JsonValueKind.Object ? step.Json.EnumerateObject().Select(property => property.Name) : [];

    private static bool Same(Value left, Value right) => (left.IsNothing && right.IsNothing) || left.Equals(right);

    private static Words From(Words name, Words before, Words after) => new($"{name.Ko}: {before.Ko} → {after.Ko}", $"{name.En}: {before.En} → {after.En}");

    private static Words Option(Value value) => value.Text is { } code ? OptionNames.Of(code) : Text(value);

    private static Words Text(Value value) => value.Kind switch
    {
        ValueKind.Undefined or ValueKind.Null => new("없음", "none"),
        ValueKind.Boolean => value.IsTrue ? new("예", "yes") : new("아니요", "no"),
        ValueKind.Number => new(Condition.Number(value.Number), Condition.Number(value.Number)),
        _ => Short(value.Text ?? value.ToJson()),
    };

    private static Words Grant(Value value)
    {
        if (value["targetBp"].Kind != ValueKind.Number)
        {
            return Text(value);
        }

        var percent = $"{CostSharing.BasisPointsText((int)value["targetBp"].Number)} %";
        return value["cap"].IsNothing ? new(percent, percent) : new($"{percent}, 최대 {Condition.Number(value["cap"].Number)}원", $"{percent}, at most {Condition.Number(value["cap"].Number)} won");
    }

    private static Words Short(string text) => text.Length <= 80 ? new(text, text) : new(text[..79] + "…", text[..79] + "…");
}
