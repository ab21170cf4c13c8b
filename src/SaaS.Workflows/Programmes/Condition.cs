using System.Globalization;
using SaaS.Domain.Codes;
using SaaS.Domain.Firms;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>One comparison of a fact of the application with a value that the tenant wrote.</summary>
/// <param name="Field">Path of the fact, for example <c>firm.ksic</c>.</param>
/// <param name="Operator">in, notIn, eq, ne, lt, le, gt, ge, contains (of several values: at least one of them), notContains (none of them), sme; anyOf: one of several conditions is enough.</param>
public sealed record Condition(string Field, string Operator, Value Value)
{
    private const string AnyOf = "anyOf";

    public static IReadOnlyList<string> Operators { get; } = ["in", "notIn", "eq", "ne", "lt", "le", "gt", "ge", "contains", "notContains", "sme", AnyOf];

    /// <summary>Of which one is enough; empty where this is a single comparison.</summary>
    public IReadOnlyList<Condition> Alternatives { get; private init; } = [];

    internal static Words AllOfManufacturing { get; } = new("제조업 전체(C10~C34)", "all of manufacturing (C10 to C34)");

    /// <summary>Whether it names every sector there is, which nobody wants to read one by one.</summary>
    internal bool IsAllOfManufacturing => Field == "firm.ksic" && Sectors.All.All(sector => Among(Value.From(sector.Code)));

    /// <summary>Whether one number is its limit.</summary>
    internal bool IsLimit => Operator is "lt" or "le" or "gt" or "ge";

    /// <summary>The fact that is the limit, as in <c>{ "fact": "award.firmShare" }</c>; null where a value is written.</summary>
    public string? OtherFact => IsLimit ? Value["fact"].Text : null;

    private string[] Path { get; } = Field.Split('.');

    /// <summary>Whether it holds; indeterminate when the fact is not known, or is no number where one is compared.</summary>
    public Answer Test(Value application)
    {
        if (Operator == AnyOf)
        {
            return TestAlternatives(application);
        }

        if (Operator == "sme")
        {
            return SmeRule.Test(Value.Text ?? SmeRule.SeedOr, SizeOf(Read(application)));
        }

        var fact = Read(application);
        var limit = Limit(application);
        if (fact.IsNothing || (IsLimit && (fact.Kind != ValueKind.Number || limit.Kind != ValueKind.Number)))
        {
            return Answer.Indeterminate;
        }

        var holds = Operator switch
        {
            "in" => Among(fact),
            "notIn" => !Among(fact),
            "eq" => fact.Equals(Value),
            "ne" => !fact.Equals(Value),
            "lt" => fact.Number < limit.Number,
            "le" => fact.Number <= limit.Number,
            "gt" => fact.Number > limit.Number,
            "ge" => fact.Number >= limit.Number,
            "contains" => Contains(fact),
            "notContains" => !Contains(fact),
            _ => throw new InvalidOperationException($"'{Operator}' is no operator."),
        };
        return holds ? Answer.Yes : Answer.No;
    }

    /// <summary>The nearest value that would pass, in Korean and English; null where no number decides.</summary>
    public Words? Nearest(Value application)
    {
        if (Operator == AnyOf)
        {
            return Alternatives.Select(alternative => alternative.Nearest(application)).FirstOrDefault(nearest => nearest is not null);
        }

        if (Operator == "sme")
        {
            return NearestSize(Read(application));
        }

        var bound = Limit(application);
        if (Read(application) is not { Kind: ValueKind.Number } fact || (IsLimit && bound.Kind != ValueKind.Number))
        {
            return null;
        }

        var unit = Unit();
        var limit = Number(bound.Number);
        var less = Number(fact.Number - bound.Number);
        var more = Number(bound.Number - fact.Number);
        return Operator switch
        {
            "le" => new($"{less}{unit.Ko} 줄여 {limit}{unit.Ko} 이하이면 됩니다.", $"{less}{unit.En} {(unit == FactNames.Won ? "less" : "fewer")}, {limit} or less, would pass."),
            "lt" => new($"{limit}{unit.Ko} 미만이면 됩니다.", $"Less than {limit}{unit.En} would pass."),
            "ge" => new($"{more}{unit.Ko} 늘려 {limit}{unit.Ko} 이상이면 됩니다.", $"{more}{unit.En} more, {limit} or more, would pass."),
            "gt" => new($"{limit}{unit.Ko} 초과이면 됩니다.", $"More than {limit}{unit.En} would pass."),
            _ => null,
        };
    }

