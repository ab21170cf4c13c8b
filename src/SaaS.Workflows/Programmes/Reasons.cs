using SaaS.Domain;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>Reasons as they stand in variables and journals, and back.</summary>
public static class Reasons
{
    public static Value ToValue(IReadOnlyList<Reason> reasons)
    {
        var items = new Value[reasons.Count];
        for (var index = 0; index < items.Length; index++)
        {
            var reason = reasons[index];
            items[index] = Value.Object(
                ("code", reason.Code), ("ko", reason.Ko), ("en", reason.En), ("source", reason.Source), ("field", reason.Field),
                ("nearestKo", reason.NearestKo), ("nearestEn", reason.NearestEn));
        }

        return Value.From(items);
    }

    public static IReadOnlyList<Reason> FromValue(Value value)
    {
        var reasons = new List<Reason>();
        foreach (var item in value.Items)
        {
            reasons.Add(new Reason(item["code"].Text ?? "", item["ko"].Text ?? "", item["en"].Text ?? "")
            {
                Source = item["source"].Text,
                Field = item["field"].Text,
                NearestKo = item["nearestKo"].Text,
                NearestEn = item["nearestEn"].Text,
            });
        }

        return reasons;
    }
}
