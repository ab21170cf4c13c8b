using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Firms;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Onboarding;

/// <summary>Brings tenants, registered bodies, firms, facilities, suppliers and people up to date. A body is known by its business number.</summary>
public sealed class ApplyBodies(AddUser addUser)
{
    /// <param name="db">Opened on <see cref="Plane.Administration"/>, in a transaction; saves, the caller commits.</param>
    /// <param name="folders">Checked before.</param>
    /// <param name="password">For people who have none; null for no sign-in yet.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task RunAsync(GrantsDb db, IReadOnlyList<TenantFolder> folders, string? password, CancellationToken cancellationToken)
    {
        var organisations = await db.Organisations.Where(organisation => organisation.BusinessNumber != null)
            .ToDictionaryAsync(organisation => organisation.BusinessNumber!, cancellationToken);
        var people = new List<(PersonFile Person, Guid Organisation)>();
        foreach (var folder in folders)
        {
            var body = await RegisterTenant.RunAsync(db, folder.Tenant.Description, organisations, cancellationToken);
            people.AddRange((folder.Tenant.People ?? []).Select(person => (person, body.Id)));
            foreach (var registered in folder.Registered)
            {
                var other = RegisterTenant.Body(db, organisations, registered.BusinessNumber, Enum.Parse<OrganisationKind>(registered.Kind!), registered.Ko!, registered.En!);
                (other.RegionCode, other.MunicipalityCode) = (registered.Region, registered.Municipality);
                people.AddRange((registered.People ?? []).Select(person => (person, other.Id)));
                await FirmAsync(db, other.Id, registered, cancellationToken);
                await SupplierAsync(db, other.Id, registered.Supplier, cancellationToken);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await PeopleAsync(db, people, password, cancellationToken);
    }

    private static async Task FirmAsync(GrantsDb db, Guid organisationId, RegisteredFile registered, CancellationToken cancellationToken)
    {
        if (registered.Firm is not { } file)
        {
            return;
        }

        if (!await db.Firms.AnyAsync(firm => firm.OrganisationId == organisationId, cancellationToken))
        {
            // Later the firm itself keeps its facts; the file is only how it began.
            db.Firms.Add(new Firm
            {
                OrganisationId = organisationId,
                Employees = file.Employees,
                Revenue = Money(file.Revenue),
                AverageSales = Money(file.AverageSales),
                Assets = Money(file.Assets),
                Independent = file.Independent,
                Ksic = file.Ksic!,
                Level = file.Level ?? 0,
                TaxArrears = file.TaxArrears ?? false,
                Banned = file.Banned ?? false,
            });
        }

        var present = await db.Facilities.Where(facility => facility.FirmId == organisationId).ToListAsync(cancellationToken);
        foreach (var facility in (registered.Facilities ?? []).Where(facility => facility is { Name: not null, Region: not null, Municipality: not null }))
        {
            var known = present.Find(other => other.Name == facility.Name);
            if (known is null)
            {
                known = new Facility
                {
                    Id = Guid.CreateVersion7(),
                    FirmId = organisationId,
                    Name = facility.Name!,
                    RegionCode = facility.Region!,
                    MunicipalityCode = facility.Municipality!,
                };
                db.Facilities.Add(known);
            }

            (known.RegionCode, known.MunicipalityCode, known.Address) = (facility.Region!, facility.Municipality!, facility.Address ?? "");
        }
    }

    private static async Task SupplierAsync(GrantsDb db, Guid organisationId, SupplierFile? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return;
        }

        var status = Enum.Parse<SupplierStatus>(file.Status!);
        var supplier = await db.Suppliers.SingleOrDefaultAsync(supplier => supplier.OrganisationId == organisationId, cancellationToken);
        if (supplier is null)
        {
            supplier = new Supplier { OrganisationId = organisationId, Status = status };
            db.Suppliers.Add(supplier);
        }

        (supplier.Status, supplier.Grade) = (status, file.Grade);
    }

    // One person may stand in several folders: what other folders gave stays.
    private async Task PeopleAsync(GrantsDb db, List<(PersonFile Person, Guid Organisation)> people, string? password, CancellationToken cancellationToken)
    {
        var names = people.Select(entry => entry.Person.User!).Distinct().ToList();
        var present = await (
            from user in db.Users.AsNoTracking()
            where names.Contains(user.UserName)
            join membership in db.Memberships on user.Id equals membership.UserId into memberships
            select new { user.UserName, user.Ko, user.En, HasPassword = user.PasswordHash != null, Memberships = memberships.ToList() })
            .ToDictionaryAsync(user => user.UserName, cancellationToken);
        foreach (var group in people.GroupBy(entry => entry.Person.User!))
        {
            var bodies = group.Select(entry => entry.Organisation).ToHashSet();
            var known = present.GetValueOrDefault(group.Key);
            var wanted = (known?.Memberships ?? [])
                .Where(membership => !bodies.Contains(membership.OrganisationId))
                .Select(membership => (membership.OrganisationId, membership.Role))
                .Concat(group.Select(entry => (OrganisationId: entry.Organisation, Role: Enum.Parse<MemberRole>(entry.Person.Role!))))
                .ToHashSet();
            var person = group.First().Person;
            var same = known is not null && known.Ko == person.Ko && known.En == person.En && (known.HasPassword || password is null)
                && wanted.SetEquals(known.Memberships.Select(membership => (membership.OrganisationId, membership.Role)));
            if (!same)
            {
                await addUser.HandleAsync(db, group.Key, person.Ko!, person.En!, password, wanted, cancellationToken);
            }
        }
    }

    private static Won? Money(long? amount) => amount is { } known ? new Won(known) : null;
}
