using System.Text.Json;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>The activities of a grant programme.</summary>
public static class GrantActivities
{
    internal static readonly Words Design = new("사업 설계", "Programme design");
    internal static readonly Words National = new("국가 공통 단계", "National stages");
    internal static readonly Words People = new("사람이 하는 일", "Work of people");

    public static IReadOnlyList<ActivityType> All { get; } =
    [
        new ReceiveApplicationActivity(), new CheckEligibilityActivity(), new ChooseTierActivity(), new ShareCostActivity(),
        new ApplicationStageActivity(), new EvaluationStageActivity(), new DisbursementStageActivity(), new InspectionStageActivity(),
        new ReserveNationalShareActivity(), new CommitShareActivity(), new HumanTaskActivity(), new SignAgreementActivity(),
        new NotifyActivity(), new CloseActivity(),
    ];

    /// <summary>A raw input of an activity; undefined when missing or when its text is no JSON (the checker says so).</summary>
    internal static Value Raw(ActivityDefinition activity, string name)
    {
        if (activity.Property(name) is not { } element)
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
                return Value.Undefined;
            }
        }

        return Value.From(element);
    }

    internal static List<string> Texts(Value rows, string member)
    {
        var texts = new List<string>();
        foreach (var row in rows.Items)
        {
            if (row[member].Text is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>The items of a list of texts.</summary>
    internal static List<string> TextsOf(Value list)
    {
        var texts = new List<string>();
        foreach (var item in list.Items)
        {
            texts.Add(item.Text ?? "");
        }

        return texts;
    }

    /// <summary>Rows that people read: each with a code and a text in Korean and English.</summary>
    internal static Value Rows(ActivityPreparation preparation, string input, bool required)
    {
        var rows = preparation.Raw(input);
        if (rows.IsNothing && !required)
        {
            return Value.From(Array.Empty<Value>());
        }

        if (rows.Kind != ValueKind.Array || (required && rows.Items.Length == 0))
        {
            throw new PreparationException(input, $"'{input}' 목록이 비어 있습니다.", $"The list '{input}' is empty.");
        }

        var codes = new HashSet<string>();
        foreach (var row in rows.Items)
        {
            if (row["code"].Text is not { Length: > 0 } code || row["ko"].Text is null || row["en"].Text is null || !codes.Add(code))
            {
                throw new PreparationException(
                    input,
                    $"'{input}'의 줄마다 서로 다른 코드와 한국어·영어 이름(code, ko, en)이 있어야 합니다.",
                    $"Each row of '{input}' needs a code of its own and a text in Korean and English (code, ko, en).");
            }
        }

        return rows;
    }

    /// <summary>A whole number within the range that the input's descriptor gives.</summary>
    internal static int Whole(ActivityPreparation preparation, string input)
    {
        var descriptor = preparation.Compiled.Type.Descriptor.Inputs.First(each => each.JsonName == input);
        var value = preparation.Raw(input);
        if (value.IsNothing && descriptor.Otherwise is { } given)
        {
            return (int)given;
        }

        return value.Whole is { } whole && whole >= descriptor.Least && whole <= descriptor.Most ? (int)whole : throw new PreparationException(
            input,
            $"'{descriptor.DisplayName.Ko}'은(는) {descriptor.Least}에서 {descriptor.Most:N0} 사이의 정수여야 합니다.",
            $"'{descriptor.DisplayName.En}' must be a whole number from {descriptor.Least} to {descriptor.Most:N0}.");
    }

    internal static string Choice(ActivityPreparation preparation, string input, string? otherwise, params string[] choices)
    {
        var text = preparation.Raw(input).Text ?? otherwise;
        return text is not null && choices.Contains(text) ? text : throw new PreparationException(
            input,
            $"'{input}'의 값 '{text}'은(는) 쓸 수 없습니다. 쓸 수 있는 것: {string.Join(", ", choices)}",
            $"'{input}' cannot be '{text}'. It is one of: {string.Join(", ", choices)}");
    }
}
