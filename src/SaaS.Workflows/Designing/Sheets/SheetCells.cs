using System.Globalization;
using System.Text.Json.Nodes;
using SaaS.Domain.Money;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Designing.Sheets;

/// <summary>Cells as people write them, and as the JSON of a definition has them.</summary>
internal static class SheetCells
{
    /// <summary>Longer texts belong into a document.</summary>
    public const int MostCharacters = 2_000;

    private static readonly string[] Yes = ["예", "yes", "y", "true", "o", "○", "필수", "1"];
    private static readonly string[] No = ["아니요", "아니오", "no", "n", "false", "x", "×", "선택", "0", ""];

    public static string Write(SheetColumn column, JsonNode? value, bool isEnglish = false) => (column.Kind, value ?? column.Otherwise) switch
    {
        (_, null) => "",
        (CellKind.Percent, JsonValue number) when number.TryGetValue<int>(out var points) => (points / 100m).ToString("0.##", CultureInfo.InvariantCulture),
        (CellKind.YesNo, JsonValue flag) when flag.TryGetValue<bool>(out var isSet) => Answer(isSet, isEnglish),
        (CellKind.Choice, var option) => isEnglish ? column.OptionName(option.ToString()).En : column.OptionName(option.ToString()).Ko,
        (CellKind.Value, var compared) => WriteValue(compared, isEnglish),
        (_, var text) => text.ToString(),
    };

    /// <summary>Whether a cell says what the JSON has, in either language.</summary>
    public static bool IsSaid(SheetColumn column, JsonNode? value, string text) => text == Write(column, value).Trim() || text == Write(column, value, isEnglish: true).Trim();

