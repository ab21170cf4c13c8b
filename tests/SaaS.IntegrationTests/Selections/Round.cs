using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SaaS.IntegrationTests.Programmes;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Evaluations;
using SaaS.Platform.Identity;
using SaaS.Platform.Selections;
using SaaS.Platform.Shares;

namespace SaaS.IntegrationTests.Selections;

/// <summary>
/// Jeonnam's advanced tier as one round of applications: every project costs 400,000,000 won (central 200, province 60, city 60, firm 80 million).
/// Firms are founded in the cities where the test wants them and apply, are judged and selected through the real operations and jobs.
/// </summary>
internal sealed class Round(Season season)
{
    public const string Tenant = "jeonnam";

    private const long Cost = 400_000_000;

    private readonly Dictionary<string, Guid> applications = [];

    private static readonly Dictionary<string, string> Cities = new() { ["Naju"] = "46170", ["Yeosu"] = "46130", ["Gokseong"] = "46720" };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public Season Season => season;

    /// <param name="platform">The platform.</param>
    /// <param name="selection">As the programme's evaluation stage says: AsTheyCome or AfterClosing.</param>
    /// <param name="whenShort">Skip or Stop.</param>
    public static async Task<Round> OpenAsync(PlatformFixture platform, string selection, string whenShort = "Skip")
    {
        var season = await Season.OpenAsync(platform);
        await SelectAsync(season, selection, whenShort);
        return new Round(season);
    }

    /// <summary>Jeonnam's programme of 2025 gets a version that selects so.</summary>
    public static async Task SelectAsync(Season season, string selection, string whenShort)
    {
        var copy = Path.Combine(Path.GetTempPath(), $"saas-round-{Guid.NewGuid():N}", Tenant);
        Directory.CreateDirectory(Path.Combine(copy, "programmes"));
        try
        {
            foreach (var file in new[] { "tenant.json", Path.Combine("programmes", "food-2025.json") })
            {
                File.Copy(Path.Combine(Season.Tenants, Tenant, file), Path.Combine(copy, file));
            }

            TenantFolderTests.Edit(Path.Combine(copy, "programmes", "food-2025.json"), definition =>
            {
                var evaluation = definition["root"]!["activities"]!.AsArray().Single(activity => (string?)activity!["id"] == "evaluation")!;
                evaluation["selection"] = selection;
                evaluation["whenShort"] = whenShort;
            });
            Assert.Empty((await season.ApplyAsync(copy)).Problems);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
        }
    }

    /// <summary>KOSMO grants so much more.</summary>
    public async Task GrantAsync(long amount)
    {
        Guid id;
        await using (var db = season.Platform.Planes.OpenTenant(Tenant))
        {
            id = await db.Set<NationalGrant>().Where(grant => grant.Tier == "ADV").Select(grant => grant.Id).SingleAsync(Cancelled);
        }

        var outcome = await season.AsAsync("kosmo.officer", "/oversight", (GrantNationalShare grant) => grant.RunAsync(id, new(amount), Cancelled));
        Assert.Empty(outcome.WhyNot);
    }

    /// <summary>Sets a budget line of the call (won), whoever's it is.</summary>
    public async Task BudgetAsync(string body, long amount)
    {
        await using var admin = await season.Platform.OpenAdminAsync();
        await PlatformFixture.ExecuteAsync(
            admin, $"update budget_lines set appropriated = {amount} where tenant_id = '{Tenant}' and funder_organisation_id = (select id from organisations where en = '{body}' and kind <> 'Firm')");
    }

    /// <summary>Firms are founded and apply, in this order.</summary>
    public async Task ApplyAsync(params (string Firm, string City)[] firms)
    {
        var template = await season.RequestAsync("namdo", Tenant, Cost, "ADV");
        var call = await season.CallIdAsync(Tenant, "2025-1");
        foreach (var (name, city) in firms)
        {
            season.Platform.Clock.Advance(Duration.FromSeconds(1));
            var (firm, facility) = await FoundAsync(name, Cities[city]);
            var outcome = await AsFirmAsync(firm, (SubmitApplication submit) => submit.RunAsync(call, template with { FacilityId = facility }, $"application-{name}", Cancelled));
            Assert.True(outcome.IsDone(out var receipt), string.Join("; ", outcome.WhyNot.Select(reason => reason.En)));
            applications[name] = receipt!.ApplicationId;
        }

        await season.RunJobsAsync();
    }

