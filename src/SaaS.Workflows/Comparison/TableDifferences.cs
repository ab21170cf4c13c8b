using SaaS.Domain.Money;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Comparison;

/// <summary>Compares the tables of a step row by row: shares by funder, tiers, rules and every other list by its code.</summary>
internal static class TableDifferences
{
    /// <returns>Null when the property is no table, or one whose rows cannot be told apart.</returns>
    public static IReadOnlyList<Difference>? Of(ActivityDefinition step, string property, Value before, Value after)
        => property == "overrides" ? PlaceDifferences.Of(step, before, after) : Of(step, property, before, after, StepNames.Of(step));

    /// <param name="step">Whose table it is.</param>
    /// <param name="property">Its input.</param>
    /// <param name="before">The rows as they were.</param>
    /// <param name="after">The rows as they are.</param>
    /// <param name="name">What every sentence begins with.</param>
    internal static IReadOnlyList<Difference>? Of(ActivityDefinition step, string property, Value before, Value after, Words name)
    {
        var key = property switch { "shares" => "funder", "tiers" => "tier", _ => "code" };
        if (Rows(before, key) is not { } old || Rows(after, key) is not { } now)
        {
            return null;
        }

        var table = new Table(step, property, name);
        var found = new List<Difference>();
        foreach (var (code, row) in now)
        {
            if (!old.TryGetValue(code, out var earlier))
            {
                found.Add(table.Added(code, row));
            }
            else if (!earlier.Equals(row))
            {
                found.AddRange(table.Changed(code, earlier, row));
            }
        }

        found.AddRange(old.Where(row => !now.ContainsKey(row.Key)).Select(row => table.Removed(row.Key, row.Value)));
        if (found.Count == 0)
        {
            found.Add(table.Reordered());
        }

        return found;
    }

    private static Dictionary<string, Value>? Rows(Value rows, string key)
    {
        if (rows.Kind != ValueKind.Array && !rows.IsNothing)
        {
            return null;
        }

        var byKey = new Dictionary<string, Value>();
        foreach (var row in rows.Items)
        {
            if (row[key].Text is not { } code || !byKey.TryAdd(code, row))
            {
                return null;
            }
        }

        return byKey;
    }

    private static readonly (string Member, Words Name)[] Ceilings =
    [
        ("cumulativeCap", new(" 같은 유형 누적 한도", ", ceiling over all projects of the tier")),
        ("capPerYear", new(" 과제 한 해 한도", ", ceiling of a year of the project")),
    ];

    private sealed record Table(ActivityDefinition Step, string Property, Words Name)
    {
        public Difference Added(string code, Value row) => Say(DifferenceKind.Added, new($"{RowName(code, row).Ko} 추가", $"{RowName(code, row).En} added"), Property switch
        {
            "tiers" => false,
            "documents" => row["required"].IsTrue,
            _ => true,
        });

        public Difference Removed(string code, Value row) => Say(DifferenceKind.Removed, new($"{RowName(code, row).Ko} 삭제", $"{RowName(code, row).En} removed"), Property is "tiers" or "shares" or "answers");

        // The first tier that fits is chosen: the order decides.
        public Difference Reordered() => Say(DifferenceKind.Changed, new("순서 변경", "order changed"), Property == "tiers");

        public IEnumerable<Difference> Changed(string code, Value before, Value after)
        {
            var row = RowName(code, after);
            return Property switch
            {
                "shares" => Share(row, code, before, after),
                "tiers" => Tier(row, before, after),
                "rules" => Rule(row, before, after),
                _ => Other(row, before, after),
            };
        }

        private Words RowName(string code, Value row) => Property switch
        {
            "shares" when Enum.TryParse<Funder>(code, out var funder) => new(FunderNames.Ko(funder), FunderNames.En(funder)),
            "rules" => new($"규칙 ‘{row["ko"].Text ?? code}’", $"rule '{row["en"].Text ?? code}'"),
            _ => new(row["ko"].Text ?? code, row["en"].Text ?? code),
        };

