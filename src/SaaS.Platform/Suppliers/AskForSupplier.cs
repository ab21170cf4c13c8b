using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Time;

namespace SaaS.Platform.Suppliers;

/// <summary>Has the supplier of an application examined, when it is not in the register: joins the open case of that supplier, or opens one.</summary>
public sealed class AskForSupplier(IClock clock)
{
    /// <returns>False when the supplier is registered, so that nothing need wait.</returns>
    internal async Task<bool> RunAsync(GrantsDb db, GrantApplication application, Guid supplierId, Guid bookmarkId, CancellationToken cancellationToken)
    {
        if (await IsRegisteredAsync(db, supplierId, cancellationToken))
        {
            return false;
        }

        // From here on nobody decides on this supplier until this transaction ends: what KOSMO decided before is seen, what comes after sees this.
        await LockAsync(db, supplierId, cancellationToken);
        if (await IsRegisteredAsync(db, supplierId, cancellationToken))
        {
            return false;
        }

        var open = await db.Set<SupplierCase>().SingleOrDefaultAsync(
            row => row.SupplierId == supplierId && row.Status == SupplierCaseStatus.Open, cancellationToken);
        if (open is null)
        {
            open = new SupplierCase(supplierId, clock.GetCurrentInstant(), clock.TodayInKorea());
            db.Add(open);
        }

        db.Add(new SupplierWait(application.Id, bookmarkId, open.Id, clock.GetCurrentInstant()));
        return true;
    }

    internal static Task LockAsync(GrantsDb db, Guid supplierId, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({supplierId.ToString()}, 0))", cancellationToken);

    private static Task<bool> IsRegisteredAsync(GrantsDb db, Guid supplierId, CancellationToken cancellationToken)
        => db.Suppliers.AnyAsync(supplier => supplier.OrganisationId == supplierId && supplier.Status == SupplierStatus.Registered, cancellationToken);
}
