namespace SaaS.Workflows.Programmes;

/// <summary>Kinds of equipment that programmes may ask for, by the codes that applications carry.</summary>
internal static class Equipment
{
    private static readonly Dictionary<string, Words> Names = new()
    {
        ["MetalDetector"] = new("금속검출기", "metal detector"),
        ["ForeignMatterSorter"] = new("이물질 선별기", "foreign-matter sorter"),
        ["XrayInspection"] = new("X선 검사기", "X-ray inspection"),
        ["WeightChecker"] = new("중량 선별기", "check weigher"),
        ["VisionInspection"] = new("비전 검사기", "vision inspection"),
        ["Sensor"] = new("센서", "sensors"),
        ["Controller"] = new("제어기", "controllers"),
        ["Robot"] = new("로봇", "robots"),
        ["AI"] = new("인공지능(AI)", "artificial intelligence"),
        ["DigitalTwin"] = new("디지털 트윈", "digital twin"),
        ["AAS"] = new("자산관리쉘(AAS)", "Asset Administration Shell (AAS)"),
        ["SmartHaccp"] = new("스마트 해썹(HACCP)", "Smart HACCP"),
    };

    public static IEnumerable<string> Codes => Names.Keys;

    public static Words? Find(string code) => Names.TryGetValue(code, out var words) ? words : null;
}