    /// <summary>How far the fact is from its limit, as a part of it; null where no number decides.</summary>
    internal double? Distance(Value application)
    {
        if (Operator == AnyOf)
        {
            return Alternatives.Min(alternative => alternative.Distance(application));
        }

        var fact = Read(application);
        var limit = Limit(application);
        return Operator == "sme" ? Nearness.OfSize(Value.Text!, SizeOf(fact).Employees, SizeOf(fact).Revenue)
            : IsLimit && fact.Kind == ValueKind.Number && limit.Kind == ValueKind.Number ? Nearness.Of(fact.Number, limit.Number)
            : null;
    }

    /// <summary>The condition in words for the call's page.</summary>
    /// <param name="nameOf">What a code of a field is called in this programme, as its own tiers and documents; null where it does not know.</param>
    public Words InWords(Func<string, string, Words?>? nameOf = null)
    {
        if (Operator == AnyOf)
        {
            var words = Alternatives.Select(alternative => alternative.InWords(nameOf)).ToList();
            return new(string.Join(" 또는 ", words.Select(each => each.Ko)), string.Join(", or ", words.Select(each => each.En)));
        }

        var field = FactNames.Of(Field);
        var value = ValueWords(nameOf);
        var unit = OtherFact is null ? Unit() : new("", "");
        return Operator switch
        {
            "lt" when OtherFact is not null => new($"{field.Ko}이(가) {value.Ko} 미만", $"{field.En} below {value.En}"),
            "le" when OtherFact is not null => new($"{field.Ko}이(가) {value.Ko} 이하", $"{field.En} at most {value.En}"),
            "gt" when OtherFact is not null => new($"{field.Ko}이(가) {value.Ko} 초과", $"{field.En} above {value.En}"),
            "ge" when OtherFact is not null => new($"{field.Ko}이(가) {value.Ko} 이상", $"{field.En} at least {value.En}"),
            "sme" when Value.Text == SmeRule.Small2025 => new("소기업 기준(2025년 9월 별표 3) 충족", "meets the small-firm rule (annex 3 of September 2025)"),
            "sme" => new($"중소기업: {SmeRuleNames.Of(Value.Text ?? "").Ko}", $"is an SME: {SmeRuleNames.Of(Value.Text ?? "").En}"),
            "in" => new($"{field.Ko}: {value.Ko} 중 하나", $"{field.En} is one of {value.En}"),
            "notIn" => new($"{field.Ko}: {value.Ko} 제외", $"{field.En} is none of {value.En}"),
            "eq" when Value.Text is "" => new($"{field.Ko} 없음", $"{field.En} is not given"),
            "ne" when Value.Text is "" => new($"{field.Ko} 있음", $"{field.En} is given"),
            "eq" => new($"{field.Ko} = {value.Ko}{unit.Ko}", $"{field.En} is {value.En}{unit.En}"),
            "ne" => new($"{field.Ko} ≠ {value.Ko}{unit.Ko}", $"{field.En} is not {value.En}{unit.En}"),
            "lt" => new($"{field.Ko} {value.Ko}{unit.Ko} 미만", $"{field.En} below {value.En}{unit.En}"),
            "le" => new($"{field.Ko} {value.Ko}{unit.Ko} 이하", $"{field.En} at most {value.En}{unit.En}"),
            "gt" => new($"{field.Ko} {value.Ko}{unit.Ko} 초과", $"{field.En} above {value.En}{unit.En}"),
            "ge" => new($"{field.Ko} {value.Ko}{unit.Ko} 이상", $"{field.En} at least {value.En}{unit.En}"),
            "notContains" => new($"{field.Ko}에 {value.Ko} 없음", $"{field.En} does not include {value.En}"),
            _ when Value.Kind == ValueKind.Array && Value.Items.Length > 1 => new($"{field.Ko}에 {value.Ko} 중 하나 이상 포함", $"{field.En} includes at least one of {value.En}"),
            _ => new($"{field.Ko}에 {value.Ko} 포함", $"{field.En} includes {value.En}"),
        };
    }

