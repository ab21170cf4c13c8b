using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace SaaS.Platform.Data;

/// <summary>Opens the database on a plane. A singleton; one pool of connections and one pool of contexts for each plane.</summary>
/// <remarks>
/// Read as who you are, write as the tenant: an operation on another plane first reads the row there (not visible means not found)
/// and then writes on <see cref="OpenTenant"/> of the row's tenant.
/// </remarks>
public sealed class PlaneDb
{
    private readonly Dictionary<Plane, PooledDbContextFactory<GrantsDb>> factories;

    public PlaneDb(DatabaseSettings settings)
    {
        factories = Enum.GetValues<Plane>().ToDictionary(
            plane => plane,
            plane => new PooledDbContextFactory<GrantsDb>(Options(settings.ConnectionOf(plane)), poolSize: 32));
    }

    /// <summary>The caller disposes what it opened.</summary>
    public GrantsDb Open(PlaneContext context)
    {
        if (context is { Plane: Plane.Tenant, Tenant: null or "" })
        {
            throw new InvalidOperationException("The tenant plane needs a tenant.");
        }

        var db = factories[context.Plane].CreateDbContext();
        db.Context = context;
        db.ContextSetIn = null;
        db.CommitsWithSave = false;
        db.Appended.Clear();
        db.Recollection = null;
        db.WhenCommitted.Clear();

        // What is refused ends its transaction; nothing goes on from a savepoint, which would cost two round trips more.
        db.Database.AutoSavepointsEnabled = false;
        return db;
    }

    /// <summary>Opens the tenant's own plane, on behalf of a person where one acts.</summary>
    public GrantsDb OpenTenant(string tenant, Guid? userId = null, Guid? organisationId = null)
        => Open(new PlaneContext(Plane.Tenant, tenant, organisationId, userId));

    public GrantsDb OpenOversight(Guid? userId = null, Guid? organisationId = null)
        => Open(new PlaneContext(Plane.Oversight, null, organisationId, userId));

    internal static DbContextOptions<GrantsDb> Options(string connection) => new DbContextOptionsBuilder<GrantsDb>()
        .UseNpgsql(connection, npgsql => npgsql.UseNodaTime())
        .UseSnakeCaseNamingConvention()
        .AddInterceptors(Context, Stamp)
        .ReplaceService<IDatabase, RowDatabase>()
        .Options;

    private static readonly ContextCommands Context = new();
    private static readonly StampTenants Stamp = new();
}
