using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Firms;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Onboarding;
using SaaS.Platform.Refusals;
using SaaS.Platform.Shares;

namespace SaaS.IntegrationTests;

/// <summary>
/// The grant season of 2025 as the repository's tenants' folders have it, at 09:00 on 4 March in Seoul. People act through the same
/// operations as pages and API; jobs run here instead of in a worker, until nothing is left to do.
/// </summary>
public sealed class Season
{
    private readonly PlatformFixture platform;

    private Season(PlatformFixture platform) => this.platform = platform;

    public PlatformFixture Platform => platform;

    /// <summary>The folder of the repository that holds the tenants.</summary>
    public static string Tenants => Path.Combine(Root, "tenants");

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SaaS.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        }
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>An emptied database with all tenants of the repository.</summary>
    public static async Task<Season> OpenAsync(PlatformFixture platform)
    {
        var season = new Season(platform);
        await platform.ResetAsync(async () => Assert.Empty((await season.ApplyAsync(Tenants)).Problems));
        return season;
    }

    public Task<ApplyResult> ApplyAsync(params string[] folders)
        => platform.Services.GetRequiredService<ApplyTenants>().RunAsync(folders, password: null, Cancelled);

    /// <summary>Runs an operation as somebody on the plane of a path.</summary>
    public async Task<T> AsAsync<TOperation, T>(string user, string path, Func<TOperation, Task<T>> act)
        where TOperation : notnull
    {
        await using var scope = platform.Services.CreateAsyncScope();
        await ActAsync(scope.ServiceProvider, user, path);
        return await act(scope.ServiceProvider.GetRequiredService<TOperation>());
    }

    public Task<Outcome<ApplicationReceipt>> SubmitAsync(string firm, string tenant, ApplicationRequest request, string? key = null, string number = "2025-1")
        => SubmitToAsync(firm, tenant, number, request, key);

    public async Task<PreviewApplication.Preview> PreviewAsync(string firm, string tenant, ApplicationRequest request)
    {
        var call = await CallIdAsync(tenant, "2025-1");
        var outcome = await AsAsync(firm, "/company", (PreviewApplication preview) => preview.RunAsync(call, request, Cancelled));
        Assert.True(outcome.IsDone(out var shown), string.Join(' ', outcome.WhyNot.Select(reason => reason.Code)));
        return shown!;
    }

    public async Task<Guid> CallIdAsync(string tenant, string number)
    {
        await using var db = platform.Planes.OpenTenant(tenant);
        return await db.Set<Call>().Where(call => call.Number == number).Select(call => call.Id).SingleAsync(Cancelled);
    }

    /// <summary>A complete request of a firm for its first factory.</summary>
    public async Task<ApplicationRequest> RequestAsync(string firm, string tenant, long totalCost, string? tier = "BASIC", string number = "2025-1")
    {
        var facility = await AsAsync(firm, "/company", async (GrantsDb db) =>
            await db.Facilities.OrderBy(facility => facility.Name).Select(facility => facility.Id).FirstAsync(Cancelled));
        var suppliers = await platform.Services.GetRequiredService<ListSuppliers>().RunAsync(Cancelled);
        return new ApplicationRequest
        {
            FacilityId = facility,
            Title = "스마트공장 구축",
            Solution = "MES",
            Equipment = ["MetalDetector"],
            TotalCost = totalCost,
            RequestedTier = tier,
            SupplierBusinessNumber = suppliers.First(supplier => supplier.En == "Narae Systems").BusinessNumber,
            Documents = await DocumentsAsync(tenant, number),
        };
    }

    /// <summary>KOSMO grants all that was asked for a tier.</summary>
    public async Task GrantAsync(string tenant)
    {
        List<(Guid Id, long Asked)> grants;
        await using (var db = platform.Planes.OpenTenant(tenant))
        {
            grants = [.. (await db.Set<NationalGrant>().AsNoTracking().ToListAsync(Cancelled)).Select(grant => (grant.Id, grant.Asked.Amount))];
        }

        foreach (var (id, asked) in grants)
        {
            var outcome = await AsAsync("kosmo.officer", "/oversight", (GrantNationalShare grant) => grant.RunAsync(id, new(asked), Cancelled));
            Assert.Empty(outcome.WhyNot);
        }
    }

    /// <summary>Runs every open outbox message whose kind has a job, oldest first, until none is left.</summary>
    /// <returns>The kinds that ran, in order.</returns>
    public async Task<IReadOnlyList<string>> RunJobsAsync()
    {
        var registry = platform.Services.GetRequiredService<JobRegistry>();
        var ran = new List<string>();
        while (await NextAsync(registry) is { } next)
        {
            await RunAsync(next.Registration, next.Tenant, next.Id);
            ran.Add(next.Registration.Kind);
        }

        return ran;
    }

    /// <summary>Runs one job as Hangfire would.</summary>
    public async Task RunAsync(OutboxJobRegistration registration, string tenant, Guid id)
    {
        await using var scope = platform.Services.CreateAsyncScope();
        await ((IOutboxJob)scope.ServiceProvider.GetRequiredService(registration.Job)).RunAsync(tenant, id, Cancelled);
    }

    public async Task<GrantApplication> ApplicationAsync(string tenant, Guid id)
    {
        await using var db = platform.Planes.OpenTenant(tenant);
        return await db.Set<GrantApplication>().AsNoTracking().SingleAsync(application => application.Id == id, Cancelled);
    }

    public async Task<Dictionary<Funder, long>> SharesAsync(string tenant, Guid application)
    {
        await using var db = platform.Planes.OpenTenant(tenant);
        return await db.Set<ApplicationShare>().AsNoTracking()
            .Where(share => share.ApplicationId == application)
            .ToDictionaryAsync(share => share.Funder, share => share.Amount.Amount, Cancelled);
    }

    /// <summary>How many rows a tenant has, past every policy.</summary>
    public async Task<long> CountAsync(string table)
    {
        await using var connection = await platform.OpenAdminAsync();
        await using var command = new Npgsql.NpgsqlCommand($"select count(*) from {table}", connection);
        return (long)(await command.ExecuteScalarAsync(Cancelled))!;
    }

    public async Task<Guid> UserAsync(string user)
    {
        await using var db = platform.Planes.Open(new PlaneContext(Plane.Identity));
        return await db.Users.Where(person => person.UserName == user).Select(person => person.Id).SingleAsync(Cancelled);
    }

    private async Task<Outcome<ApplicationReceipt>> SubmitToAsync(string firm, string tenant, string number, ApplicationRequest request, string? key)
    {
        var call = await CallIdAsync(tenant, number);
        return await AsAsync(firm, "/company", (SubmitApplication submit) => submit.RunAsync(call, request, key ?? Guid.NewGuid().ToString(), Cancelled));
    }

    private async Task<IReadOnlyList<string>> DocumentsAsync(string tenant, string number)
    {
        await using var db = platform.Planes.OpenTenant(tenant);
        var version = await db.Set<Call>().Where(call => call.Number == number).Select(call => call.DefinitionVersionId).SingleAsync(Cancelled);
        var workflow = await platform.Services.GetRequiredService<SaaS.Platform.Programmes.CompiledDefinitions>().GetAsync(db, version, Cancelled);
        return [.. SaaS.Workflows.Programmes.ProgrammeOutline.Read(workflow).Documents.Where(document => document.Required).Select(document => document.Code)];
    }

    private async Task ActAsync(IServiceProvider services, string user, string path)
    {
        var actor = services.GetRequiredService<CurrentActor>();
        var person = await services.GetRequiredService<LoadActor>().HandleAsync(await UserAsync(user), Cancelled)
            ?? throw new InvalidOperationException($"There is no {user}.");
        var plane = PlanePath.Of(path);
        var membership = person.Memberships.First(plane.Fits);
        actor.Memberships = person.Memberships;
        actor.Chosen = membership;
        actor.Roles = membership.Roles;
        actor.Context = new PlaneContext(plane.Plane, plane.Tenant, membership.OrganisationId, person.UserId);
    }

    private async Task<(OutboxJobRegistration Registration, string Tenant, Guid Id)?> NextAsync(JobRegistry registry)
    {
        await using var connection = await platform.OpenAdminAsync();
        await using var command = new Npgsql.NpgsqlCommand(
            "select kind, tenant_id, id from outbox where done_at is null and available_at <= $1 order by created_at, id", connection);
        command.Parameters.AddWithValue(platform.Clock.GetCurrentInstant().ToDateTimeUtc());
        await using var reader = await command.ExecuteReaderAsync(Cancelled);
        while (await reader.ReadAsync(Cancelled))
        {
            if (registry.Find(reader.GetString(0)) is { } registration)
            {
                return (registration, reader.GetString(1), reader.GetGuid(2));
            }
        }

        return null;
    }
}
