using Microsoft.EntityFrameworkCore.Design;

namespace SaaS.Platform.Data;

/// <summary>For <c>dotnet ef migrations add</c> alone; it needs a model, not a database.</summary>
internal sealed class GrantsDbForDesign : IDesignTimeDbContextFactory<GrantsDb>
{
    public GrantsDb CreateDbContext(string[] args) => new(PrepareDatabase.MigrationOptions("Host=nowhere"));
}
