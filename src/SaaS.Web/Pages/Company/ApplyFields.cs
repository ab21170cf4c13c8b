namespace SaaS.Web.Pages.Company;

/// <summary>The fields that the application form has; a rule about anything else speaks of the firm or the programme.</summary>
public static class ApplyFields
{
    private static readonly HashSet<string> Names = ["facilityId", "title", "solution", "equipment", "totalCost", "requestedTier", "supplierBusinessNumber", "documents", "costLines"];

    public static bool Has(string where) => Names.Contains(where) || where.StartsWith("costLines[", StringComparison.Ordinal);
}
