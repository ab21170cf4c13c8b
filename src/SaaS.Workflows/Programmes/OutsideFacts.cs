using SaaS.Domain.Money;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>Which facts of an application a share table reckons with besides the cost.</summary>
internal static class OutsideFacts
{
    public static string Path((OutsideAmount Amount, Funder Funder) outside) => outside.Amount switch
    {
        OutsideAmount.GivenBefore => $"firm.grantedInTier.{outside.Funder}",
        OutsideAmount.FirmInKind => "firmInKind",
        OutsideAmount.AwardNationalGrant => "award.nationalGrant",
        _ => throw new ArgumentOutOfRangeException(nameof(outside)),
    };

    /// <summary>In the order of <see cref="ShareTable.Outside"/> (won); nothing where the fact is missing.</summary>
    public static long[] Read(ShareTable table, Value application)
    {
        var outside = table.Outside;
        var amounts = new long[outside.Count];
        for (var index = 0; index < amounts.Length; index++)
        {
            var value = application;
            foreach (var name in Path(outside[index]).Split('.'))
            {
                value = value[name];
            }

            amounts[index] = value.Whole ?? 0;
        }

        return amounts;
    }
}
