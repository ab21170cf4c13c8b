using SaaS.Domain.Money;
using SaaS.Web.Kit;
using SaaS.Workflows.Checking;

namespace SaaS.Web.Pages.Oversight.Rails;

/// <summary>The figures of a guard rail as cells of a table.</summary>
internal static class RailWords
{
    public const string Free = "–";

    public static string Range(ShareRange range) => (range.MinBp, range.MaxBp) switch
    {
        (0, 10_000) => Free,
        (0, var most) => Language.Of($"{Percent(most)} 이하", $"at most {Percent(most)}"),
        (var least, 10_000) => Language.Of($"{Percent(least)} 이상", $"at least {Percent(least)}"),
        var (least, most) when least == most => Percent(least),
        var (least, most) => Language.Of($"{Percent(least)} 이상 {Percent(most)} 이하", $"{Percent(least)} to {Percent(most)}"),
    };

    public static string Most(int? basisPoints) => basisPoints is { } most ? Range(new ShareRange(0, most)) : Free;

    public static string Won(long? most) => most is { } amount ? Language.Of($"{WonText.Full(amount)} 이하", $"at most {WonText.Full(amount)}") : Free;

    public static string Days(int? least) => least is { } days ? Language.Of($"{days}일 이상", $"at least {days} days") : Free;

    private static string Percent(int basisPoints) => $"{CostSharing.BasisPointsText(basisPoints)} %";
}
