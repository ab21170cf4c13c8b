using NodaTime;

namespace SaaS.Domain.Codes;

/// <summary>A city, county or district by its administrative code (five digits; the first two are the region's).</summary>
public sealed record Municipality(string Code, string Ko, string En)
{
    public string Region => Code[..2];

    /// <summary>The first digits are the region's: the code ends with the region's.</summary>
    public bool HoldsOn(LocalDate day) => Regions.Find(Region) is { } region && region.HoldsOn(day);
}

/// <summary>The municipalities that programmes on this platform name. More are added here as tenants come.</summary>
public static class Municipalities
{
    public static IReadOnlyList<Municipality> All { get; } =
    [
        new("46110", "목포시", "Mokpo"),
        new("46130", "여수시", "Yeosu"),
        new("46150", "순천시", "Suncheon"),
        new("46170", "나주시", "Naju"),
        new("46230", "광양시", "Gwangyang"),
        new("46720", "곡성군", "Gokseong"),
        new("48120", "창원시", "Changwon"),
        new("48170", "진주시", "Jinju"),
        new("48250", "김해시", "Gimhae"),
        new("48330", "양산시", "Yangsan"),
        new("52110", "전주시", "Jeonju"),
        new("52130", "군산시", "Gunsan"),
        new("52140", "익산시", "Iksan"),
        new("52180", "정읍시", "Jeongeup"),
        new("41110", "수원시", "Suwon"),
        new("26440", "부산광역시 강서구", "Gangseo-gu, Busan"),
        new("27290", "대구광역시 달서구", "Dalseo-gu, Daegu"),
        new("28200", "인천광역시 남동구", "Namdong-gu, Incheon"),
        new("31140", "울산광역시 남구", "Nam-gu, Ulsan"),
        new("43110", "청주시", "Cheongju"),
        new("43130", "충주시", "Chungju"),
        new("47110", "포항시", "Pohang"),
        new("47130", "경주시", "Gyeongju"),
        new("47190", "구미시", "Gumi"),
        new("51130", "원주시", "Wonju"),
    ];

    private static readonly Dictionary<string, Municipality> ByCode = All.ToDictionary(municipality => municipality.Code);

    /// <summary>Null when the platform does not know the code.</summary>
    public static Municipality? Find(string code) => ByCode.GetValueOrDefault(code);
}