    /// <summary>Null for an empty cell. Says what is wrong with any other that cannot be used.</summary>
    /// <param name="column">Where it stands.</param>
    /// <param name="text">As written.</param>
    /// <param name="row">Of the row so far, for what depends on it.</param>
    /// <param name="wrong">Null where nothing is.</param>
    public static JsonNode? Read(SheetColumn column, string text, JsonObject row, out Words? wrong)
    {
        wrong = null;
        if (text.Length > MostCharacters)
        {
            wrong = new($"글이 너무 깁니다({text.Length:N0}자). {MostCharacters:N0}자까지 쓸 수 있습니다.", $"The text is too long ({text.Length:N0} characters); at most {MostCharacters:N0}.");
            return null;
        }

        if (text.Length == 0 && column.Kind is not (CellKind.YesNo or CellKind.Value))
        {
            wrong = column.IsRequired ? new("비어 있습니다. 채워 주세요.", "It is empty; please fill it.") : null;
            return null;
        }

        switch (column.Kind)
        {
            case CellKind.Whole:
                if (TryWhole(text, out var whole) && whole >= 0 && whole <= column.Most)
                {
                    return whole;
                }

                wrong = new($"‘{text}’은(는) 0에서 {column.Most:N0} 사이의 정수여야 합니다.", $"'{text}' must be a whole number from 0 to {column.Most:N0}.");
                return null;
            case CellKind.Percent:
                if (decimal.TryParse(text.TrimEnd('%', ' '), NumberStyles.Number, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100 && percent * 100 == decimal.Truncate(percent * 100))
                {
                    return (int)(percent * 100);
                }

                wrong = new($"‘{text}’은(는) 0에서 100 사이의 비율이어야 합니다. 소수점 아래 둘째 자리까지 쓸 수 있습니다.", $"'{text}' must be a percentage from 0 to 100 with at most two decimals.");
                return null;
            case CellKind.YesNo:
                if (Yes.Contains(text, StringComparer.OrdinalIgnoreCase) || No.Contains(text, StringComparer.OrdinalIgnoreCase))
                {
                    return Yes.Contains(text, StringComparer.OrdinalIgnoreCase);
                }

                wrong = new($"‘{text}’ 대신 ‘예’ 또는 ‘아니요’를 적어 주세요.", $"Write 'yes' or 'no' in place of '{text}'.");
                return null;
            case CellKind.Choice:
                if (Choose(column, text) is { } option)
                {
                    return option;
                }

                wrong = new(
                    $"‘{text}’은(는) 고를 수 없습니다. 고를 수 있는 것: {Some(column, name => name.Ko)}",
                    $"'{text}' is none of the choices: {Some(column, name => name.En)}");
                return null;
            case CellKind.Code:
                if (text.Length <= 60 && !text.Any(char.IsControl) && column.Accepts(text))
                {
                    return text;
                }

                wrong = new($"코드 ‘{text}’은(는) 쓸 수 없습니다. 영문과 숫자로 짧게 적어 주세요.", $"The code '{text}' cannot be used: a short one of letters and digits, please.");
                return null;
            case CellKind.Value:
                return ReadValue(text, row, out wrong);
            default:
                return text;
        }
    }

    /// <summary>Digits with or without separators and unit.</summary>
    public static bool TryWhole(string text, out long whole)
        => WonWords.TryRead(text, out whole) || long.TryParse(string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter is not (',' or '원' or '₩' or '명' or '점' or '개' or '월' or '일'))), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole);

    private static string? Choose(SheetColumn column, string text) => column.Options.FirstOrDefault(option =>
        string.Equals(option, text, StringComparison.OrdinalIgnoreCase)
        || string.Equals(column.OptionName(option).Ko, text, StringComparison.OrdinalIgnoreCase)
        || string.Equals(column.OptionName(option).En, text, StringComparison.OrdinalIgnoreCase));

    private static string Some(SheetColumn column, Func<Words, string> language)
        => string.Join(", ", column.Options.Take(12).Select(option => language(column.OptionName(option)))) + (column.Options.Count > 12 ? ", …" : "");

    private static string Answer(bool isYes, bool isEnglish) => (isYes, isEnglish) switch { (true, false) => "예", (true, true) => "yes", (false, false) => "아니요", _ => "no" };

    private static string WriteValue(JsonNode value, bool isEnglish) => value switch
    {
        JsonArray list => string.Join(", ", list.Select(item => item?.ToString())),
        JsonObject other => $"[{(string?)other["fact"]}]",
        JsonValue flag when flag.TryGetValue<bool>(out var isSet) => Answer(isSet, isEnglish),
        JsonValue text when text.TryGetValue<string>(out var written) => written.Length == 0 ? "\"\"" : written,
        _ => value.ToString(),
    };

    private static JsonNode? ReadValue(string text, JsonObject row, out Words? wrong)
    {
        var (field, name) = ((string?)row["field"] ?? "", (string?)row["operator"] ?? "");
        var kind = FactNames.KindOf(field);
        wrong = null;
        if (text is ['[', .. var other, ']'] && kind == FactKind.Number)
        {
            if (FactNames.Knows(other))
            {
                return new JsonObject { ["fact"] = other };
            }

            wrong = new($"신청서에 ‘{other}’ 항목이 없습니다.", $"An application has no field '{other}'.");
            return null;
        }

        switch (kind)
        {
            case FactKind.Number when !ConditionRow.TakesList(name):
                if (TryWhole(text, out var number))
                {
                    return number;
                }

                wrong = new($"‘{text}’은(는) 숫자여야 합니다.", $"'{text}' must be a number.");
                return null;
            case FactKind.YesNo:
                if (text.Length > 0 && (Yes.Contains(text, StringComparer.OrdinalIgnoreCase) || No.Contains(text, StringComparer.OrdinalIgnoreCase)))
                {
                    return Yes.Contains(text, StringComparer.OrdinalIgnoreCase);
                }

                wrong = new($"‘{text}’ 대신 ‘예’ 또는 ‘아니요’를 적어 주세요.", $"Write 'yes' or 'no' in place of '{text}'.");
                return null;
            default:
                if (text.Length == 0)
                {
                    wrong = new("비어 있습니다. 채워 주세요. 빈 글과 견주려면 \"\"를 적습니다.", "It is empty; please fill it. To compare with an empty text, write \"\".");
                    return null;
                }

                return ConditionRow.TakesList(name)
                    ? new JsonArray([.. text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(item => (JsonNode)item)])
                    : text == "\"\"" ? "" : text;
        }
    }
}
