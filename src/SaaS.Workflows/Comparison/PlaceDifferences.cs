using SaaS.Domain.Money;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Comparison;

/// <summary>Compares the exceptions of a share table place by place.</summary>
internal static class PlaceDifferences
{
    /// <returns>Null when the places cannot be told apart.</returns>
    public static IReadOnlyList<Difference>? Of(ActivityDefinition step, Value before, Value after)
    {
        if (ByPlace(before) is not { } old || ByPlace(after) is not { } now)
        {
            return null;
        }

        var name = StepNames.Of(step);
        var found = new List<Difference>();
        foreach (var (code, exception) in now)
        {
            var place = ShareWords.Place(code);
            if (!old.TryGetValue(code, out var earlier))
            {
                found.Add(Whole(step, name, DifferenceKind.Added, new($"{place.Ko} 예외 추가", $"exception for {place.En} added"), exception, FirmBp(exception) > FirmBp(step)));
            }
            else if (!earlier.Equals(exception))
            {
                var rows = earlier["shares"].Equals(exception["shares"]) ? null : TableDifferences.Of(step, "shares", earlier["shares"], exception["shares"], new($"{name.Ko}, {place.Ko}", $"{name.En}, {place.En}"));
                found.AddRange(rows ?? [Whole(step, name, DifferenceKind.Changed, new($"{place.Ko} 예외 변경", $"exception for {place.En} changed"), exception, worse: true)]);
            }
        }

        found.AddRange(old.Where(each => !now.ContainsKey(each.Key)).Select(each =>
        {
            var place = ShareWords.Place(each.Key);
            return Whole(step, name, DifferenceKind.Removed, new($"{place.Ko} 예외 삭제", $"exception for {place.En} removed"), each.Value, FirmBp(each.Value) < FirmBp(step));
        }));
        if (found.Count == 0)
        {
            found.Add(new Difference(step.Id, DifferenceKind.Changed, new($"{name.Ko}: 예외의 순서 변경", $"{name.En}: order of the exceptions changed")));
        }

        return found;
    }

    private static Difference Whole(ActivityDefinition step, Words name, DifferenceKind kind, Words what, Value exception, bool worse)
    {
        var rows = exception["shares"].Items.ToArray()
            .Select(row => (Funder: Enum.TryParse<Funder>(row["funder"].Text, out var funder) ? funder : (Funder?)null, Percent: CostSharing.BasisPointsText((int)row["targetBp"].Number)))
            .Where(row => row.Funder is not null).ToList();
        return new Difference(step.Id, kind, new(
            $"{name.Ko}: {what.Ko}({string.Join(", ", rows.Select(row => $"{FunderNames.Ko(row.Funder!.Value)} {row.Percent} %"))})",
            $"{name.En}: {what.En} ({string.Join(", ", rows.Select(row => $"{FunderNames.En(row.Funder!.Value)} {row.Percent} %"))})"))
        {
            ConcernsMoneyOrRules = true,
            WorseForFirms = worse,
        };
    }

    // An exception that does not name the firm leaves it its ordinary part.
    private static double? FirmBp(Value exception)
        => exception["shares"].Items.ToArray().FirstOrDefault(row => row["funder"].Text == nameof(Funder.Firm))["targetBp"] is { Kind: ValueKind.Number } points ? points.Number : null;

    private static double? FirmBp(ActivityDefinition step) => FirmBp(Value.Object(("shares", GrantActivities.Raw(step, "shares"))));

    private static Dictionary<string, Value>? ByPlace(Value rows)
    {
        if (rows.Kind != ValueKind.Array && !rows.IsNothing)
        {
            return null;
        }

        var places = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var row in rows.Items)
        {
            if ((row["municipality"].Text ?? row["region"].Text) is not { } code || !places.TryAdd(code, row))
            {
                return null;
            }
        }

        return places;
    }
}
