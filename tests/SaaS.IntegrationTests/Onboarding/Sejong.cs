using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.Platform.Identity;
using SaaS.Platform.Invitations;
using SaaS.Platform.Jobs;
using SaaS.Platform.Mail;
using SaaS.Platform.Onboarding;
using SaaS.Platform.Refusals;

namespace SaaS.IntegrationTests.Onboarding;

/// <summary>A city that KOSMO takes in, with its mail laid into a folder of the test's own.</summary>
internal sealed class Sejong : IAsyncDisposable
{
    public const string Password = "가을 하늘 공활한데 높고 구름 없이";

    private readonly string folder = Directory.CreateTempSubdirectory("saas-mail-").FullName;

    private Sejong(Season season)
    {
        Season = season;
        Services = season.Platform.Compose(services => services.AddSingleton(new MailSettings(null, folder, "no-reply@example.kr", "https://grants.example")));
    }

    public Season Season { get; }

    /// <summary>The platform with the test's mail.</summary>
    public ServiceProvider Services { get; }

    public static OnboardTenant.Request Request { get; } = new(
        "sejong", "Municipality", "세종특별자치시", "Sejong", "36", null, "305-83-01232", "세종 스마트공장", "Sejong factories", "teal", "ko",
        [new("admin@sejong.go.kr", [MemberRole.Administrator, MemberRole.Designer]), new("head@sejong.go.kr", [MemberRole.Approver])]);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Sejong> PrepareAsync(PlatformFixture platform) => new(await Season.OpenAsync(platform));

    /// <summary>Taken in, with the mail sent.</summary>
    public static async Task<Sejong> OpenAsync(PlatformFixture platform)
    {
        var sejong = await PrepareAsync(platform);
        Assert.Empty((await sejong.OnboardAsync(Request)).WhyNot);
        await sejong.RunMailAsync();
        return sejong;
    }

    public Task<Outcome<OnboardTenant.Response>> OnboardAsync(OnboardTenant.Request request, string user = "kosmo.officer")
        => Season.AsAsync(user, "/oversight", (OnboardTenant onboard) => onboard.RunAsync(request, Cancelled));

    /// <summary>Runs the mail jobs of the outbox as often as asked for, done before or not.</summary>
    public async Task RunMailAsync()
    {
        await using var connection = await Season.Platform.OpenAdminAsync();
        await using var command = new NpgsqlCommand("select kind, tenant_id, id from outbox where kind like 'mail.%' order by created_at, id", connection);
        var messages = new List<(string Kind, string Tenant, Guid Id)>();
        await using (var reader = await command.ExecuteReaderAsync(Cancelled))
        {
            while (await reader.ReadAsync(Cancelled))
            {
                messages.Add((reader.GetString(0), reader.GetString(1), reader.GetGuid(2)));
            }
        }

        foreach (var (kind, tenant, id) in messages)
        {
            await using var scope = Services.CreateAsyncScope();
            await ((IOutboxJob)scope.ServiceProvider.GetRequiredService(Services.GetRequiredService<JobRegistry>().Find(kind)!.Job)).RunAsync(tenant, id, Cancelled);
        }
    }

    public Task<IReadOnlyList<LaidMail.Letter>> LettersAsync() => Services.GetRequiredService<LaidMail>().RunAsync(Cancelled);

    /// <summary>The token in the newest mail to an address.</summary>
    public async Task<string> TokenAsync(string email)
    {
        var text = (await LettersAsync()).First(letter => letter.To == email).Text;
        return text.Split("/invitation/")[1].Split('?')[0];
    }

    public Task<Outcome<AcceptInvitation.Accepted>> AcceptAsync(string token, string? password = Password, string? name = "이세종")
        => Services.GetRequiredService<AcceptInvitation>().RunAsync(token, new AcceptInvitation.Request(password, name), Cancelled);

    /// <summary>The invitation of an address, as KOSMO sees it.</summary>
    public async Task<ListPeople.Invited> InvitedAsync(string email)
        => (await Season.AsAsync("kosmo.officer", "/oversight", (ListPeople list) => list.RunAsync("sejong", Cancelled)))!.Invitations.First(invitation => invitation.Email == email);

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
