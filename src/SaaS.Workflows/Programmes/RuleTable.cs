using SaaS.Domain;
using SaaS.Domain.Firms;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>One rule: what must hold, and the reason given when it does not.</summary>
public sealed record Rule(Condition Condition, string Code, string Ko, string En, string? Source);

/// <summary>What a rule table says of an application.</summary>
public sealed record RuleAnswer(Answer Answer, IReadOnlyList<Reason> Reasons);

/// <summary>Rules that must all hold. A missing fact makes the answer indeterminate, unless another rule already refuses.</summary>
public sealed class RuleTable
{
    private RuleTable(IReadOnlyList<Rule> rules) => Rules = rules;

    public IReadOnlyList<Rule> Rules { get; }

    /// <exception cref="PreparationException">A row cannot be read.</exception>
    public static RuleTable Read(Value rows)
    {
        if (rows.Kind != ValueKind.Array)
        {
            throw new PreparationException("rules", "심사 규칙(rules)은 목록이어야 합니다.", "The rules must be a list.");
        }

        var rules = new List<Rule>();
        foreach (var row in rows.Items)
        {
            var code = row["code"].Text ?? "";
            var condition = Condition.Read(row, "rules", new($"{rules.Count + 1}번째 규칙({code})", $"Rule {rules.Count + 1} ({code})"));
            if (code.Length == 0 || row["ko"].Text is not { Length: > 0 } ko || row["en"].Text is not { Length: > 0 } en)
            {
                throw new PreparationException(
                    "rules",
                    $"{rules.Count + 1}번째 규칙에 사유 코드(code)와 한국어·영어 문장(ko, en)이 있어야 합니다.",
                    $"Rule {rules.Count + 1} needs a reason code and a sentence in Korean and English (code, ko, en).");
            }

            rules.Add(new Rule(condition, code, ko, en, row["source"].Text));
        }

        return new RuleTable(rules);
    }

    public RuleAnswer Evaluate(Value application)
    {
        List<Reason>? refused = null;
        List<Reason>? missing = null;
        foreach (var rule in Rules)
        {
            switch (rule.Condition.Test(application))
            {
                case Answer.No:
                    (refused ??= []).Add(Refusal(rule, application));
                    break;
                case Answer.Indeterminate:
                    (missing ??= []).Add(Missing(rule, application));
                    break;
            }
        }

        return refused is not null ? new(Answer.No, refused) : missing is not null ? new(Answer.Indeterminate, missing) : new(Answer.Yes, []);
    }

    private static Reason Refusal(Rule rule, Value application)
    {
        var nearest = rule.Condition.Nearest(application);
        return new Reason(rule.Code, rule.Ko, rule.En)
        {
            Source = rule.Source,
            Field = rule.Condition.Field,
            NearestKo = nearest?.Ko,
            NearestEn = nearest?.En,
        };
    }

    private static Reason Missing(Rule rule, Value application)
    {
        var condition = rule.Condition.Alternatives.FirstOrDefault(alternative => alternative.Test(application) == Answer.Indeterminate) ?? rule.Condition;
        var field = FactNames.Of(condition.Field);
        return new Reason(rule.Code, $"{field.Ko} 정보가 없어 판단할 수 없습니다. 입력해 주세요.", $"This cannot be judged without the {field.En}. Please enter it.")
        {
            Source = rule.Source,
            Field = condition.Field,
        };
    }
}
