using System.Text.Json.Nodes;
using SaaS.Domain.Money;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Checking;

namespace SaaS.Workflows.Designing.Mending;

/// <summary>National stages that are left out or stand in the wrong order, and money that nobody promised.</summary>
internal static class StageMends
{
    // The order in which a case comes to them; a missing one is put before the next that is there.
    private static readonly string[] Order = ["Grant.ShareCost", "Grant.ApplicationStage", "Grant.EvaluationStage", "Grant.SignAgreement", "Grant.InspectionStage", "Grant.DisbursementStage", "Grant.Close"];

    private static readonly Words Final = new("최종점검", "Final inspection");

    private static readonly string[] Divided = ["shares", "bearer", "roundingUnit", "grant"];

    public static IEnumerable<Mend> For(Problem problem, Design design)
    {
        var type = problem.About == "Final" ? "Grant.InspectionStage" : problem.About;
        return problem.Code switch
        {
            "stage-missing" => [.. AddAll(design, problem.ActivityId!), .. Add(design, problem.ActivityId!, type!, problem.About == "Final")],
            "shares-missing" => [.. Divide(design, problem.About), .. Add(design, problem.ActivityId!, "Grant.ShareCost", false)],
            "stage-order" => Bring(design, type!, problem.ActivityId!),
            "payment-before-agreement" => MoveAfter(design, problem.ActivityId!, design.Steps("Grant.SignAgreement")),
            "last-payment-before-inspection" => [.. Bring(design, "Grant.InspectionStage", problem.ActivityId!, IsFinal), .. MoveAfter(design, problem.ActivityId!, design.Steps("Grant.InspectionStage").Where(IsFinal))],
            "no-completion" => Complete(design),
            _ => Promise(design, problem),
        };
    }

    // Whoever begins with nothing lacks several, of which some cannot stand without the others.
    private static IEnumerable<Mend> AddAll(Design design, string end)
    {
        var missing = Order.Where(type => type is not ("Grant.ShareCost" or "Grant.Close") && !design.Steps(type).Any()).ToList();
        if (missing.Count < 2)
        {
            yield break;
        }

        var after = design;
        foreach (var type in missing)
        {
            var next = Order.SkipWhile(other => other != type).Skip(1).SkipLast(1).SelectMany(after.Steps).Select(step => (string)step["id"]!).FirstOrDefault(end);
            after = Put(after, type, next, type == "Grant.InspectionStage");
        }

        var names = missing.Select(type => type == "Grant.InspectionStage" ? Final : ActivityCatalogue.Standard.Find(type)!.Descriptor.DisplayName).ToList();
        yield return new(
            new($"빠진 공통 단계 {names.Count}개 모두 넣기: {string.Join(", ", names.Select(name => name.Ko))}", $"Add all {names.Count} missing stages: {string.Join(", ", names.Select(name => name.En))}"),
            after);
    }

    private static IEnumerable<Mend> Add(Design design, string end, string type, bool final)
    {
        var name = final ? Final : ActivityCatalogue.Standard.Find(type)!.Descriptor.DisplayName;
        var says = new Words($"‘{name.Ko}’ 단계 넣기", $"Add the step '{name.En}'");
        var later = Order.SkipWhile(other => other != type).Skip(1).SelectMany(design.Steps).Select(step => (string)step["id"]!);
        var lastPayment = design.Steps("Grant.DisbursementStage").Where(step => (bool?)step["last"] == true).Select(step => (string)step["id"]!);
        foreach (var next in (final ? lastPayment : []).Concat(later).Append(end).Distinct())
        {
            yield return new(says, Put(design, type, next, final));
        }
    }

