namespace SaaS.Domain.Codes;

/// <summary>A division of manufacturing in the Korean Standard Industrial Classification, 11th revision (2024-07-01).</summary>
/// <param name="SmeSalesMax2015">Most average sales of an SME (won), decree of 2015.</param>
/// <param name="SmeSalesMax2025">The same since 2025-09-01.</param>
/// <param name="SmallFirmSalesMax2025">Most average sales of a small firm (소기업) since 2025-09-01 (won).</param>
public sealed record Sector(string Code, string Ko, string En, long SmeSalesMax2015, long SmeSalesMax2025, long SmallFirmSalesMax2025);

/// <summary>KSIC C10 to C34 with the ceilings of the SME decree's annexes 1 and 3.</summary>
public static class Sectors
{
    private const long Eok = 100_000_000;

    public static IReadOnlyList<Sector> All { get; } =
    [
        new("C10", "식료품 제조업", "Food products", 1000 * Eok, 1200 * Eok, 120 * Eok),
        new("C11", "음료 제조업", "Beverages", 800 * Eok, 800 * Eok, 120 * Eok),
        new("C12", "담배 제조업", "Tobacco products", 1000 * Eok, 1000 * Eok, 80 * Eok),
        new("C13", "섬유제품(의복 제외) 제조업", "Textiles, except apparel", 1000 * Eok, 1000 * Eok, 80 * Eok),
        new("C14", "의복, 의복 액세서리 및 모피제품 제조업", "Wearing apparel, clothing accessories and fur", 1500 * Eok, 1500 * Eok, 120 * Eok),
        new("C15", "가죽, 가방 및 신발 제조업", "Leather, luggage and footwear", 1500 * Eok, 1500 * Eok, 120 * Eok),
        new("C16", "목재 및 나무제품(가구 제외) 제조업", "Wood and wood products, except furniture", 1000 * Eok, 1000 * Eok, 80 * Eok),
        new("C17", "펄프, 종이 및 종이제품 제조업", "Pulp, paper and paper products", 1500 * Eok, 1800 * Eok, 80 * Eok),
        new("C18", "인쇄 및 기록매체 복제업", "Printing and reproduction of recorded media", 800 * Eok, 800 * Eok, 80 * Eok),
        new("C19", "코크스, 연탄 및 석유정제품 제조업", "Coke, briquettes and refined petroleum", 1000 * Eok, 1000 * Eok, 140 * Eok),
        new("C20", "화학물질 및 화학제품(의약품 제외) 제조업", "Chemicals, except pharmaceuticals", 1000 * Eok, 1200 * Eok, 120 * Eok),
        new("C21", "의료용 물질 및 의약품 제조업", "Pharmaceuticals and medicinal chemicals", 800 * Eok, 800 * Eok, 120 * Eok),
        new("C22", "고무 및 플라스틱제품 제조업", "Rubber and plastics", 1000 * Eok, 1200 * Eok, 80 * Eok),
        new("C23", "비금속 광물제품 제조업", "Other non-metallic mineral products", 800 * Eok, 800 * Eok, 120 * Eok),
        new("C24", "1차 금속 제조업", "Basic metals", 1500 * Eok, 1800 * Eok, 140 * Eok),
        new("C25", "금속가공제품(기계 및 가구 제외) 제조업", "Fabricated metal products", 1000 * Eok, 1200 * Eok, 120 * Eok),
        new("C26", "전자부품, 컴퓨터, 영상, 음향 및 통신장비 제조업", "Electronic components, computers, communications equipment", 1000 * Eok, 1000 * Eok, 120 * Eok),
        new("C27", "의료, 정밀, 광학기기 및 시계 제조업", "Medical, precision and optical instruments, watches", 800 * Eok, 800 * Eok, 80 * Eok),
        new("C28", "전기장비 제조업", "Electrical equipment", 1500 * Eok, 1800 * Eok, 120 * Eok),
        new("C29", "기타 기계 및 장비 제조업", "Other machinery and equipment", 1000 * Eok, 1200 * Eok, 120 * Eok),
        new("C30", "자동차 및 트레일러 제조업", "Motor vehicles and trailers", 1000 * Eok, 1200 * Eok, 120 * Eok),
        new("C31", "기타 운송장비 제조업", "Other transport equipment", 1000 * Eok, 1200 * Eok, 80 * Eok),
        new("C32", "가구 제조업", "Furniture", 1500 * Eok, 1500 * Eok, 120 * Eok),
        new("C33", "기타 제품 제조업", "Other manufacturing", 800 * Eok, 1000 * Eok, 80 * Eok),
        new("C34", "산업용 기계 및 장비 수리업", "Maintenance and repair of industrial machinery", 600 * Eok, 600 * Eok, 15 * Eok),
    ];

    private static readonly Dictionary<string, Sector> ByCode = All.ToDictionary(sector => sector.Code);

    /// <summary>Null when there is no such division in manufacturing.</summary>
    public static Sector? Find(string code) => ByCode.GetValueOrDefault(code);
}
