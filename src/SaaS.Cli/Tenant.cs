using System.CommandLine;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.Platform;
using SaaS.Platform.Data;
using SaaS.Platform.Onboarding;
using SaaS.Platform.Refusals;

namespace SaaS.Cli;

/// <summary><c>saas tenant apply | export | list</c>: tenants come from folders and go back into them.</summary>
internal static class Tenant
{
    /// <summary>What the people of a demonstration sign in with.</summary>
    public const string DemoPassword = "demo";

    private const string TenantFile = "tenant.json";

    public static Command Create()
    {
        var command = new Command("tenant", "기관 폴더를 적용하거나 내보냅니다 / Applies and exports tenants' folders.");
        command.Subcommands.Add(Apply());
        command.Subcommands.Add(Export());
        command.Subcommands.Add(List());
        return command;
    }

    private static Command Apply()
    {
        var folders = new Argument<string[]>("folder") { Arity = ArgumentArity.OneOrMore, Description = "기관의 폴더 또는 그런 폴더가 든 폴더 / A tenant's folder, or a folder of such folders" };
        var command = new Command("apply", "기관을 만들거나 갱신합니다. 여러 번 실행해도 됩니다 / Loads or updates tenants; may be run again.") { folders };
        command.SetAction((parsed, cancellationToken) => RunAsync(services => ApplyAsync(services, parsed.GetRequiredValue(folders), cancellationToken)));
        return command;
    }

    private static Command Export()
    {
        var tenant = new Argument<string>("tenant") { Description = "기관의 id / The tenant's id" };
        var programme = new Option<string?>("--programme") { Description = "이 사업만 / This programme only" };
        var version = new Option<int?>("--version-number") { Description = "이 판만, 없으면 최신판 / This version; the newest when not given" };
        var folder = new Option<string?>("--to") { Description = "이 폴더에 씁니다. tenant apply가 읽는 모양이며 이미 있는 tenant.json은 그대로 둡니다. 없으면 화면에 씁니다 / Writes a folder that tenant apply reads; a tenant.json that is there stays. To the screen when not given" };
        var drafts = new Option<bool>("--drafts") { Description = "초안이 있으면 초안을 / The draft where a programme has one" };
        var command = new Command("export", "사업 설계를 폴더로 내보냅니다 / Gives out the designs of programmes, to be read, compared and applied elsewhere.") { tenant, programme, version, drafts, folder };
        command.SetAction((parsed, cancellationToken) => RunAsync(services => ExportAsync(
            services.GetRequiredService<ExportTenant>().RunAsync(
                parsed.GetRequiredValue(tenant), parsed.GetValue(programme), parsed.GetValue(version), parsed.GetValue(drafts), cancellationToken),
            parsed.GetRequiredValue(tenant), parsed.GetValue(folder), cancellationToken)));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "기관의 목록 / Lists the tenants.");
        command.SetAction((_, cancellationToken) => RunAsync(async services =>
        {
            await using var db = services.GetRequiredService<PlaneDb>().OpenOversight();
            foreach (var tenant in await db.Tenants.AsNoTracking().OrderBy(tenant => tenant.Id).ToListAsync(cancellationToken))
            {
                await Console.Out.WriteLineAsync($"{tenant.Id}\t{tenant.Kind}\t{tenant.Ko}\t{tenant.En}");
            }

            return 0;
        }));
        return command;
    }

    /// <summary>Applies folders and prints what was done, or every problem.</summary>
    /// <returns>0, or 1 when something was wrong; nothing is stored then.</returns>
    public static async Task<int> ApplyAsync(IServiceProvider services, IReadOnlyList<string> folders, CancellationToken cancellationToken)
    {
        var demo = services.GetRequiredService<IConfiguration>()["SAAS_DEMO"] == "1";
        var result = await services.GetRequiredService<ApplyTenants>().RunAsync(folders, demo ? DemoPassword : null, cancellationToken);
        foreach (var problem in result.Problems)
        {
            await Console.Error.WriteLineAsync(problem.ToString());
        }

        foreach (var tenant in result.Applied)
        {
            await Console.Out.WriteLineAsync($"{tenant.Tenant}: {(tenant.Done.Count > 0 ? string.Join("; ", tenant.Done) : "ok")}");
        }

        return result.Problems.Count > 0 ? 1 : 0;
    }

    private static async Task<int> ExportAsync(
        Task<Outcome<IReadOnlyList<ExportTenant.FolderFile>>> export, string tenant, string? folder, CancellationToken cancellationToken)
    {
        if (!(await export).IsDone(out var files))
        {
            await Console.Error.WriteLineAsync($"'{tenant}'에 그런 사업 정의가 없습니다 / The tenant '{tenant}' has no such definition.");
            return 1;
        }

        foreach (var file in files)
        {
            if (folder is null)
            {
                await Console.Out.WriteAsync(file.Path == TenantFile ? "" : file.Text);
                continue;
            }

            var path = Path.Combine(folder, file.Path);
            if (file.Path == TenantFile && File.Exists(path))
            {
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, file.Text, new UTF8Encoding(false), cancellationToken);
            await Console.Out.WriteLineAsync($"{path} {file.About}");
        }

        return 0;
    }

    /// <summary>Runs with the platform's services; what stops them is told in one sentence.</summary>
    internal static async Task<int> RunAsync(Func<IServiceProvider, Task<int>> run)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        try
        {
            var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddPlatform(configuration);
            await using var provider = services.BuildServiceProvider();
            return await run(provider);
        }
        catch (Exception problem) when (problem is InvalidOperationException or NpgsqlException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }
}
