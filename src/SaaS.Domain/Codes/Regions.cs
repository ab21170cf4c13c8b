using NodaTime;

namespace SaaS.Domain.Codes;

/// <summary>A first-level region by its administrative code (행정표준코드, two digits).</summary>
/// <param name="ValidFrom">First day of this code; null when it always held.</param>
/// <param name="ValidTo">Last day; null while it holds.</param>
/// <param name="SucceededBy">The code after <paramref name="ValidTo"/>.</param>
public sealed record Region(string Code, string Ko, string Short, string En, LocalDate? ValidFrom, LocalDate? ValidTo, string? SucceededBy)
{
    /// <summary>On some day of the year at least.</summary>
    public bool HoldsIn(int year) => (ValidFrom is not { } from || from.Year <= year) && (ValidTo is not { } to || to.Year >= year);

    public bool HoldsOn(LocalDate day) => (ValidFrom is not { } from || from <= day) && (ValidTo is not { } to || day <= to);
}

/// <summary>The regions of Korea, dated: a project of 2025 keeps its code for ever.</summary>
public static class Regions
{
    public static IReadOnlyList<Region> All { get; } =
    [
        new("11", "서울특별시", "서울", "Seoul", null, null, null),
        new("26", "부산광역시", "부산", "Busan", null, null, null),
        new("27", "대구광역시", "대구", "Daegu", null, null, null),
        new("28", "인천광역시", "인천", "Incheon", null, null, null),
        new("29", "광주광역시", "광주", "Gwangju", null, new LocalDate(2026, 6, 30), "12"),
        new("30", "대전광역시", "대전", "Daejeon", null, null, null),
        new("31", "울산광역시", "울산", "Ulsan", null, null, null),
        new("36", "세종특별자치시", "세종", "Sejong", null, null, null),
        new("41", "경기도", "경기", "Gyeonggi", null, null, null),
        new("51", "강원특별자치도", "강원", "Gangwon State", new LocalDate(2023, 6, 11), null, null),
        new("42", "강원도", "강원", "Gangwon", null, new LocalDate(2023, 6, 10), "51"),
        new("43", "충청북도", "충북", "Chungbuk (North Chungcheong)", null, null, null),
        new("44", "충청남도", "충남", "Chungnam (South Chungcheong)", null, null, null),
        new("52", "전북특별자치도", "전북", "Jeonbuk State", new LocalDate(2024, 1, 18), null, null),
        new("45", "전라북도", "전북", "Jeonbuk (North Jeolla)", null, new LocalDate(2024, 1, 17), "52"),
        new("46", "전라남도", "전남", "Jeonnam (South Jeolla)", null, new LocalDate(2026, 6, 30), "12"),
        new("47", "경상북도", "경북", "Gyeongbuk (North Gyeongsang)", null, null, null),
        new("48", "경상남도", "경남", "Gyeongnam (South Gyeongsang)", null, null, null),
        new("50", "제주특별자치도", "제주", "Jeju", null, null, null),
        new("12", "전남광주통합특별시", "전남광주", "Jeonnam-Gwangju Integrated Special City", new LocalDate(2026, 7, 1), null, null),
    ];

    private static readonly Dictionary<string, Region> ByCode = All.ToDictionary(region => region.Code);

    /// <summary>Null when there never was such a code.</summary>
    public static Region? Find(string code) => ByCode.GetValueOrDefault(code);
}
