using static SaaS.Cli.Demonstration.ExpectedShare;
using static SaaS.Domain.Money.Funder;

namespace SaaS.Cli.Demonstration;

/// <summary>The cases of the programme as the seed and the acceptance scenarios give them. Figures in won, written out, not reckoned.</summary>
internal static class SeedCases
{
    private static readonly int[] ThreeTranches = [4_000, 3_000, 3_000];

    public static readonly IReadOnlyList<DemoCase> All =
    [
        new DemoCase
        {
            Ko = "대성테크, 표준형 50/50",
            En = "Daesung Tech, standard 50/50",
            Tenant = "kosmo",
            Call = "2025-1",
            Tier = "ADV1",
            Firm = "대성테크",
            Supplier = "한빛솔루션",
            Total = 120_000_000,
            Shares =
            [
                new(National, 60_000_000, 0, [24_000_000, 18_000_000, 18_000_000]),
                new(Firm, 60_000_000, 0, [24_000_000, 18_000_000, 18_000_000]),
            ],
        },
        new DemoCase
        {
            Ko = "LG전자–신성델타테크, 상생형 30/30/40",
            En = "LG Electronics and Shinsung Delta Tech, win-win 30/30/40",
            Tenant = "lg",
            Call = "2025-1",
            Tier = "JOINT",
            Firm = "신성델타테크",
            Supplier = "다솜로보틱스",
            Total = 400_000_000,
            Shares =
            [
                new(National, 120_000_000, 0, [48_000_000, 36_000_000, 36_000_000]),
                new(LeadFirm, 120_000_000, 0, [48_000_000, 36_000_000, 36_000_000]),
                new(Firm, 160_000_000, 0, [64_000_000, 48_000_000, 48_000_000]),
            ],
        },
        new DemoCase
        {
            Ko = "전라남도 식품, 기초 30/30/40",
            En = "Jeollanam-do food, basic 30/30/40",
            Tenant = "jeonnam",
            Call = "2025-1",
            Tier = "BASIC",
            Firm = "나주배음료",
            Supplier = "나래시스템",
            Total = 100_000_000,
            Shares =
            [
                new(Province, 30_000_000, 0, [12_000_000, 9_000_000, 9_000_000]),
                new(Municipality, 30_000_000, 0, [12_000_000, 9_000_000, 9_000_000]),
                new(Firm, 40_000_000, 0, [16_000_000, 12_000_000, 12_000_000]),
            ],
        },
        new DemoCase
        {
            Ko = "전라남도 식품, 고도화 50/15/15/20",
            En = "Jeollanam-do food, advanced 50/15/15/20",
            Tenant = "jeonnam",
            Call = "2025-1",
            Tier = "ADV",
            Firm = "남도식품",
            Supplier = "나래시스템",
            Equipment = ["MetalDetector", "XrayInspection"],
            Total = 400_000_000,
            Shares =
            [
                new(National, 200_000_000, 0, [80_000_000, 60_000_000, 60_000_000]),
                new(Province, 60_000_000, 0, [24_000_000, 18_000_000, 18_000_000]),
                new(Municipality, 60_000_000, 0, [24_000_000, 18_000_000, 18_000_000]),
                new(Firm, 80_000_000, 0, [32_000_000, 24_000_000, 24_000_000]),
            ],
        },
        new DemoCase
        {
            Ko = "LG전자–신성델타테크, 국비 상한 1억 2천만 원",
            En = "LG Electronics and Shinsung Delta Tech, central cap 120,000,000",
            Tenant = "lg",
            Call = "2025-1",
            Tier = "JOINT",
            Firm = "신성델타테크",
            Supplier = "다솜로보틱스",
            Solution = "PLM",
            Total = 500_000_000,
            Shares =
            [
                new(National, 120_000_000, 0, [48_000_000, 36_000_000, 36_000_000]),
                new(LeadFirm, 180_000_000, 0, [72_000_000, 54_000_000, 54_000_000]),
                new(Firm, 200_000_000, 0, [80_000_000, 60_000_000, 60_000_000]),
            ],
        },
        new DemoCase
        {
            Ko = "전라남도 식품, 고도화, 천 원 미만 절사",
            En = "Jeollanam-do food, advanced, rounded down to 1,000 won",
            Tenant = "jeonnam",
            Call = "2025-1",
            Tier = "ADV",
            Firm = "돌산갓김치",
            Supplier = "미래정보",
            Equipment = ["MetalDetector"],
            Total = 345_678_000,
            Shares =
            [
                Divided(National, 172_839_000, ThreeTranches, 1_000),
                Divided(Province, 51_851_000, ThreeTranches, 1_000),
                Divided(Municipality, 51_851_000, ThreeTranches, 1_000),
                Divided(Firm, 69_137_000, ThreeTranches, 1_000),
            ],
        },
        new DemoCase
        {
            Ko = "LG전자–신성델타테크, 현물 3천만 원",
            En = "LG Electronics and Shinsung Delta Tech, 30,000,000 in kind",
            Tenant = "lg",
            Call = "2025-1",
            Tier = "JOINT",
            Firm = "신성델타테크",
            Solution = "QMS",
            Total = 400_000_000,
            InKind = 30_000_000,
            Shares =
            [
                new(National, 120_000_000, 0, [48_000_000, 36_000_000, 36_000_000]),
                Divided(LeadFirm, 120_000_000, ThreeTranches, 1_000, inKind: 30_000_000),
                new(Firm, 160_000_000, 0, [64_000_000, 48_000_000, 48_000_000]),
            ],
        },
    ];
}