    /// <summary>The evaluators give a firm so many points of 100.</summary>
    public async Task ScoreAsync(string firm, int points)
    {
        foreach (var evaluator in new[] { "evaluator1", "evaluator2" })
        {
            var open = (await season.AsAsync(evaluator, "/assess", (ListEvaluations list) => list.RunAsync(Cancelled)))
                .SingleOrDefault(row => row.ApplicationId == applications[firm] && row.SubmittedAt is null);
            if (open is null)
            {
                continue;
            }

            var seen = await season.AsAsync(evaluator, "/assess", (ViewEvaluation view) => view.RunAsync(open.Id, Cancelled));
            Assert.True(seen.IsDone(out var sheet));
            var left = points;
            var scores = new Dictionary<string, int?>();
            foreach (var criterion in sheet!.Criteria)
            {
                scores[criterion.Code] = Math.Min(criterion.Weight, left);
                left -= Math.Min(criterion.Weight, left);
            }

            Assert.Empty((await season.AsAsync(evaluator, "/assess", (ScoreEvaluation score) => score.RunAsync(open.Id, new(false, scores, null), Cancelled))).WhyNot);
        }

        await season.RunJobsAsync();
    }

    /// <summary>The call is over.</summary>
    public async Task CloseAsync()
    {
        season.Platform.Clock.Reset(Instant.FromUtc(2025, 4, 4, 9, 0));
        await season.RunJobsAsync();
    }

    /// <summary>The firm gives up.</summary>
    public async Task WithdrawAsync(string firm)
    {
        var id = (await season.ApplicationAsync(Tenant, applications[firm])).FirmId;
        var outcome = await AsFirmAsync(id, (WithdrawApplication withdraw) => withdraw.RunAsync(applications[firm], new(null), Cancelled));
        Assert.Empty(outcome.WhyNot);
        await season.RunJobsAsync();
    }

    /// <summary>The ranking, a line a firm: rank, firm, standing and why it waits.</summary>
    public async Task<IReadOnlyList<string>> RankingAsync()
    {
        await using var db = season.Platform.Planes.OpenTenant(Tenant);
        var names = applications.ToDictionary(pair => pair.Value, pair => pair.Key);
        return [.. (await db.Set<Candidate>().AsNoTracking().OrderBy(candidate => candidate.Rank).ToListAsync(Cancelled))
            .Select(candidate => $"{candidate.Rank} {names[candidate.ApplicationId]} {candidate.Standing} {string.Join(' ', candidate.WhyWaiting().Select(why => why.Code))}".Trim())];
    }

    public async Task<ApplicationStatus> StatusAsync(string firm) => (await season.ApplicationAsync(Tenant, applications[firm])).Status;

    public Guid Application(string firm) => applications[firm];

    /// <summary>What is left on a funder's line (won).</summary>
    public async Task<long> LeftAsync(string body)
    {
        await using var db = season.Platform.Planes.OpenTenant(Tenant);
        var organisation = await db.Organisations.Where(organisation => organisation.En == body).Select(organisation => organisation.Id).SingleAsync(Cancelled);
        var line = await db.Set<BudgetLine>().AsNoTracking().SingleAsync(line => line.FunderOrganisationId == organisation, Cancelled);
        return line.Free.Amount;
    }

    /// <summary>The firms' representative is one person; which firm is meant must be said.</summary>
    private async Task<T> AsFirmAsync<TOperation, T>(Guid firm, Func<TOperation, Task<T>> act)
        where TOperation : notnull
    {
        await using var scope = season.Platform.Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<CurrentActor>();
        actor.Context = new PlaneContext(Plane.Company, null, firm, await season.UserAsync("namdo"));
        actor.Roles = new HashSet<MemberRole> { MemberRole.Representative };
        return await act(scope.ServiceProvider.GetRequiredService<TOperation>());
    }

    private async Task<(Guid Firm, Guid Facility)> FoundAsync(string name, string municipality)
    {
        var (firm, facility) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var admin = await season.Platform.OpenAdminAsync();
        await PlatformFixture.ExecuteAsync(admin, $"""
            insert into organisations (id, kind, ko, en) values ('{firm}', 'Firm', '{name}', '{name}');
            insert into firms (organisation_id, employees, revenue, ksic, level, tax_arrears, banned) values ('{firm}', 50, 5000000000, 'C10', 1, false, false);
            insert into memberships (user_id, organisation_id, role) select id, '{firm}', 'Representative' from users where user_name = 'namdo';
            insert into facilities (id, firm_id, name, region_code, municipality_code, address) values ('{facility}', '{firm}', '공장', '46', '{municipality}', '')
            """);
        return (firm, facility);
    }
}
