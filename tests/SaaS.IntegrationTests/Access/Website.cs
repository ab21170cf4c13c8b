using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using SaaS.Platform.Identity;
using SaaS.Web.Hosting;

namespace SaaS.IntegrationTests.Access;

/// <summary>The web host as it is, behind Kestrel on a free port, on the fixture's database and clock.</summary>
internal sealed partial class Website : WebApplicationFactory<SecurityHeaders>
{
    private readonly PlatformFixture platform;
    private readonly string data = Directory.CreateTempSubdirectory("saas-web-").FullName;
    private readonly List<string> faults = [];

    public Website(PlatformFixture platform)
    {
        this.platform = platform;
        UseKestrel(0);
        StartServer();
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = ClientOptions.BaseAddress,
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public HttpClient Client { get; }

    /// <summary>What the host logged as errors.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (faults)
            {
                return [.. faults];
            }
        }
    }

    /// <summary>Every route of the running host, with the methods that it answers.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>The cookie that signing in would give, without the cost of a password.</summary>
    public string CookieOf(Guid user, string stamp, Guid organisation)
    {
        var cookies = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SignInClaims.Scheme);
        // A ticket without an issue date is read as one of today, whatever day the fixture's clock shows.
        var ticket = new AuthenticationTicket(new SignInClaims(user, stamp, organisation).ToPrincipal(), SignInClaims.Scheme);
        return $"{SignInClaims.Scheme}={cookies.TicketDataFormat.Protect(ticket)}";
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? cookie, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        if (path.StartsWith("/api", StringComparison.Ordinal))
        {
            request.Headers.Add(SaaS.Web.Api.Api.Header, SaaS.Web.Api.Api.HeaderValue);
            request.Headers.Add("Idempotency-Key", "the-sweep-1");
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(
            response.StatusCode,
            response.Headers.Location?.OriginalString,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set.Select(line => line.Split(';')[0])] : []);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        foreach (var (name, value) in platform.Environment)
        {
            builder.UseSetting(name, value);
        }

        builder.UseSetting("SAAS_DATA", data);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(new Listener(this)).SetMinimumLevel(LogLevel.Error));
        builder.ConfigureTestServices(services => services.AddSingleton<IClock>(platform.Clock));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            Client.Dispose();
            Directory.Delete(data, recursive: true);
        }
    }

    private sealed class Listener(Website website) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (website.faults)
            {
                website.faults.Add($"{formatter(state, exception)} {exception}");
            }
        }
    }
}

/// <summary>What a reader got.</summary>
internal sealed partial record Answer(HttpStatusCode Status, string? Location, string Body, string? Type, IReadOnlyList<string> Cookies)
{
    public int Code => (int)Status;

    /// <summary>The answer without what may differ between any two requests: ids and slugs that were asked for, traces, form tokens, the count of what waits for the reader.</summary>
    public string Without(IEnumerable<string> asked)
    {
        var text = $"{Code} {Type} {Location}\n{Waiting().Replace(Tokens().Replace(Traces().Replace(Body, ""), ""), "")}";
        return asked.Aggregate(text, (rest, id) => rest
            .Replace(id, "*", StringComparison.OrdinalIgnoreCase)
            .Replace($"t%2F{id}", "t%2F*", StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex("\"(traceId|requestId)\":\"[^\"]*\"|<code>0H[A-Z0-9:]*</code>")]
    private static partial Regex Traces();

    [GeneratedRegex("<span class=\"utility-count\"[^>]*>[0-9]+")]
    private static partial Regex Waiting();

    [GeneratedRegex("(?<=name=\"__RequestVerificationToken\" value=\")[^\"]*|CfDJ8[A-Za-z0-9_+/=-]*")]
    private static partial Regex Tokens();
}