        private IEnumerable<Difference> Share(Words funder, string code, Value before, Value after)
        {
            var isFirm = code == nameof(Funder.Firm);
            if (before["targetBp"].Number != after["targetBp"].Number)
            {
                // What a public funder gives less falls to somebody else's row, which tells whether it is the firm.
                yield return Say(
                    DifferenceKind.Changed,
                    From(funder, new("", ""), Percent(before["targetBp"]), Percent(after["targetBp"])),
                    isFirm && after["targetBp"].Number > before["targetBp"].Number);
            }

            if (before["minBp"] != after["minBp"] || before["maxBp"] != after["maxBp"])
            {
                yield return Say(
                    DifferenceKind.Changed,
                    From(funder, new(" 허용 범위", ", range"), Range(before), Range(after)),
                    isFirm && after["maxBp"].Number > before["maxBp"].Number);
            }

            if (before["cap"] != after["cap"])
            {
                yield return Say(DifferenceKind.Changed, From(funder, new(" 상한", ", cap"), Won(before["cap"]), Won(after["cap"])), !isFirm && IsLower(before["cap"], after["cap"]));
            }

            if (before["overflowTo"] != after["overflowTo"])
            {
                yield return Say(
                    DifferenceKind.Changed,
                    From(funder, new(" 상한 초과분 부담", ", bearer of what exceeds the cap"), FunderName(before["overflowTo"]), FunderName(after["overflowTo"])),
                    after["overflowTo"].Text == nameof(Funder.Firm));
            }

            foreach (var (ceiling, name) in Ceilings)
            {
                if (before[ceiling] != after[ceiling])
                {
                    yield return Say(DifferenceKind.Changed, From(funder, name, Won(before[ceiling]), Won(after[ceiling])), !isFirm && IsLower(before[ceiling], after[ceiling]));
                }
            }

            foreach (var other in Differ(before, after, "funder", "targetBp", "minBp", "maxBp", "cap", "overflowTo", "cumulativeCap", "capPerYear"))
            {
                yield return Say(DifferenceKind.Changed, From(funder, MemberName(other), Option(before[other]), Option(after[other])), true);
            }
        }

        private IEnumerable<Difference> Tier(Words tier, Value before, Value after)
        {
            if (before["totalCostMax"] != after["totalCostMax"])
            {
                yield return Say(DifferenceKind.Changed, From(tier, new(" 총사업비 상한", ", highest total cost"), Won(before["totalCostMax"]), Won(after["totalCostMax"])), IsLower(before["totalCostMax"], after["totalCostMax"]));
            }

            if (before["totalCostMin"] != after["totalCostMin"])
            {
                yield return Say(DifferenceKind.Changed, From(tier, new(" 총사업비 하한", ", lowest total cost"), Won(before["totalCostMin"]), Won(after["totalCostMin"])), after["totalCostMin"].Number > before["totalCostMin"].Number);
            }

            if (before["quota"] != after["quota"])
            {
                yield return Say(DifferenceKind.Changed, From(tier, new(" 지원 기업 수", ", number of awards"), Plain(before["quota"]), Plain(after["quota"])), IsLower(before["quota"], after["quota"]));
            }

            if (before["months"] != after["months"])
            {
                yield return Say(DifferenceKind.Changed, From(tier, new(" 기간(월)", ", months"), Plain(before["months"]), Plain(after["months"])), IsLower(before["months"], after["months"]));
            }

            if (!SameRow(before["when"], after["when"]))
            {
                yield return Say(DifferenceKind.Changed, From(tier, new(" 조건", ", conditions"), Conditions(before["when"], TierName), Conditions(after["when"], TierName)), true);
            }

            foreach (var other in Differ(before, after, "tier", "totalCostMax", "totalCostMin", "quota", "months", "when"))
            {
                yield return Say(DifferenceKind.Changed, From(tier, MemberName(other), Plain(before[other]), Plain(after[other])), other is not ("ko" or "en" or "level"));
            }
        }

        // Conditions name the tiers of their own table by their codes.
        private Words? TierName(string field, string code)
        {
            foreach (var row in GrantActivities.Raw(Step, "tiers").Items)
            {
                if (field is "requestedTier" && row["tier"].Text == code)
                {
                    return new(row["ko"].Text ?? code, row["en"].Text ?? code);
                }
            }

            return null;
        }

        private IEnumerable<Difference> Rule(Words rule, Value before, Value after)
        {
            var differ = Differ(before, after, "code").ToList();
            if (differ.Any(member => member is "field" or "operator" or "value"))
            {
                yield return Say(DifferenceKind.Changed, From(rule, new("", ""), InWords(before), InWords(after)), true);
            }

            foreach (var other in differ.Where(member => member is not ("field" or "operator" or "value")))
            {
                yield return Say(DifferenceKind.Changed, From(rule, other is "ko" or "en" ? Sentence(other) : MemberName(other), Plain(before[other]), Plain(after[other])), false);
            }
        }

