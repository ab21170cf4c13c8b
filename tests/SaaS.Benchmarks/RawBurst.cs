using Npgsql;
using SaaS.Platform.Data;

namespace SaaS.Benchmarks;

/// <summary>
/// The peer of a burst: the same changes of instance and application, the same journal lines, bookmark and message, and the used bookmark
/// removed, as plain statements in one batch, which is one round trip and one transaction. It reads nothing and decides nothing.
/// </summary>
internal sealed class RawBurst
{
    private const string OfInstance = "instance_id = @id";

    private readonly string context;
    private readonly WaitingCase like;
    private readonly List<RawRow> added;
    private readonly List<(string Table, List<RawCell> Cells)> changed;

    private RawBurst(PlaneContext context, WaitingCase like, List<RawRow> added, List<(string Table, List<RawCell> Cells)> changed)
    {
        this.context = context.ToJson();
        this.like = like;
        this.added = added;
        this.changed = changed;
    }

    public int Rows => added.Count + changed.Count + 1;

    /// <summary>Takes what going on with a case in the ordinary way changes.</summary>
    public static async Task<RawBurst> LikeAsync(Ground ground, WaitingCase waiting, Func<WaitingCase, Task> goOn, CancellationToken cancellationToken)
    {
        await using var connection = await ground.Admin.OpenConnectionAsync(cancellationToken);
        var before = await ReadAsync();
        await goOn(waiting);
        var after = await ReadAsync();
        return new RawBurst(
            ground.TenantContext,
            waiting,
            [.. after.Where(row => !before.Exists(old => IsSame(old, row)))],
            [
                .. from row in after
                   join old in before on (row.Table, row.Cells.FirstOrDefault(cell => cell.Column == "id")?.Value) equals (old.Table, old.Cells.FirstOrDefault(cell => cell.Column == "id")?.Value)
                   where row.Table is "workflow_instances" or "applications"
                   select (row.Table, row.Cells.Where(cell => !cell.Value.Equals(old[cell.Column])).ToList()),
            ]);

        async Task<List<RawRow>> ReadAsync() =>
        [
            .. await RawRow.ReadAsync(connection, "workflow_instances", "id = @id", waiting.InstanceId, cancellationToken),
            .. await RawRow.ReadAsync(connection, "applications", "id = @id", waiting.ApplicationId, cancellationToken),
            .. await RawRow.ReadAsync(connection, "workflow_journal", OfInstance, waiting.InstanceId, cancellationToken),
            .. await RawRow.ReadAsync(connection, "workflow_bookmarks", OfInstance, waiting.InstanceId, cancellationToken),
            .. await RawRow.ReadAsync(connection, "outbox", "application_id = @id", waiting.ApplicationId, cancellationToken),
        ];
    }

    /// <summary>Does to another case what was done to the first.</summary>
    public async Task WriteAsync(NpgsqlDataSource source, WaitingCase waiting, CancellationToken cancellationToken)
    {
        var keys = new Dictionary<Guid, Guid> { [like.InstanceId] = waiting.InstanceId, [like.ApplicationId] = waiting.ApplicationId };
        foreach (var row in added.Where(row => row.Table != "workflow_journal"))
        {
            keys[(Guid)row["id"]] = Guid.CreateVersion7();
        }

        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("select set_config('app.ctx', $1, true)", new NpgsqlParameter<string> { TypedValue = context });
        foreach (var (table, cells) in changed)
        {
            var id = table == "applications" ? waiting.ApplicationId : waiting.InstanceId;
            batch.Add(
                $"update {table} set {string.Join(", ", cells.Select((cell, n) => $"{cell.Column} = ${n + 3}"))} where tenant_id = $1 and id = $2",
                [new() { Value = Ground.Tenant }, new() { Value = id }, .. cells.Select(cell => cell.ToParameter(keys))]);
        }

        batch.Add("delete from workflow_bookmarks where tenant_id = $1 and id = $2", new() { Value = Ground.Tenant }, new() { Value = waiting.BookmarkId });
        foreach (var row in added)
        {
            batch.Add(row.Insert, [.. row.Cells.Select(cell => cell.ToParameter(keys))]);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static bool IsSame(RawRow old, RawRow row) => old.Table == row.Table && row.Table switch
    {
        "workflow_journal" => old["sequence"].Equals(row["sequence"]),
        _ => old["id"].Equals(row["id"]),
    };
}
