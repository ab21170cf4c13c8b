using SaaS.Domain.Money;

namespace SaaS.Workflows.Checking;

/// <summary>
/// The national operator's limits on what each funder carries of the eligible cost, in basis points. They bind every tenant's design,
/// whatever limits it writes itself.
/// </summary>
internal sealed record GuardRails(int NationalMaxBp, int LeadFirmMinBp, int FirmMaxBp)
{
    private static readonly GuardRails General = new(5_000, 0, 10_000);

    private static readonly GuardRails WinWin = new(5_000, 3_000, 4_000);

    public static IReadOnlyList<string> Models { get; } = ["Standard", "WinWin", "LocalGovernment", "TopUp"];

    public static GuardRails For(string? model) => model == "WinWin" ? WinWin : General;

    /// <summary>The table with its own limits narrowed to these.</summary>
    public ShareTable Narrow(ShareTable table) => table with
    {
        Shares =
        [
            .. table.Shares.Select(share => share.Base != ShareBase.EligibleCost ? share : share with
            {
                MinBp = Math.Max(share.MinBp, share.Funder == Funder.LeadFirm ? LeadFirmMinBp : 0),
                MaxBp = Math.Min(share.MaxBp, share.Funder switch { Funder.National => NationalMaxBp, Funder.Firm => FirmMaxBp, _ => 10_000 }),
            }),
        ],
    };
}
