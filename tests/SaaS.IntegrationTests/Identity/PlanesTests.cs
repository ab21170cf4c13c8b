using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SaaS.Platform;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;
using SaaS.Platform.Tenancy;

namespace SaaS.IntegrationTests.Identity;

/// <summary>The middleware alone, before an endpoint that says on which plane it was reached.</summary>
public sealed class PlanesTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/t/jeonnam/applications", "Tenant jeonnam jeonnam")]
    [InlineData("/api/t/jeonnam/applications", "Tenant jeonnam jeonnam")]
    [InlineData("/funder/shares", "Funder  jeonnam")]
    [InlineData("/company/applications", "404")]
    [InlineData("/oversight", "404")]
    [InlineData("/t/gyeongnam", "404")]
    [InlineData("/t/nowhere", "404")]
    [InlineData("/t", "404")]
    [InlineData("/calls", "Public  jeonnam")]
    public async Task An_official_reaches_the_own_tenant_and_its_funding_alone(string path, string expected)
    {
        await platform.ResetAsync();
        var province = await platform.OrganisationAsync(OrganisationKind.Province, "jeonnam", "jeonnam");
        await platform.OrganisationAsync(OrganisationKind.Province, "gyeongnam", "gyeongnam");
        await platform.PersonAsync("official", (province, MemberRole.Officer));

        Assert.Equal(expected, await AskAsync("official", path));
    }

    [Fact]
    public async Task Nobody_is_sent_to_sign_in_or_told_401_by_the_api()
    {
        await platform.ResetAsync();
        using var host = await StartAsync();
        using var client = host.GetTestClient();

        var page = await client.GetAsync("/t/jeonnam/applications", Cancelled);
        var api = await client.GetAsync("/api/t/jeonnam/applications", Cancelled);

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal("/sign-in?returnUrl=%2Ft%2Fjeonnam%2Fapplications", page.Headers.Location!.PathAndQuery);
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
    }

    [Fact]
    public async Task A_person_with_two_firms_acts_for_the_one_that_was_chosen()
    {
        await platform.ResetAsync();
        var first = await platform.OrganisationAsync(OrganisationKind.Firm, "가나식품");
        var second = await platform.OrganisationAsync(OrganisationKind.Firm, "다라식품");
        var foreign = await platform.OrganisationAsync(OrganisationKind.Firm, "마바식품");
        await platform.PersonAsync("owner", (first, MemberRole.Representative), (second, MemberRole.Representative));

        Assert.Equal("Company  가나식품", await AskAsync("owner", "/company"));
        Assert.Equal("Company  다라식품", await AskAsync("owner", "/company", second));
        Assert.Equal("404", await AskAsync("owner", "/company", foreign));
    }

    [Fact]
    public async Task An_evaluator_of_the_national_operator_judges_and_does_not_oversee()
    {
        await platform.ResetAsync();
        var kosmo = await platform.OrganisationAsync(OrganisationKind.Kosmo, "kosmo", "kosmo");
        await platform.PersonAsync("evaluator", (kosmo, MemberRole.Evaluator));

        Assert.Equal("Assessor  kosmo", await AskAsync("evaluator", "/assess"));
        Assert.Equal("404", await AskAsync("evaluator", "/oversight"));
        Assert.Equal("404", await AskAsync("evaluator", "/t/kosmo"));
        Assert.Equal("404", await AskAsync("evaluator", "/funder"));
    }

    [Fact]
    public async Task A_changed_password_ends_older_cookies()
    {
        await platform.ResetAsync();
        var firm = await platform.OrganisationAsync(OrganisationKind.Firm, "가나식품");
        await platform.PersonAsync("owner", (firm, MemberRole.Representative));
        using var host = await StartAsync();
        using var client = host.GetTestClient();
        var cookie = await CookieAsync(client, "owner");
        await using (var admin = await platform.OpenAdminAsync())
        {
            await PlatformFixture.ExecuteAsync(admin, "update users set security_stamp = 'changed'");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/company") { Headers = { { "Cookie", cookie } } };

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(request, Cancelled)).StatusCode);
    }

    private async Task<string> AskAsync(string user, string path, Guid? organisation = null)
    {
        using var host = await StartAsync();
        using var client = host.GetTestClient();
        var cookie = await CookieAsync(client, user);
        if (organisation is { } chosen)
        {
            using var switching = new HttpRequestMessage(HttpMethod.Get, $"/switch/{chosen}") { Headers = { { "Cookie", cookie } } };
            var switched = await client.SendAsync(switching, Cancelled);
            if (!switched.IsSuccessStatusCode)
            {
                return ((int)switched.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            cookie = switched.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Cookie", cookie } } };
        var response = await client.SendAsync(request, Cancelled);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsStringAsync(Cancelled)
            : ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<string> CookieAsync(HttpClient client, string user)
        => (await client.GetAsync($"/in/{user}", Cancelled)).Headers.GetValues("Set-Cookie").Single().Split(';')[0];

    private async Task<IHost> StartAsync()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(platform.Environment)
            .AddInMemoryCollection([new("SAAS_DATA", Path.Combine(Path.GetTempPath(), "saas-tests"))])
            .Build();
        return await new HostBuilder().ConfigureWebHost(web => web
            .UseTestServer()
            .ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Critical))
            .ConfigureServices(services => services.AddPlatform(configuration).AddCookieSignIn(configuration).AddRouting())
            .Configure(app => app
                .UseAuthentication()
                .UsePlanes()
                .UseMultiTenant()
                .UseRouting()
                .UseEndpoints(endpoints =>
                {
                    endpoints.MapGet("/in/{user}", async (string user, SignIn signIn, HttpContext http) =>
                        await http.SignInAsync((await signIn.HandleAsync(user, People.Password, http.RequestAborted)).Principal!));
                    endpoints.MapGet("/switch/{organisation:guid}", async (Guid organisation, CurrentActor actor, HttpContext http) =>
                    {
                        if (SwitchOrganisation.Handle(http.User, actor, organisation) is not { } principal)
                        {
                            return Results.NotFound();
                        }

                        await http.SignInAsync(principal);
                        return Results.Ok();
                    });
                    endpoints.MapGet("/{**path}", (CurrentActor actor, IMultiTenantContextAccessor<Tenant> tenancy) =>
                        $"{actor.Context.Plane} {tenancy.MultiTenantContext.TenantInfo?.Id} {actor.Chosen?.Ko}");
                }))).StartAsync(Cancelled);
    }
}
