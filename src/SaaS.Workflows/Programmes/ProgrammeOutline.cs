using NodaTime;
using NodaTime.Text;
using SaaS.Domain.Codes;
using SaaS.Domain.Firms;
using SaaS.Domain.Money;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>
/// A programme as people read it, taken from its definition alone: who may apply, which tiers there are, who pays how much, what
/// happens in which order. What cannot be read is left out; the checker says why.
/// </summary>
public sealed record ProgrammeOutline
{
    /// <summary>Name in addresses and files; null when the definition is no programme.</summary>
    public string? Slug { get; init; }

    /// <summary>Standard, WinWin, LocalGovernment or TopUp.</summary>
    public string? Model { get; init; }

    public int? Year { get; init; }

    /// <summary>The first day on which its call is to take applications; null when the programme does not say.</summary>
    public LocalDate? OpensOn { get; init; }

    /// <summary>The last such day.</summary>
    public LocalDate? ClosesOn { get; init; }

    public Words Name { get; init; }

    public Words Summary { get; init; }

    /// <summary>The law, guideline or announcement that it rests on.</summary>
    public string? LegalSource { get; init; }

    /// <summary>In the order in which they are tried.</summary>
    public IReadOnlyList<TierOutline> Tiers { get; init; } = [];

    /// <summary>All must hold.</summary>
    public IReadOnlyList<RuleOutline> Rules { get; init; } = [];

    /// <summary>Every stage of any tier, in order.</summary>
    public IReadOnlyList<StageOutline> Stages { get; init; } = [];

    public IReadOnlyList<DocumentOutline> Documents { get; init; } = [];

    public IReadOnlyList<CriterionOutline> Criteria { get; init; } = [];

    /// <summary>Points of 100 that an application must reach.</summary>
    public int? PassMark { get; init; }

    /// <summary>Who is selected of those that pass, in words; null when there is no evaluation.</summary>
    public Words? Selection { get; init; }

    // What the rules and the conditions of tiers look at.
    private IReadOnlySet<string> Facts { get; init; } = new HashSet<string>();

    // Those that look at nothing but where the facility stands.
    private IReadOnlyList<Condition> Places { get; init; } = [];

    /// <summary>Where a firm must have its facility to be taken: the wanted place where the rules take it, else the first that they take; the wanted place where they take none.</summary>
    /// <param name="region">Code of the wanted region; may be empty.</param>
    /// <param name="municipality">Code of the wanted municipality; may be empty.</param>
    public (string Region, string Municipality) PlaceFor(string region, string municipality)
    {
        var nearest = Municipalities.All.Where(place => place.Region == region).Concat(Municipalities.All).Select(place => (place.Region, place.Code));
        return nearest.Prepend((region, municipality)).FirstOrDefault(place => Takes(place.Item1, place.Item2), (region, municipality));
    }

    private bool Takes(string region, string municipality)
    {
        var application = Value.Object(("facility", Value.Object(("region", region), ("municipality", municipality))));
        return Places.All(condition => condition.Test(application) == Answer.Yes);
    }

    /// <summary>Null when there is no such tier.</summary>
    public TierOutline? Tier(string? code) => Tiers.FirstOrDefault(tier => tier.Code == code);

    public static ProgrammeOutline Read(WorkflowDefinition definition) => Read(CompiledWorkflow.Compile(definition));

    public static ProgrammeOutline Read(CompiledWorkflow workflow)
    {
        var paths = ProgrammePaths.Of(workflow);
        var texts = Texts(workflow.Definition);
        var application = Payload(paths, "Grant.ApplicationStage");
        var evaluation = Payload(paths, "Grant.EvaluationStage");
        var documents = ReadDocuments(application);
        var tiers = paths.Reachable.Select(activity => activity.Prepared).OfType<TierTable>().SelectMany(table => table.Tiers).DistinctBy(tier => tier.Code).ToDictionary(tier => tier.Code);
        return new ProgrammeOutline
        {
            Slug = texts["slug"].Text,
            Model = texts["model"].Text,
            Year = (int?)texts["year"].Whole,
            OpensOn = Day(texts["opensOn"]),
            ClosesOn = Day(texts["closesOn"]),
            Name = new Words(texts["ko"].Text ?? workflow.Definition.Name ?? "", texts["en"].Text ?? workflow.Definition.Name ?? ""),
            Summary = new Words(texts["summaryKo"].Text ?? "", texts["summaryEn"].Text ?? ""),
            LegalSource = texts["legalSource"].Text,
            Tiers = [.. TierOutline.ReadAll(paths, NameOf)],
            Rules = [.. paths.Reachable.Select(activity => activity.Prepared).OfType<RuleTable>()
                .SelectMany(table => table.Rules)
                .Select(rule => new RuleOutline(rule.Code, new Words(rule.Ko, rule.En), rule.Condition.InWords(NameOf), rule.Source))],
            Places = [.. paths.Reachable.Select(activity => activity.Prepared).OfType<RuleTable>().SelectMany(table => table.Rules).Select(rule => rule.Condition)
                .Where(condition => (condition.Alternatives is { Count: > 0 } several ? several : [condition]).All(each => each.Field.StartsWith("facility.", StringComparison.Ordinal)))],
            Stages = [.. paths.Reachable.Where(StageOutline.IsStage).Select(StageOutline.Of)],
            Facts = FactsOf(paths),
            Documents = documents,
            Criteria = ReadCriteria(evaluation),
            PassMark = (int?)evaluation["passMark"].Whole,
            Selection = SelectionWords.Of(evaluation),
        };

        Words? NameOf(string field, string code) => field switch
        {
            "documents" => documents.Where(document => document.Code == code).Select(document => (Words?)document.Name).FirstOrDefault(),
            "requestedTier" or "award.tier" or "firm.completedTiers" or "firm.tiersThisYear" when tiers.TryGetValue(code, out var tier) => new(tier.Ko, tier.En),
            _ => null,
        };
    }

