using Npgsql;
using SaaS.IntegrationTests.Disbursements;
using SaaS.Platform.Documents;
using SaaS.Platform.Identity;
using SaaS.Platform.Invitations;
using SaaS.Platform.Organisations;
using SaaS.Platform.Tasks;

namespace SaaS.IntegrationTests.Access;

/// <summary>One membership of one person, with the cookie that acts for it; null in <c>Membership</c> for somebody who is not signed in.</summary>
internal sealed record Reader(string Name, Guid User, ActorMembership? Membership, IReadOnlyList<ActorMembership> All, string? Cookie)
{
    /// <summary>For whom the person acts on a path; null where nobody lets the person in.</summary>
    public ActorMembership? On(string path) => Membership is not null && PlanePath.Of(path).Fits(Membership)
        ? Membership
        : All.FirstOrDefault(PlanePath.Of(path).Fits);

    public override string ToString() => Membership is null ? Name : $"{Name} for {Membership.En}";
}

/// <summary>
/// Two cases that share nobody but KOSMO, each with everything that a case can have, and a third in between; every role of the demo.
/// </summary>
internal static class AccessWorld
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Season> OpenAsync(PlatformFixture platform)
    {
        var season = await Season.OpenAsync(platform);
        await season.GrantAsync("jeonnam");
        await UpToInspectionAsync(season, "dolsan", "jeonnam", "Narae Systems", 400_000_000, "ADV", "narae");
        await UpToInspectionAsync(season, "shinsung", "lg", "Hanbit Solutions", 400_000_000, "JOINT", "hanbit");
        var third = await season.SubmitAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 100_000_000));
        Assert.True(third.IsDone(out _));
        var fourth = await season.SubmitAsync("baewon", "jeonnam", (await season.RequestAsync("baewon", "jeonnam", 100_000_000)) with { SupplierBusinessNumber = "608-81-27802" });
        Assert.True(fourth.IsDone(out _));
        await season.RunJobsAsync();
        await AskEverybodyAsync(season);
        await using (var db = platform.Planes.OpenTenant("jeonnam"))
        {
            var version = db.Set<SaaS.Platform.Programmes.DefinitionVersion>().First();
            db.Add(new SaaS.Platform.Programmes.PublicationRequest(version.ProgrammeId, version.Id, 2, version.Json, 1, "시험", Guid.CreateVersion7(), platform.Clock.GetCurrentInstant()));
            await db.SaveChangesAsync(Cancelled);
        }

        await InviteAsync(season);
        await InviteCentresAsync(season);
        await using var connection = await platform.OpenAdminAsync();
        await PlatformFixture.ExecuteAsync(connection, "update calls set status = 'Draft' where tenant_id = 'changwon'");
        return season;
    }

    /// <summary>For every kind of body and role somebody who takes part in a case, of some also a second and a stranger, and somebody who is not signed in.</summary>
    public static async Task<IReadOnlyList<Reader>> ReadersAsync(PlatformFixture platform, Website website)
    {
        var people = new List<(string Name, string Stamp, Guid User, Guid Organisation)>();
        await using (var connection = await platform.OpenAdminAsync())
        await using (var command = new NpgsqlCommand(
            """
            select distinct u.user_name, u.security_stamp, u.id, o.id, o.kind, coalesce(o.tenant_id, '') as tenant,
                exists (select from applications a where o.id in (a.firm_id, a.supplier_id, a.centre_id) or o.tenant_id = a.tenant_id)
                or exists (select from application_shares s where o.id in (s.funder_organisation_id, s.payer_organisation_id)) as takes_part
            from users u join memberships m on m.user_id = u.id join organisations o on o.id = m.organisation_id
            order by takes_part desc, u.user_name
            """, connection))
        await using (var reader = await command.ExecuteReaderAsync(Cancelled))
        {
            while (await reader.ReadAsync(Cancelled))
            {
                people.Add((reader.GetString(0), reader.GetString(1), reader.GetGuid(2), reader.GetGuid(3)));
            }
        }

        var load = new LoadActor(platform.Planes);
        var readers = new List<Reader> { new("nobody", Guid.Empty, null, [], null) };
        var taken = new Dictionary<string, int>();
        foreach (var person in people)
        {
            var all = (await load.HandleAsync(person.User, Cancelled))!.Memberships;
            var membership = all.Single(membership => membership.OrganisationId == person.Organisation);
            var group = $"{membership.Kind} {string.Join(' ', membership.Roles.Order())}";
            var enough = membership.Kind switch
            {
                OrganisationKind.Firm => 3,
                OrganisationKind.Supplier or OrganisationKind.Centre or OrganisationKind.Assessors => 2,
                _ => 1,
            };
            if ((taken[group] = taken.GetValueOrDefault(group) + 1) <= enough)
            {
                readers.Add(new Reader(person.Name, person.User, membership, all, website.CookieOf(person.User, person.Stamp, person.Organisation)));
            }
        }

        return readers;
    }

    private static async Task UpToInspectionAsync(Season season, string firm, string tenant, string supplier, long cost, string tier, string supplierUser)
    {
        var suppliers = await new SaaS.Platform.Firms.ListSuppliers(season.Platform.Planes).RunAsync(Cancelled);
        var request = (await season.RequestAsync(firm, tenant, cost, tier)) with { SupplierBusinessNumber = suppliers.First(row => row.En == supplier).BusinessNumber };
        var submitted = await season.SubmitAsync(firm, tenant, request);
        Assert.True(submitted.IsDone(out var receipt), string.Join("; ", submitted.WhyNot.Select(reason => reason.En)));
        await season.RunJobsAsync();
        await season.ScoreAsync(receipt!.ApplicationId);
        for (var funders = 0; funders < 3; funders++)
        {
            await season.CommitAsync(receipt.ApplicationId);
        }

        await season.SignAllAsync(receipt.ApplicationId, tenant, firm, supplierUser);
        await season.PayTrancheAsync(receipt.ApplicationId, firm);
    }

    /// <summary>Two centres plan a draft, each of another tenant.</summary>
    private static async Task InviteCentresAsync(Season season)
    {
        foreach (var (tenant, centre) in new[] { ("jeonnam", "Jeonnam regional centre"), ("lg", "Gyeongnam regional centre") })
        {
            await using var db = season.Platform.Planes.OpenTenant(tenant);
            var version = db.Set<SaaS.Platform.Programmes.DefinitionVersion>().First();
            var body = db.Organisations.Single(row => row.En == centre);
            db.Add(new SaaS.Platform.Programmes.DefinitionDraft(version.ProgrammeId, version.DefinitionId, Unpublishable(version.Json), Guid.CreateVersion7(), season.Platform.Clock.GetCurrentInstant()));
            db.Add(new SaaS.Platform.Programmes.DraftGuest(version.ProgrammeId, body.Id, Guid.CreateVersion7(), season.Platform.Clock.GetCurrentInstant()));
            await db.SaveChangesAsync(Cancelled);
        }
    }

    /// <summary>So that no form that the sweep sends publishes the draft and takes it from those who read it.</summary>
    private static string Unpublishable(string json)
    {
        var definition = System.Text.Json.Nodes.JsonNode.Parse(json)!;
        definition["root"]!["activities"]!.AsArray().Single(activity => (string?)activity!["type"] == "Grant.EvaluationStage")!["passMark"] = 200;
        return definition.ToJsonString();
    }

    private static async Task InviteAsync(Season season)
    {
        foreach (var tenant in new[] { "jeonnam", "lg" })
        {
            var invited = await season.AsAsync($"{tenant}.officer", "/t/" + tenant, (InvitePeople invite) => invite.RunAsync(
                tenant, new InvitePeople.Request([new InvitePeople.Person("somebody@example.kr", [MemberRole.Viewer])]), Cancelled));
            Assert.Empty(invited.WhyNot);
        }
    }

    /// <summary>Every body of a case is asked something, so that there are tasks of everybody.</summary>
    private static async Task AskEverybodyAsync(Season season)
    {
        foreach (var tenant in new[] { "jeonnam", "lg" })
        {
            await using var db = season.Platform.Planes.OpenTenant(tenant);
            var cases = db.Set<SaaS.Platform.Applications.GrantApplication>().ToList();
            var own = db.Tenants.Single(row => row.Id == tenant).OrganisationId;
            foreach (var (application, body) in cases.SelectMany(row => new[] { row.FirmId, row.SupplierId, row.CentreId, own }.OfType<Guid>().Select(body => (row, body))))
            {
                db.Add(new HumanTask(
                    application.Id,
                    Guid.CreateVersion7(),
                    new TaskQuestion { AssigneeOrganisationId = body, TitleKo = "의견", TitleEn = "Opinion", Answers = """[{"code":"Yes","ko":"예","en":"Yes"}]""" },
                    season.Platform.Clock.GetCurrentInstant()));
            }

            db.AddRange(cases.Select(application => new ApplicationDocument
            {
                Id = Guid.CreateVersion7(),
                ApplicationId = application.Id,
                Code = "PLAN",
                Name = "plan.pdf",
                MediaType = "application/pdf",
                Size = 5,
                Hash = new string('0', 64),
                Content = "%PDF-"u8.ToArray(),
                UploadedBy = Guid.Empty,
                UploadedAt = season.Platform.Clock.GetCurrentInstant(),
            }));
            await db.SaveChangesAsync(Cancelled);
        }
    }
}
