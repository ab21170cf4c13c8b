namespace SaaS.Web.Pages.Company;

/// <summary>The fields that the application form has; a rule about anything else speaks of the firm or the programme.</summary>
public static class ApplyFields
{
    private static readonly List<string> Names = ["title", "facilityId", "solution", "equipment", "requestedTier", "supplierBusinessNumber", "costLines", "totalCost", "firmInKind", "documents"];

    public static bool Has(string where) => PlaceOf(where) >= 0;

    /// <summary>Where the form asks for it, from the top; negative when it does not.</summary>
    public static int PlaceOf(string where) => Names.IndexOf(where.Split('[')[0]);
}
