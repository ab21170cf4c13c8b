using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.Platform;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;

namespace SaaS.Benchmarks;

/// <summary>What every benchmark stands on: the platform's services on a prepared database, and a firm that applies to Jeollanam-do's call.</summary>
public sealed class Ground : IAsyncDisposable
{
    public const string Tenant = "jeonnam";

    private readonly ServiceProvider services;
    private Guid firmId;
    private Guid facilityId;
    private Guid userId;
    private string supplierNumber = "";
    private int submitted;

    private Ground(ServiceProvider services, DatabaseSettings settings)
    {
        this.services = services;
        Admin = NpgsqlDataSource.Create(settings.Admin + ";Max Auto Prepare=50;Auto Prepare Min Usages=2");
        AsTenant = NpgsqlDataSource.Create(settings.ConnectionOf(Plane.Tenant));
        AsCompany = NpgsqlDataSource.Create(settings.ConnectionOf(Plane.Company));
    }

    public IServiceProvider Services => services;

    /// <summary>
    /// What PostgreSQL does by itself within a minute after many rows were written: connections forget plans that they made while the
    /// tables were empty.
    /// </summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await using var analyze = Admin.CreateCommand("analyze");
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }

    public PlaneDb Planes => services.GetRequiredService<PlaneDb>();

    /// <summary>Past every policy.</summary>
    public NpgsqlDataSource Admin { get; }

    public NpgsqlDataSource AsTenant { get; }

    public NpgsqlDataSource AsCompany { get; }

    public Guid CallId { get; private set; }

    public PlaneContext TenantContext { get; } = new(Plane.Tenant, Tenant);

    public PlaneContext CompanyContext => new(Plane.Company, null, firmId, userId);

    public static async Task<Ground> OpenAsync(CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddPlatform(configuration).BuildServiceProvider();
        var ground = new Ground(services, DatabaseSettings.From(configuration));
        ground.CallId = await ground.ValueAsync<Guid>($"select id from calls where tenant_id = '{Tenant}' and number = '2025-1'", cancellationToken);
        ground.userId = await ground.ValueAsync<Guid>("select id from users where user_name = 'namdo'", cancellationToken);
        ground.firmId = await ground.ValueAsync<Guid>($"select organisation_id from memberships where user_id = '{ground.userId}'", cancellationToken);
        ground.facilityId = await ground.ValueAsync<Guid>($"select id from facilities where firm_id = '{ground.firmId}'", cancellationToken);
        ground.supplierNumber = await ground.ValueAsync<string>("select business_number from organisations where en like 'Narae%'", cancellationToken);
        return ground;
    }

    /// <summary>Submits a basic project of 100,000,000 won with three cost lines, as the web server does for the firm.</summary>
    public async Task<ApplicationReceipt> SubmitAsync(CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<CurrentActor>();
        actor.Context = CompanyContext;
        actor.Roles = new HashSet<MemberRole> { MemberRole.Representative };
        var outcome = await scope.ServiceProvider.GetRequiredService<SubmitApplication>().RunAsync(CallId, NextRequest(), Guid.CreateVersion7().ToString(), cancellationToken);
        return outcome.IsDone(out var receipt) ? receipt : throw new InvalidOperationException($"The application was refused: {outcome}");
    }

    // One solution in one facility is applied for once: every request has another one.
    private ApplicationRequest NextRequest() => new()
    {
        FacilityId = facilityId,
        Title = "남도식품 생산관리 구축",
        Solution = $"MES {++submitted}",
        TotalCost = 100_000_000,
        RequestedTier = "BASIC",
        CostLines = [new CostItem("솔루션", 60_000_000), new CostItem("자동화 설비", 30_000_000), new CostItem("컨설팅", 10_000_000)],
        SupplierBusinessNumber = supplierNumber,
        Documents = ["APPLICATION", "PLAN", "BUSINESS-REGISTRATION", "FINANCIALS", "TAX", "QUOTE", "CONSENT"],
    };

    private async Task<T> ValueAsync<T>(string query, CancellationToken cancellationToken)
    {
        await using var command = Admin.CreateCommand(query);
        return await command.ExecuteScalarAsync(cancellationToken) is T value
            ? value
            : throw new InvalidOperationException($"Nothing answers '{query}': are the tenants' folders loaded?");
    }

    public async ValueTask DisposeAsync()
    {
        await Admin.DisposeAsync();
        await AsTenant.DisposeAsync();
        await AsCompany.DisposeAsync();
        await services.DisposeAsync();
    }
}