    /// <summary>The limit alone, with its unit, as in 300명.</summary>
    internal Words LimitInWords()
    {
        var value = ValueWords(null);
        var unit = OtherFact is null ? Unit() : new("", "");
        return new(value.Ko + unit.Ko, value.En + unit.En);
    }

    internal static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    internal static Condition Read(Value row, string input, Words where)
    {
        var field = row["field"].Text;
        var name = row["operator"].Text;
        if (name == AnyOf)
        {
            return ReadAlternatives(row["value"], input, where);
        }

        if (string.IsNullOrWhiteSpace(field))
        {
            throw new Activities.PreparationException(input, $"{where.Ko}: 어떤 항목을 볼지(field) 골라 주세요.", $"{where.En}: choose what it looks at (field).");
        }

        if (name is null || !Operators.Contains(name))
        {
            throw new Activities.PreparationException(
                input,
                $"{where.Ko}: 연산자 '{name}'은(는) 없습니다. 쓸 수 있는 것: {string.Join(", ", Operators)}",
                $"{where.En}: there is no operator '{name}'. There are: {string.Join(", ", Operators)}");
        }

        var value = row["value"];
        if (IsUnwritten(value) && FactNames.KindOf(field) != FactKind.Party || value is { Kind: ValueKind.Array, Items.Length: 0 })
        {
            var fact = FactNames.Of(field);
            throw new Activities.PreparationException(
                input,
                $"{where.Ko}: ‘{fact.Ko}’의 값을 하나 이상 정해 주세요. 비어 있으면 아무도 통과하지 못하거나 모두 통과합니다.",
                $"{where.En}: choose at least one value for the {fact.En}. With none, nobody passes, or everybody does.");
        }

        var fits = name switch
        {
            "in" or "notIn" => value.Kind == ValueKind.Array,
            "lt" or "le" or "gt" or "ge" => value.Kind == ValueKind.Number || !string.IsNullOrWhiteSpace(value["fact"].Text),
            "sme" => value.Text is { } version && SmeRule.Versions.Contains(version),
            _ => !value.IsNothing,
        };
        return fits ? new Condition(field, name, value) : throw new Activities.PreparationException(
            input,
            $"{where.Ko}: 값 {value.ToJson()}은(는) 연산자 '{name}'에 쓸 수 없습니다.",
            $"{where.En}: the value {value.ToJson()} does not fit the operator '{name}'.");
    }

    // An empty text says something of a party only: that there is none.
    private static bool IsUnwritten(Value value) => value.IsNothing || value.Text is "";

    // The first alternative's field stands for all where one field is asked for.
    private static Condition ReadAlternatives(Value rows, string input, Words where)
    {
        var alternatives = new List<Condition>();
        foreach (var row in rows.Items)
        {
            alternatives.Add(row["operator"].Text == AnyOf
                ? throw new Activities.PreparationException(input, $"{where.Ko}: anyOf 안에 anyOf를 쓸 수 없습니다.", $"{where.En}: an anyOf cannot hold another.")
                : Read(row, input, where));
        }

        return alternatives.Count >= 2
            ? new Condition(alternatives[0].Field, AnyOf, rows) { Alternatives = alternatives }
            : throw new Activities.PreparationException(input, $"{where.Ko}: anyOf에는 조건이 둘 이상 있어야 합니다.", $"{where.En}: an anyOf needs two conditions or more.");
    }

