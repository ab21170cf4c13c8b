using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage;
using SaaS.Domain.Money;
using SaaS.Platform.Audit;
using SaaS.Platform.Firms;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Data;

/// <summary>
/// The whole model, one type for all planes. Get one from <see cref="PlaneDb"/> (jobs, commands) or from the request's scope.
/// Entities of a feature are found by their <c>IEntityTypeConfiguration</c>; reach them with <c>db.Set&lt;T&gt;()</c>.
/// </summary>
public sealed class GrantsDb(DbContextOptions<GrantsDb> options) : DbContext(options)
{
    private readonly HashSet<object> held = [];
    private PlaneContext? context;
    private System.Data.Common.DbTransaction? contextSetIn;

    /// <summary>On whose behalf this context reads and writes.</summary>
    /// <exception cref="InvalidOperationException">Nobody said so: the context did not come from <see cref="PlaneDb"/>.</exception>
    public PlaneContext Context
    {
        get => context ?? throw new InvalidOperationException("This GrantsDb has no plane. Open it with PlaneDb.");
        internal set => context = value;
    }

    /// <summary>The tenant whose rows this context may write.</summary>
    /// <exception cref="InvalidOperationException">The context is of a plane without a tenant.</exception>
    public string Tenant => Context.Tenant
        ?? throw new InvalidOperationException($"The plane {Context.Plane} has no tenant. Write on planes.OpenTenant(row.TenantId).");

    /// <summary>Goes on as another tenant in the same transaction, and forgets what it has read: the policies see the new tenant from the next command on.</summary>
    internal void GoOnAs(string tenant)
    {
        ChangeTracker.Clear();
        Context = new PlaneContext(Context.Plane, tenant, Context.OrganisationId, Context.UserId);
        ContextSetIn = null;
    }

    public DbSet<Tenant> Tenants => Set<Tenant>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Firm> Firms => Set<Firm>();

    public DbSet<Facility> Facilities => Set<Facility>();

    public DbSet<Supplier> Suppliers => Set<Supplier>();

    public DbSet<User> Users => Set<User>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>True where the rows of many tenants may be seen together; there the policies of the plane decide alone.</summary>
    internal bool SpansTenants => Context.Tenant is null;

    internal string? FilteredTenant => Context.Tenant;

    /// <summary>The transaction that already carries the context; see <see cref="ContextCommands"/>.</summary>
    internal System.Data.Common.DbTransaction? ContextSetIn
    {
        get => contextSetIn;
        set
        {
            contextSetIn = value;
            held.Clear();
        }
    }

    /// <summary>
    /// Says that the current transaction holds the row of a tracked entity locked, as it was read: until the transaction ends nobody else
    /// changes or removes it, so that a save need not ask whether it is still there.
    /// </summary>
    internal void Hold(object entity) => held.Add(entity);

    internal bool Holds(object entity) => held.Contains(entity);

    internal AppendedRows Appended { get; } = new();

    /// <summary>Null for most: what is to be changed is read, and locked, first.</summary>
    internal Recollection? Recollection { get; set; }

    /// <summary>What is to be done when <see cref="SaveAndCommitAsync"/> has committed, in memory alone.</summary>
    internal List<Action> WhenCommitted { get; } = [];

    /// <summary>
    /// Adds rows with the next save that has tracked changes as well, which come first. They are not tracked: for rows that nobody looks at
    /// again here, such as lines of a journal.
    /// </summary>
    internal void Append<T>(IEnumerable<T> rows)
        where T : class, ITenantOwned
    {
        var type = Model.FindEntityType(typeof(T))!;
        foreach (var row in rows)
        {
            Appended.Add(type, row);
        }
    }

    /// <summary>
    /// Changes one property of a row without reading it: at once where this context has the row at hand, and otherwise with the next save
    /// that has tracked changes as well. A row that is not there is passed over.
    /// </summary>
    internal void Change<T>(Guid id, string property, object value)
        where T : class, ITenantOwned
    {
        if (Known<T>(id) is { } known)
        {
            known.Property(property).CurrentValue = value;
        }
        else
        {
            Appended.Change(Model.FindEntityType(typeof(T))!.FindProperty(property)!, id, value);
        }
    }

    /// <summary>A row of the tenant that this context has at hand. Looks for no changes: that would be every row of its table, each time.</summary>
    internal EntityEntry<T>? Known<T>(Guid id)
        where T : class, ITenantOwned
    {
        var looksForChanges = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return Set<T>().Local.FindEntryUntyped([Tenant, id]);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = looksForChanges;
        }
    }

    /// <summary>Removes a row with the next save that has tracked changes as well, without reading it; one that was appended is taken back, and one that is not there is passed over.</summary>
    internal void RemoveAppended<T>(Guid id, Func<T, Guid> idOf)
        where T : class, ITenantOwned => Appended.Remove(Model.FindEntityType(typeof(T))!, id, idOf);

    /// <summary>Asks <see cref="RowDatabase"/> to commit together with what it writes; false again when it did.</summary>
    internal bool CommitsWithSave { get; set; }

    /// <summary>Saves and ends the transaction in one round trip.</summary>
    /// <exception cref="DbUpdateException">The database refused a row: nothing of the transaction stands.</exception>
    public async Task SaveAndCommitAsync(IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        CommitsWithSave = true;
        await SaveChangesAsync(cancellationToken);
        if (CommitsWithSave)
        {
            CommitsWithSave = false;
            await transaction.CommitAsync(cancellationToken);
        }

        WhenCommitted.ForEach(action => action());
        WhenCommitted.Clear();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.KeyTenantOwned(GetType().Assembly);
        modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly);
        modelBuilder.FilterTenantOwned(this);
        modelBuilder.FixConventions();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<Won>().HaveConversion<WonConverter>();
    }
}