    private static Design Put(Design design, string type, string next, bool final)
    {
        var after = design.AddBefore(type, next, out var added);
        return type switch
        {
            "Grant.InspectionStage" => after.Rename(added, final ? Final : after.NameOf(added)).SetInput(added, "kind", final ? "Final" : "Interim"),
            "Grant.DisbursementStage" => after.SetInput(added, "tranche", 1).SetInput(added, "percentBp", 10_000).SetInput(added, "last", true),
            "Grant.ShareCost" when after.Steps("Grant.ChooseTier").Select(step => step["tiers"]).OfType<JsonArray>().FirstOrDefault() is [JsonObject first, ..] => after.SetInput(added, "tier", first["tier"]?.DeepClone()).ArrangeFunding(),
            _ => after.ArrangeFunding(),
        };
    }

    // The shares of another tier, where there are any, are what a new one begins with.
    private static IEnumerable<Mend> Divide(Design design, string? tier)
    {
        if (tier is null)
        {
            yield break;
        }

        var model = design.Steps("Grant.ShareCost").FirstOrDefault();
        foreach (var chooser in design.Steps("Grant.ChooseTier").Select(step => (string)step["id"]!))
        {
            var after = design.AddStep("Grant.ShareCost", chooser, tier, out var added).SetInput(added, "tier", tier);
            foreach (var input in model is null ? [] : Divided)
            {
                after = after.SetInput(added, input, model![input]);
            }

            var name = design.TierName(tier);
            yield return new(new($"‘{name.Ko}’ 유형의 사업비 분담 단계 넣기", $"Add the shares of the tier '{name.En}'"), after.ArrangeFunding());
        }
    }

    private static IEnumerable<Mend> Bring(Design design, string type, string before, Func<JsonObject, bool>? which = null)
    {
        var target = design.NameOf(before);
        foreach (var step in design.Steps(type).Where(which ?? (_ => true)).Select(step => (string)step["id"]!))
        {
            var name = design.NameOf(step);
            yield return new(new($"‘{name.Ko}’을(를) ‘{target.Ko}’ 앞으로", $"Move '{name.En}' before '{target.En}'"), design.MoveBefore(step, before));
        }
    }

    private static IEnumerable<Mend> MoveAfter(Design design, string step, IEnumerable<JsonObject> targets)
    {
        var name = design.NameOf(step);
        foreach (var target in targets.Select(target => (string)target["id"]!))
        {
            var where = design.NameOf(target);
            yield return new(new($"‘{name.Ko}’을(를) ‘{where.Ko}’ 다음으로", $"Move '{name.En}' after '{where.En}'"), design.MoveAfter(step, target));
        }
    }

    private static IEnumerable<Mend> Complete(Design design)
    {
        foreach (var close in design.Steps("Grant.Close").Where(step => (string?)step["result"] != "Completed").Select(step => (string)step["id"]!))
        {
            var name = design.NameOf(close);
            yield return new(
                new($"‘{name.Ko}’의 결과를 ‘완료’로", $"Let '{name.En}' end with the result Completed"),
                design.SetInput(close, "result", "Completed").SetInput(close, "outcomeYears", 3));
        }

        foreach (var (step, outcome) in design.LooseEnds())
        {
            var name = design.NameOf(step);
            yield return new(
                new($"‘{name.Ko}’ 다음에 ‘완료’로 끝내기", $"End with completion after '{name.En}'"),
                design.LeadToEnd(step, outcome, "Completed", out var end).SetInput(end, "outcomeYears", 3));
        }
    }

    private static IEnumerable<Mend> Promise(Design design, Problem problem)
    {
        var isNational = problem.Code == "reservation-missing";
        var type = isNational ? "Grant.ReserveNationalShare" : "Grant.CommitShare";
        var funder = isNational ? Funder.National : Enum.Parse<Funder>(problem.About!);
        yield return new(
            isNational ? new("‘국비 확보’ 단계 넣기", "Add the step 'Reserve central money'")
                : new($"‘{FunderNames.Ko(funder)} 확약’ 단계 넣기", $"Add a step in which the {FunderNames.En(funder)} commits its share"),
            design.ArrangeFunding());
        foreach (var mend in Bring(design, type, problem.ActivityId!, step => isNational || (string?)step["funder"] == problem.About))
        {
            yield return mend;
        }
    }

    private static bool IsFinal(JsonObject step) => (string?)step["kind"] == "Final";
}
