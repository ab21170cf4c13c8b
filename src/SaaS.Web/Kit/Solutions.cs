using Microsoft.Extensions.Localization;
using SaaS.Web.Texts;

namespace SaaS.Web.Kit;

/// <summary>The classes of solutions and equipment that a form offers. Codes as in the domain's catalogue.</summary>
public static class Solutions
{
    public static readonly IReadOnlyList<string> All = ["MES", "ERP", "SCM", "PLM", "FEMS", "QMS", "WMS", "APS", "AI", "DigitalTwin"];

    public static readonly IReadOnlyList<string> Equipment = ["MetalDetector", "ForeignMatterSorter", "XrayInspection", "WeightChecker", "VisionInspection", "Sensor", "Controller", "Robot", "SmartHaccp", "AI", "DigitalTwin", "AAS"];

    public static string Solution(this IStringLocalizer<SharedTexts> texts, string code) => texts["solution." + code] is { ResourceNotFound: false } words ? words.Value : code;

    public static string EquipmentName(this IStringLocalizer<SharedTexts> texts, string code) => texts["equipment." + code] is { ResourceNotFound: false } words ? words.Value : code;
}
