using Npgsql;
using SaaS.Platform.Data;

namespace SaaS.Benchmarks;

/// <summary>The same reads as a plane's role, with the context set along, and as a superuser, whom policies do not bind.</summary>
public static class RowSecurityBenchmark
{
    private const int Applications = 3_000;
    private const string Columns = "select id, receipt_number, title, status, total_cost, submitted_at from applications";

    public static async Task<IReadOnlyList<Result>> RunAsync(Ground ground, CancellationToken cancellationToken)
    {
        var application = (await ground.SubmitAsync(cancellationToken)).ApplicationId;
        var raw = await RawSubmission.LikeAsync(ground, application, cancellationToken);
        for (var n = 0; n < Applications; n++)
        {
            await raw.WriteAsync(ground.AsTenant, cancellationToken);
        }

        await using (var analyze = ground.Admin.CreateCommand("analyze"))
        {
            await analyze.ExecuteNonQueryAsync(cancellationToken);
        }

        NpgsqlParameter[] Page() => [new() { Value = Ground.Tenant }, new() { Value = ground.CallId }];
        NpgsqlParameter[] One() => [new() { Value = Ground.Tenant }, new() { Value = application }];
        const string page = Columns + " where tenant_id = $1 and call_id = $2 order by submitted_at desc limit 50";
        const string one = Columns + " where tenant_id = $1 and id = $2";
        return
        [
            await CompareAsync("row-level security, tenant's page of 50", ground.AsTenant, ground.TenantContext, page, Page),
            await CompareAsync("row-level security, tenant's one row", ground.AsTenant, ground.TenantContext, one, One),
            await CompareAsync("row-level security, company's one row", ground.AsCompany, ground.CompanyContext, one, One),
        ];

        Task<Result> CompareAsync(string name, NpgsqlDataSource plane, PlaneContext context, string sql, Func<NpgsqlParameter[]> parameters) => Comparison.RunAsync(
            name,
            1.3,
            "as superuser, no policies",
            1_000,
            () => ReadAsync(plane, context, sql, parameters(), cancellationToken),
            () => ReadAsync(ground.Admin, null, sql, parameters(), cancellationToken),
            cancellationToken);
    }

    private static async Task ReadAsync(NpgsqlDataSource source, PlaneContext? context, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        if (context is not null)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('app.ctx', $1, true)") { Parameters = { new() { Value = context.ToJson() } } });
        }

        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (context is not null)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        var rows = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            rows++;
        }

        if (rows == 0)
        {
            throw new InvalidOperationException($"Nothing was read: {sql}");
        }
    }
}
