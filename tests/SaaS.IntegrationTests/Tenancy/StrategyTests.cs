using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SaaS.IntegrationTests.Identity;
using SaaS.Platform;
using SaaS.Platform.Organisations;
using SaaS.Platform.Tenancy;

namespace SaaS.IntegrationTests.Tenancy;

public sealed class StrategyTests(PlatformFixture platform)
{
    [Theory]
    [InlineData("localhost", "/t/jeonnam/calls", "jeonnam")]
    [InlineData("localhost", "/api/t/jeonnam", "jeonnam")]
    [InlineData("jeonnam.grants.example", "/calls", "jeonnam")]
    [InlineData("JEONNAM.grants.example", "/calls", "jeonnam")]
    [InlineData("changwon.grants.example", "/t/jeonnam", "jeonnam")]
    [InlineData("a.jeonnam.grants.example", "/calls", null)]
    [InlineData("grants.example", "/calls", null)]
    [InlineData("jeonnam.evil.example", "/calls", null)]
    [InlineData("localhost", "/calls/jeonnam", null)]
    [InlineData("localhost", "/t/nowhere", null)]
    [InlineData("localhost", "/t/Jeonnam", null)]
    public async Task The_path_names_the_tenant_and_then_the_host(string host, string path, string? expected)
    {
        await platform.ResetAsync();
        await platform.OrganisationAsync(OrganisationKind.Province, "전라남도", "jeonnam");
        await platform.OrganisationAsync(OrganisationKind.Municipality, "창원시", "changwon");
        await using var services = Services();

        var context = await services.GetRequiredService<ITenantResolver<Tenant>>()
            .ResolveAsync(new DefaultHttpContext { Request = { Host = new HostString(host), Path = path } });

        Assert.Equal(expected, context.TenantInfo?.Id);
    }

    [Fact]
    public async Task A_header_names_no_tenant()
    {
        await platform.ResetAsync();
        await platform.OrganisationAsync(OrganisationKind.Province, "전라남도", "jeonnam");
        await using var services = Services();
        var http = new DefaultHttpContext { Request = { Path = "/calls" } };
        http.Request.Headers["__tenant__"] = "jeonnam";
        http.Request.Headers["X-Tenant"] = "jeonnam";

        Assert.Null((await services.GetRequiredService<ITenantResolver<Tenant>>().ResolveAsync(http)).TenantInfo);
    }

    [Fact]
    public async Task A_store_keeps_tenants()
    {
        await platform.ResetAsync();
        await platform.OrganisationAsync(OrganisationKind.Province, "전라남도", "jeonnam");
        var store = platform.Services.GetRequiredService<IMultiTenantStore<Tenant>>();

        var tenant = await store.GetByIdentifierAsync("jeonnam", TestContext.Current.CancellationToken);

        Assert.Equal("전라남도", tenant!.Ko);
        Assert.Single(await store.GetAllAsync(TestContext.Current.CancellationToken));
        Assert.Null(await store.GetAsync("gyeongnam", TestContext.Current.CancellationToken));
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddPlatform(new ConfigurationBuilder()
            .AddInMemoryCollection(platform.Environment)
            .AddInMemoryCollection([new("SAAS_HOSTS", "__tenant__.grants.example")])
            .Build());
        return services.BuildServiceProvider();
    }
}