        private IEnumerable<Difference> Other(Words row, Value before, Value after)
            => Differ(before, after, "code").Select(member => Say(
                DifferenceKind.Changed,
                From(row, MemberName(member), Plain(before[member]), Plain(after[member])),
                member == "required" && after[member].IsTrue));

        private Difference Say(DifferenceKind kind, Words sentence, bool worse) => new(Step.Id, kind, new($"{Name.Ko}: {sentence.Ko}", $"{Name.En}: {sentence.En}"))
        {
            ConcernsMoneyOrRules = true,
            WorseForFirms = worse,
        };
    }

    private static Words MemberName(string member) => member switch
    {
        "weight" => new(" 배점", ", weight"),
        "required" => new(" 필수 여부", ", required"),
        "ko" => new(" 이름", ", Korean name"),
        "en" => new(" 영어 이름", ", name"),
        "level" => new(" 목표 수준", ", level aimed at"),
        "source" => new(" 근거", ", source"),
        "base" => new(" 비율의 기준", ", base of the share"),
        "paidBy" => new(" 지급하는 곳", ", paid by"),
        _ => new($" {member}", $", {member}"),
    };

    private static Words Sentence(string language) => language == "ko" ? new(" 문장", ", Korean sentence") : new(" 영어 문장", ", sentence");

    private static Words Option(Value value) => value.Text is { } code ? OptionNames.Of(code) : Plain(value);

    private static IEnumerable<string> Differ(Value before, Value after, params string[] but)
        => Names(before).Concat(Names(after)).Distinct().Where(name => !but.Contains(name) && !SameRow(before[name], after[name]));

    private static IEnumerable<string> Names(Value row) => row.Members is { } members ? members.Members.ToArray().Select(member => member.Key) : [];

    private static bool SameRow(Value left, Value right) => (left.IsNothing && right.IsNothing) || left.Equals(right);

    private static Words From(Words row, Words member, Words before, Words after)
        => new($"{row.Ko}{member.Ko} {before.Ko} → {after.Ko}", $"{row.En}{member.En} {before.En} → {after.En}");

    // No limit is the highest one.
    private static bool IsLower(Value before, Value after) => !after.IsNothing && (before.IsNothing || after.Number < before.Number);

    private static Words Percent(Value basisPoints) => Both($"{CostSharing.BasisPointsText((int)basisPoints.Number)} %");

    private static Words Range(Value row)
        => Both($"{CostSharing.BasisPointsText((int)row["minBp"].Number)}–{CostSharing.BasisPointsText(row["maxBp"].IsNothing ? 10_000 : (int)row["maxBp"].Number)} %");

    private static Words Won(Value won) => won.IsNothing ? new("없음", "none") : new($"{Condition.Number(won.Number)}원", $"{Condition.Number(won.Number)} won");

    private static Words FunderName(Value funder)
        => Enum.TryParse<Funder>(funder.Text, out var known) ? new(FunderNames.Ko(known), FunderNames.En(known)) : new("없음", "none");

    private static Words Conditions(Value when, Func<string, string, Words?> nameOf)
    {
        var all = new List<Words>();
        foreach (var condition in when.Items)
        {
            all.Add(InWords(condition, nameOf));
        }

        return all.Count == 0 ? new("없음", "none") : new($"[{string.Join("; ", all.Select(words => words.Ko))}]", $"[{string.Join("; ", all.Select(words => words.En))}]");
    }

    private static Words InWords(Value row, Func<string, string, Words?>? nameOf = null)
    {
        try
        {
            return Condition.Read(row, "rules", default).InWords(nameOf);
        }
        catch (PreparationException)
        {
            // A draft may hold half a rule; the checker says what is missing.
            return Both(row.ToJson());
        }
    }

    private static Words Plain(Value value) => value.Kind switch
    {
        ValueKind.Undefined or ValueKind.Null => new("없음", "none"),
        ValueKind.Boolean => value.IsTrue ? new("예", "yes") : new("아니요", "no"),
        ValueKind.Number => Both(Condition.Number(value.Number)),
        _ => Both(value.Text ?? value.ToJson()),
    };

    private static Words Both(string text) => new(text, text);
}
