using Microsoft.Extensions.DependencyInjection;
using MailKit.Net.Smtp;
using NodaTime;
using Npgsql;
using SaaS.IntegrationTests.Disbursements;
using SaaS.IntegrationTests.Programmes;
using SaaS.Platform.Inbox;
using SaaS.Platform.Jobs;
using SaaS.Platform.Mail;
using SaaS.Platform.Programmes;

namespace SaaS.IntegrationTests.Inbox;

public sealed class NoticeMailTests(PlatformFixture platform) : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("saas-mail-").FullName;
    private ServiceProvider? services;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_is_mailed_once_however_often_the_jobs_run()
    {
        var season = await OpenAsync(null);

        await LookAsync();
        await LookAsync();
        await RunMailsAsync();
        await RunMailsAsync(again: true);
        await LookAsync();
        await RunMailsAsync();

        var letters = await LettersAsync();
        Assert.Equal(["dolsan@example.kr", "jeonnam.officer@example.kr", "narae@example.kr"], letters.Select(letter => letter.To).Order());
        var item = Assert.Single(await season.InboxAsync("dolsan"));
        var letter = letters.Single(letter => letter.To == "dolsan@example.kr");
        Assert.StartsWith("[스마트공장 지원사업] 협약에 서명하기", letter.Subject, StringComparison.Ordinal);
        Assert.Contains($"https://grants.example/inbox/open/{item.Id}", letter.Text, StringComparison.Ordinal);
        Assert.Contains("Sign an agreement", letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_address_or_wants_no_mail_gets_none_and_what_was_done_meanwhile_is_not_told()
    {
        var season = await OpenAsync(null);
        await ExecuteAsync("update users set mail_off = true where user_name = 'narae'");
        await LookAsync();
        var agreement = (await season.InboxAsync("dolsan")).Single().Id;
        Assert.Empty((await season.SignAsync("dolsan", "/company", agreement)).WhyNot);

        await RunMailsAsync();

        Assert.Equal(["jeonnam.officer@example.kr"], (await LettersAsync()).Select(letter => letter.To));
    }

    [Fact]
    public async Task Much_that_comes_at_once_comes_in_one_mail()
    {
        var season = await OpenAsync(null);
        await LookAsync();
        await using (var db = platform.Planes.OpenTenant("jeonnam"))
        {
            var application = db.Set<SaaS.Platform.Applications.GrantApplication>().Single();
            for (var number = 0; number <= InboxNoticesJob.MostMails; number++)
            {
                db.Add(new SaaS.Platform.Tasks.HumanTask(application.Id, Guid.CreateVersion7(), new() { AssigneeOrganisationId = application.FirmId, TitleKo = $"질문 {number}", TitleEn = "Q", Answers = "[]" }, platform.Clock.GetCurrentInstant()));
            }

            await db.SaveChangesAsync(Cancelled);
        }

        await LookAsync();
        await RunMailsAsync();

        var letters = (await LettersAsync()).Where(letter => letter.To == "dolsan@example.kr").ToList();
        Assert.Equal(2, letters.Count);
        Assert.Contains(letters, letter => letter.Subject.Contains("처리할 일 6건", StringComparison.Ordinal));
        Assert.Equal(7, await season.CountAsync($"inbox_notices where user_id = '{(await season.UsersAsync())["dolsan"]}'"));
    }

    [Fact]
    public async Task A_mail_that_the_server_may_have_is_never_sent_again()
    {
        using var server = new MailServer(Takes.BreaksOff, Takes.Fine);
        await OpenAsync(server.Address, "narae");
        await LookAsync();

        await Assert.ThrowsAsync<MailServerAwayException>(() => RunMailsAsync());
        platform.Clock.Advance(Duration.FromMinutes(1));
        await RunMailsAsync();

        Assert.Single(server.Mails);
        Assert.Equal(1, server.Calls);
    }

    [Fact]
    public async Task A_mail_that_the_server_refused_is_sent_when_it_takes_it()
    {
        using var server = new MailServer(Takes.Refuses, Takes.Refuses, Takes.Fine);
        await OpenAsync(server.Address, "narae");
        await LookAsync();

        await Assert.ThrowsAsync<SmtpCommandException>(() => RunMailsAsync());
        await Assert.ThrowsAsync<SmtpCommandException>(() => RunMailsAsync());
        await RunMailsAsync();
        await RunMailsAsync(again: true);

        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_server_that_is_away_is_left_alone_for_a_while_and_hinders_nobody()
    {
        Uri nobody;
        using (var gone = new MailServer(Takes.Fine))
        {
            nobody = gone.Address;
        }

        var season = await OpenAsync(nobody, "narae");
        await LookAsync();

        await Assert.ThrowsAsync<MailServerAwayException>(() => RunMailsAsync());
        var agreement = (await season.InboxAsync("narae")).Single().Id;
        Assert.Empty((await season.SignAsync("narae", "/supplier", agreement)).WhyNot);
        Assert.Equal(1, await season.CountAsync("outbox where kind = 'mail.notice' and done_at is null"));

        // As the dispatcher counts; the administrator sees it when it has lasted a while.
        await ExecuteAsync("update outbox set attempts = 2 where kind = 'mail.notice' and done_at is null");
        Assert.Null(await UnsentAsync(season, "jeonnam"));
        platform.Clock.Advance(Duration.FromMinutes(3));
        Assert.Equal((1, 0), (await UnsentAsync(season, "jeonnam")) is { } unsent ? (unsent.Count, unsent.GivenUp) : default);
        Assert.Null(await UnsentAsync(season, "gyeongnam"));
    }

    [Fact]
    public async Task Each_request_to_look_a_draft_over_is_mailed_and_each_return_with_its_reason()
    {
        var season = await OpenAsync(null, "jeonnam.officer", "jeonnam.approver");
        var officer = await season.AuthorAsync("jeonnam.officer");
        var approver = await season.AuthorAsync("jeonnam.approver");
        var programme = await season.StartDraftAsync(officer, "first");

        foreach (var reason in new[] { "확약 공문이 빠졌습니다.", "지급 비율을 확인해 주세요." })
        {
            await season.HandOverAsync(officer, programme);
            await LookAsync();
            await RunMailsAsync();
            var revision = (await season.DraftAsync(approver, programme)).Revision;
            Assert.Empty((await services!.GetRequiredService<SendBackDraft>().RunAsync(approver, programme, revision, reason, Cancelled)).WhyNot);
            await LookAsync();
            await RunMailsAsync();
        }

        var letters = (await LettersAsync()).Where(letter => letter.Subject.Contains("사업", StringComparison.Ordinal) && letter.Subject.Contains("first", StringComparison.Ordinal)).ToLookup(letter => letter.To);
        Assert.Equal(2, letters["jeonnam.approver@example.kr"].Count(letter => letter.Subject.Contains("사업 게시 검토하기", StringComparison.Ordinal)));
        Assert.Single(letters["jeonnam.officer@example.kr"], letter => letter.Subject.Contains("반려된 사업 초안 고치기", StringComparison.Ordinal) && letter.Text.Contains("까닭: 확약 공문이 빠졌습니다.", StringComparison.Ordinal));
        Assert.Single(letters["jeonnam.officer@example.kr"], letter => letter.Text.Contains("Reason: 지급 비율을 확인해 주세요.", StringComparison.Ordinal));
        Assert.Equal(4, letters.Sum(letter => letter.Count()));
    }

    [Theory]
    [InlineData("hong@example.kr", true, null)]
    [InlineData("hong@example.kr", false, null)]
    [InlineData("", false, null)]
    [InlineData("", true, "email-form")]
    [InlineData("Hong <hong@example.kr>", true, "email-form")]
    [InlineData("hong@example.kr\r\nBcc: eve@example.kr", true, "email-form")]
    public async Task A_person_chooses_where_to_be_told_and_whether(string address, bool wanted, string? refused)
    {
        var season = await OpenAsync(null);

        var outcome = await season.AsAsync("narae", "/inbox", (ChangeMailWishes change) => change.RunAsync(new(address, wanted), Cancelled));

        Assert.Equal(refused, outcome.WhyNot is [var reason, ..] ? reason.Code : null);
        await LookAsync();
        await RunMailsAsync();
        Assert.Equal(
            refused is not null ? "narae@example.kr" : wanted ? address : null,
            (await LettersAsync()).Select(letter => letter.To).SingleOrDefault(to => to is not ("dolsan@example.kr" or "jeonnam.officer@example.kr")));
    }

    public async ValueTask DisposeAsync()
    {
        if (services is not null)
        {
            await services.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>An agreement waits to be signed by the firm, the supplier and the tenant; the named of them have an address, or three.</summary>
    private async Task<Season> OpenAsync(Uri? server, params string[] reached)
    {
        var season = await Season.OpenAsync(platform);
        services = platform.Compose(collection => collection.AddSingleton(new MailSettings(server, folder, "no-reply@example.kr", "https://grants.example")));
        await season.GrantAsync("jeonnam");
        await season.UpToAgreementAsync("dolsan", "jeonnam", 400_000_000, "ADV");
        var names = reached.Length > 0 ? reached : ["dolsan", "narae", "jeonnam.officer"];
        await ExecuteAsync($"update users set email = user_name || '@example.kr' where user_name in ({string.Join(", ", names.Select(name => $"'{name}'"))})");
        return season;
    }

    private static Task<ListUnsentMail.Unsent?> UnsentAsync(Season season, string tenant)
        => season.AsAsync($"{tenant}.officer", $"/t/{tenant}", (ListUnsentMail unsent) => unsent.RunAsync(tenant, Cancelled));

    private async Task LookAsync()
    {
        await using var scope = services!.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<InboxNoticesJob>().RunAsync("jeonnam", Cancelled);
    }

    private async Task RunMailsAsync(bool again = false)
    {
        var ids = new List<Guid>();
        await using (var connection = await platform.OpenAdminAsync())
        await using (var command = new NpgsqlCommand($"select id from outbox where kind = 'mail.notice' and ({again} or done_at is null) order by id", connection))
        await using (var reader = await command.ExecuteReaderAsync(Cancelled))
        {
            while (await reader.ReadAsync(Cancelled))
            {
                ids.Add(reader.GetGuid(0));
            }
        }

        if (again)
        {
            await ExecuteAsync("update outbox set done_at = null where kind = 'mail.notice'");
        }

        foreach (var id in ids)
        {
            await using var scope = services!.CreateAsyncScope();
            await ((IOutboxJob)scope.ServiceProvider.GetRequiredService(typeof(NoticeMailJob))).RunAsync("jeonnam", id, Cancelled);
        }
    }

    private Task<IReadOnlyList<LaidMail.Letter>> LettersAsync() => services!.GetRequiredService<LaidMail>().RunAsync(Cancelled);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await platform.OpenAdminAsync();
        await PlatformFixture.ExecuteAsync(connection, sql);
    }
}