    // One that holds is enough; where none does, a missing fact may still be the one.
    private Answer TestAlternatives(Value application)
    {
        var answer = Answer.No;
        foreach (var alternative in Alternatives)
        {
            switch (alternative.Test(application))
            {
                case Answer.Yes:
                    return Answer.Yes;
                case Answer.Indeterminate:
                    answer = Answer.Indeterminate;
                    break;
            }
        }

        return answer;
    }

    private Value Read(Value application) => Read(application, Path);

    private static Value Read(Value application, string[] path)
    {
        var value = application;
        foreach (var name in path)
        {
            value = value[name];
        }

        return value;
    }

    // A number that the tenant wrote, or another fact of the same application.
    private Value Limit(Value application) => OtherFact is { } other ? Read(application, other.Split('.')) : Value;

    private bool Among(Value fact)
    {
        foreach (var item in Value.Items)
        {
            if (item.Equals(fact))
            {
                return true;
            }
        }

        return false;
    }

    private bool Contains(Value fact)
    {
        foreach (var item in fact.Items)
        {
            if (item.Equals(Value) || Value.Items.Contains(item))
            {
                return true;
            }
        }

        return fact.Text is { } text && Value.Text is { } part && text.Contains(part, StringComparison.Ordinal);
    }

    private static FirmSize SizeOf(Value firm) => new(
        firm["employees"].Whole is { } employees ? (int)Math.Clamp(employees, int.MinValue, int.MaxValue) : null,
        firm["revenue"].Whole,
        firm["averageSales"].Whole,
        firm["assets"].Whole,
        firm["independent"].Kind == ValueKind.Boolean ? firm["independent"].IsTrue : null,
        firm["ksic"].Text);

    // Either limit is enough by the seed's rule; a strict call asks for both.
    private Words? NearestSize(Value firm)
    {
        var fewer = firm["employees"].Whole - SmeRule.MaxEmployees;
        var less = firm["revenue"].Whole - SmeRule.MaxRevenue;
        var people = new Words($"상시근로자를 {fewer}명 줄이면", $"{fewer} employees fewer");
        var sales = new Words($"매출액이 {Number(SmeRule.MaxRevenue)}원 이하이면", $"revenue of {Number(SmeRule.MaxRevenue)} won or less");
        return (Value.Text, fewer > 0, less > 0) switch
        {
            (SmeRule.SeedOr, true, _) => new($"{people.Ko} 됩니다. 또는 {sales.Ko} 됩니다.", $"{people.En} would pass, and so would {sales.En}."),
            (SmeRule.StrictAnd, true, true) => new($"상시근로자를 {fewer}명 줄이고 {sales.Ko} 됩니다.", $"{people.En} together with {sales.En} would pass."),
            (SmeRule.StrictAnd, true, false) => new($"{people.Ko} 됩니다.", $"{people.En} would pass."),
            (SmeRule.StrictAnd, false, true) => new($"{sales.Ko} 됩니다.", $"{sales.En} would pass."),
            _ => null,
        };
    }

    private Words ValueWords(Func<string, string, Words?>? nameOf)
    {
        if (Value.Kind == ValueKind.Array)
        {
            if (IsAllOfManufacturing)
            {
                return AllOfManufacturing;
            }

            var items = new List<Words>();
            foreach (var item in Value.Items)
            {
                items.Add(Name(item));
            }

            return new(string.Join(", ", items.Select(item => item.Ko)), string.Join(", ", items.Select(item => item.En)));
        }

        return Value.Kind == ValueKind.Number ? FactNames.NumberOf(Field, Number(Value.Number))
            : OtherFact is { } other ? FactNames.Of(other)
            : Name(Value);

        Words Name(Value value) => (value.Text is { } code ? nameOf?.Invoke(Field, code) : null) ?? FactNames.ValueOf(Field, value);
    }

    private Words Unit() => FactNames.UnitOf(Field);
}
