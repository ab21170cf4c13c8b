using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SaaS.IntegrationTests.Jobs;

/// <summary>The product's own programs as built beside the tests, on the fixture's database: to be started and killed.</summary>
internal sealed class ProductPrograms(PlatformFixture platform) : IDisposable
{
    private static readonly DateTimeOffset Started = TimeProvider.System.GetUtcNow();

    private readonly string folder = Directory.CreateTempSubdirectory("saas-kill-").FullName;
    private readonly int port = FreePort();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>For what the programs write.</summary>
    public string Folder => folder;

    public Uri Address => new($"http://127.0.0.1:{port}");

    public static string Tenants => Path.Combine(SourceFolder(), "tenants");

    public Process StartWeb() => Start("SaaS.Web", "--urls", $"http://127.0.0.1:{port}");

    public Task<string> LogAsync(string program) => File.ReadAllTextAsync(Path.Combine(folder, $"{program}.log"), Cancelled);

    /// <summary>As if the power went out.</summary>
    public static async Task KillAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Waits until the web server answers.</summary>
    public async Task HealthyAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        for (var tries = 0; tries < 300; tries++)
        {
            try
            {
                if ((await client.GetAsync("/health", Cancelled)).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It is still starting.
            }

            await Task.Delay(200, Cancelled);
        }

        Assert.Fail("The web server did not start: " + await File.ReadAllTextAsync(Path.Combine(folder, "SaaS.Web.log"), Cancelled));
    }

    /// <summary>Runs a command to its end, which must be a good one.</summary>
    public async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        await process.WaitForExitAsync(Cancelled);
        Assert.True(process.ExitCode == 0, await File.ReadAllTextAsync(Path.Combine(folder, $"{program}.log"), Cancelled));
    }

    /// <summary>One of the product's programs as built beside the tests; what it says goes to a file.</summary>
    public Process Start(string program, params string[] arguments)
    {
        var project = program == "saas" ? "SaaS.Cli" : program;
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var binaries = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", project, configuration));
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec dotnet \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", Path.Combine(folder, $"{program}.log"), Path.Combine(binaries, $"{program}.dll"), .. arguments])
        {
            WorkingDirectory = binaries,
        };
        foreach (var (name, value) in platform.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["SAAS_DATA"] = folder;
        start.Environment["SAAS_DEMO"] = "1";
        start.Environment["SAAS_HOME"] = SourceFolder();
        start.Environment["SAAS_URL"] = $"http://127.0.0.1:{port}";
        start.Environment["SAAS_NOW"] = $"2025-03-04T00:00:00Z@{Started.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}";
        return Process.Start(start)!;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string SourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "tenants")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the project.");
        }

        return folder.FullName;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
