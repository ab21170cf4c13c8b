using NodaTime;

namespace SaaS.Platform.Applications;

/// <summary>What an applicant gets for a submitted application.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="Tenant">Whose call it was.</param>
/// <param name="ReceiptNumber">For example JEONNAM-2025-000123.</param>
/// <param name="SubmittedAt">When it arrived at the server.</param>
/// <param name="Title">The project.</param>
/// <param name="Tier">The tier that the programme chose.</param>
/// <param name="TotalCost">In won.</param>
/// <param name="IsRepeat">True when the same request had been accepted before; nothing was stored this time.</param>
public sealed record ApplicationReceipt(
    Guid ApplicationId, string Tenant, string ReceiptNumber, Instant SubmittedAt, string Title, string Tier, long TotalCost, bool IsRepeat)
{
    internal static ApplicationReceipt Of(GrantApplication application, string tenant, bool isRepeat) => new(
        application.Id, tenant, application.ReceiptNumber, application.SubmittedAt, application.Title, application.Tier, application.TotalCost.Amount, isRepeat);
}