    /// <summary>Whether a rule, or the condition of a tier, looks at a fact or at one below it.</summary>
    public bool Asks(string fact) => Facts.Any(asked => asked == fact || asked.StartsWith(fact + ".", StringComparison.Ordinal));

    /// <summary>Whether a programme adds to an award that a firm has, or looks at it. Asked of the text: nothing is compiled for it.</summary>
    public static bool TopsUp(WorkflowDefinition definition)
        => definition.Json.GetRawText() is var text && (text.Contains(nameof(ShareBase.AwardNationalGrant), StringComparison.Ordinal) || text.Contains("\"award.", StringComparison.Ordinal));

    private static HashSet<string> FactsOf(ProgrammePaths paths)
    {
        var tables = paths.Reachable.Select(activity => activity.Prepared).ToList();
        var conditions = tables.OfType<RuleTable>().SelectMany(table => table.Rules).Select(rule => rule.Condition)
            .Concat(tables.OfType<TierTable>().SelectMany(table => table.Tiers).SelectMany(tier => tier.When));
        return [.. conditions.SelectMany(condition => condition.Alternatives.Prepend(condition)).SelectMany(condition => new[] { condition.Field, condition.OtherFact }).OfType<string>()];
    }

    internal static Value Texts(WorkflowDefinition definition)
        => definition.Json.TryGetProperty("customProperties", out var properties) ? Value.From(properties)["programme"] : Value.Undefined;

    private static LocalDate? Day(Value text) => text.Text is { } day && LocalDatePattern.Iso.Parse(day) is { Success: true } read ? read.Value : null;

    private static Value Payload(ProgrammePaths paths, string typeName)
        => paths.Reachable.FirstOrDefault(activity => activity.TypeName == typeName)?.Prepared is StagePayload payload ? payload.Value : Value.Undefined;

    private static List<DocumentOutline> ReadDocuments(Value stage)
    {
        var documents = new List<DocumentOutline>();
        foreach (var row in stage["documents"].Items)
        {
            documents.Add(new DocumentOutline(row["code"].Text!, new Words(row["ko"].Text!, row["en"].Text!), row["required"].IsTrue));
        }

        return documents;
    }

    private static List<CriterionOutline> ReadCriteria(Value stage)
    {
        var criteria = new List<CriterionOutline>();
        foreach (var row in stage["criteria"].Items)
        {
            criteria.Add(new CriterionOutline(row["code"].Text!, new Words(row["ko"].Text!, row["en"].Text!), (int)row["weight"].Whole!.Value));
        }

        return criteria;
    }
}

/// <summary>A condition that every applicant must meet.</summary>
/// <param name="Code">The code that a refusal carries.</param>
/// <param name="Sentence">What a refused firm is told.</param>
/// <param name="Condition">The comparison in words.</param>
/// <param name="Source">Where the rule comes from.</param>
public sealed record RuleOutline(string Code, Words Sentence, Words Condition, string? Source);

/// <summary>A paper that an application brings.</summary>
public sealed record DocumentOutline(string Code, Words Name, bool Required);

/// <summary>What evaluators score, with its most points.</summary>
public sealed record CriterionOutline(string Code, Words Name, int Weight);

/// <summary>A step on which people act or wait.</summary>
/// <param name="ActivityId">The activity in the definition.</param>
/// <param name="Type">For example <c>Grant.EvaluationStage</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="IsNational">Shared by all programmes: it cannot be left out.</param>
public sealed record StageOutline(string ActivityId, string Type, Words Name, bool IsNational)
{
    private static readonly HashSet<string> National =
        ["Grant.ApplicationStage", "Grant.EvaluationStage", "Grant.DisbursementStage", "Grant.InspectionStage", "Grant.ReserveNationalShare", "Grant.SignAgreement"];

    internal static bool IsStage(CompiledActivity activity)
        => activity.Type.Descriptor.IsBlocking && activity.TypeName.StartsWith("Grant.", StringComparison.Ordinal);

    internal static StageOutline Of(CompiledActivity activity)
        => new(activity.Id, activity.TypeName, StepNames.Of(activity.Definition!), National.Contains(activity.TypeName));
}
