using System.Text.Json.Nodes;
using SaaS.Domain.Money;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Designing.Mending;

/// <summary>An input that is missing or cannot be used as it is.</summary>
internal static class InputMends
{
    public static IEnumerable<Mend> For(Problem problem, Design design)
    {
        var step = problem.ActivityId!;
        var activity = problem.Pointer[..PointerEnd(problem.Pointer)];
        var input = problem.Pointer[(activity.Length + 1)..].Split('/')[0];
        var descriptor = design.DescriptorOf(step)?.Inputs.FirstOrDefault(known => known.JsonName == input);
        if (descriptor is null)
        {
            return [];
        }

        var written = design.At($"{activity}/{input}");
        return (problem.Code, written) switch
        {
            ("ignored-input", JsonObject wrapped) => [new(new("종류를 적어 넣기", "Write its type"), design.SetAt($"{activity}/{input}/typeName", descriptor.TypeName))],
            ("unusable-input", JsonArray rows) when input == "criteria" => Weights(design, step, rows),
            ("unusable-input", JsonArray rows) when input == "signers" => Set(design, step, descriptor, new JsonArray([.. rows.Where(row => SignAgreementActivity.Parties.Contains((string?)row)).Select(row => row!.DeepClone())]), "알 수 없는 당사자 빼기", "Take out signers that nobody knows"),
            ("unusable-input", JsonArray rows) => Rows(design, step, descriptor, rows),
            ("unusable-input", _) when descriptor.Options.Count > 0 => [.. AddBearer(design, step, input, (string?)written), .. descriptor.Options.SelectMany(option => Set(design, step, descriptor, option, $"{descriptor.DisplayName.Ko}: {OptionNames.Of(option).Ko}", $"{descriptor.DisplayName.En}: {OptionNames.Of(option).En}"))],
            ("unusable-input", JsonValue number) when number.TryGetValue<long>(out _) => Numbers(design, step, descriptor),
            _ => Default(design, step, descriptor),
        };
    }

    // The place of an activity ends with its number.
    private static int PointerEnd(string pointer)
    {
        var from = pointer.LastIndexOf("/activities/", StringComparison.Ordinal) + "/activities/".Length;
        var end = pointer.IndexOf('/', from);
        return end < 0 ? pointer.Length : end;
    }

    private static IEnumerable<Mend> Set(Design design, string step, InputDescriptor input, JsonNode? value, string ko, string en)
        => [new(new(ko, en), design.SetInput(step, input.JsonName, value))];

    private static IEnumerable<Mend> Default(Design design, string step, InputDescriptor input)
    {
        var type = (string)design.Step(step)["type"]!;
        foreach (var (_, value) in NewStep.Inputs(type, []).Where(each => each.Name == input.JsonName))
        {
            yield return new(new($"‘{input.DisplayName.Ko}’을(를) 처음 값으로", $"Begin '{input.DisplayName.En}' anew"), design.SetInput(step, input.JsonName, value));
        }

        if (!input.IsRequired)
        {
            yield return new(new($"‘{input.DisplayName.Ko}’ 비우기", $"Leave '{input.DisplayName.En}' empty"), design.SetInput(step, input.JsonName, null));
        }
    }

    private static IEnumerable<Mend> Numbers(Design design, string step, InputDescriptor input)
    {
        foreach (var number in new[] { input.Least, input.Most }.OfType<long>())
        {
            yield return new(new($"{input.DisplayName.Ko}: {number:N0}", $"{input.DisplayName.En}: {number:N0}"), design.SetInput(step, input.JsonName, number));
        }
    }

    private static IEnumerable<Mend> Weights(Design design, string step, JsonArray rows)
    {
        var weights = rows.OfType<JsonObject>().Select(row => (int?)row["weight"] ?? 0).ToList();
        var rest = 100 - weights.Sum();
        foreach (var index in Enumerable.Range(0, weights.Count).Reverse().Where(index => weights[index] + rest is > 0 and <= 100))
        {
            var next = rows.DeepClone().AsArray();
            next[index]!["weight"] = weights[index] + rest;
            var name = next[index]!;
            yield return new(
                new($"합계를 100점으로: {(string?)name["ko"]} {weights[index] + rest}점", $"Make it 100: {(string?)name["en"]} {weights[index] + rest}"),
                design.SetInput(step, "criteria", next));
        }

        foreach (var mend in Rows(design, step, design.DescriptorOf(step)!.Inputs.First(input => input.JsonName == "criteria"), rows))
        {
            yield return mend;
        }
    }

    private static IEnumerable<Mend> Rows(Design design, string step, InputDescriptor input, JsonArray rows)
    {
        var whole = rows.DeepClone().AsArray();
        var codes = new HashSet<string>();
        foreach (var (row, index) in whole.Select((row, index) => (row as JsonObject, index)).Where(each => each.Item1 is not null))
        {
            var code = (string?)row!["code"];
            if (string.IsNullOrEmpty(code) || !codes.Add(code))
            {
                row["code"] = code = $"ITEM-{index + 1}";
                codes.Add(code);
            }

            row["ko"] ??= (string?)row["en"] ?? code;
            row["en"] ??= (string?)row["ko"] ?? code;
        }

        yield return new(new("빈 칸과 겹치는 코드 채우기", "Fill the gaps and make the codes differ"), design.SetInput(step, input.JsonName, whole));
        for (var index = rows.Count - 1; index >= 0; index--)
        {
            var fewer = rows.DeepClone().AsArray();
            fewer.RemoveAt(index);
            yield return new(new($"{index + 1}번째 줄 빼기", $"Take row {index + 1} out"), design.SetInput(step, input.JsonName, fewer));
        }

        var unfinished = input.JsonName == "rules" ? rows.Where(row => RuleRow.Read(row?.ToJsonString() ?? "null") is null).ToList() : [];
        if (unfinished.Count > 1)
        {
            yield return new(
                new($"값을 정하지 않은 규칙 {unfinished.Count}개 빼기", $"Take the {unfinished.Count} rules without a value out"),
                design.SetInput(step, input.JsonName, new JsonArray([.. rows.Except(unfinished).Select(row => row!.DeepClone())])));
        }

        // To begin anew would throw other rows away with the wrong one.
        foreach (var mend in rows.Count > 1 ? [] : Default(design, step, input))
        {
            yield return mend;
        }
    }

    private static IEnumerable<Mend> AddBearer(Design design, string step, string input, string? bearer)
    {
        if (input == "bearer" && design.At(design.PointerOf(step) + "/shares") is JsonArray rows)
        {
            if (Enum.TryParse<Funder>(bearer, out var missing) && !rows.OfType<JsonObject>().Any(row => (string?)row["funder"] == bearer))
            {
                var with = rows.DeepClone().AsArray();
                with.Add(new JsonObject { ["funder"] = bearer, ["base"] = "EligibleCost", ["minBp"] = 0, ["targetBp"] = 0, ["maxBp"] = 10_000, ["paidBy"] = missing == Funder.National ? "National" : "Self" });
                yield return new(
                    new($"{FunderNames.Ko(missing)}을(를) 0 %로 넣고 나머지를 부담", $"Add the {FunderNames.En(missing)} with 0 %, to bear the rest"),
                    design.SetInput(step, "shares", with).ArrangeFunding());
            }

            foreach (var funder in rows.OfType<JsonObject>().Select(row => (string?)row["funder"]).OfType<string>())
            {
                var name = OptionNames.Of(funder);
                yield return new(new($"나머지는 {name.Ko}이(가) 부담", $"Let the {name.En} bear the rest"), design.SetInput(step, "bearer", funder));
            }
        }
    }
}
