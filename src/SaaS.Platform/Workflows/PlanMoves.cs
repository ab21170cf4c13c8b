using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Comparison;
using SaaS.Workflows.Migration;
using SaaS.Workflows.Runtime;

namespace SaaS.Platform.Workflows;

/// <summary>The dry run: what would happen to each running instance of a version, and to each that failed and could be tried again, if it followed another version from here on. Writes nothing.</summary>
public sealed class PlanMoves(GrantsDb db, CompiledDefinitions definitions, IClock clock)
{
    /// <summary>How many instances one plan holds, the oldest first; more are planned when these are moved.</summary>
    public const int Most = 1_000;

    /// <param name="Versions">All version numbers, the newest first.</param>
    /// <param name="From">The version number that the instances follow now; null where there is one version at most.</param>
    /// <param name="To">The version number that they would follow; null likewise.</param>
    /// <param name="Running">How many run on the old version in all; <see cref="Rows"/> holds the oldest of them.</param>
    /// <param name="UnderWay">How many were asked to move there before and are not through yet.</param>
    public sealed record Response(
        Guid ProgrammeId, IReadOnlyList<int> Versions, int? From, int? To, int Running, int Movable, int UnderWay, IReadOnlyList<Row> Rows)
    {
        internal Guid ToId { get; init; }
    }

    /// <param name="ReceiptNumber">Of its application; null when it belongs to none.</param>
    /// <param name="WaitsAt">Ids of the steps at which it waits, now and afterwards.</param>
    /// <param name="Findings">What to know; one that stops is why it stays.</param>
    /// <param name="Applies">What it will meet of the new version, in words.</param>
    /// <param name="ComesTooLate">What it has behind it already, in words.</param>
    /// <param name="Outlook">Where each answer would lead.</param>
    public sealed record Row(
        Guid InstanceId, Guid? ApplicationId, string? ReceiptNumber, bool IsPossible, IReadOnlyList<string> WaitsAt, IReadOnlyList<MoveFinding> Findings,
        IReadOnlyList<Difference> Applies, IReadOnlyList<Difference> ComesTooLate, IReadOnlyList<MoveOutlook> Outlook);

    /// <param name="programmeId">The programme.</param>
    /// <param name="from">The version number that instances follow now; the last but one unless given.</param>
    /// <param name="to">The version number that they would follow; the newest unless given.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Outcome<Response>> RunAsync(Guid programmeId, int? from, int? to, CancellationToken cancellationToken)
    {
        if (!await db.Set<Programme>().AnyAsync(programme => programme.Id == programmeId, cancellationToken))
        {
            return Absent.Row;
        }

        var versions = await db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => version.ProgrammeId == programmeId)
            .OrderByDescending(version => version.Version)
            .Select(version => new Version(version.Id, version.Version, db.Set<DefinitionRetraction>().Any(retraction => retraction.DefinitionVersionId == version.Id)))
            .ToListAsync(cancellationToken);
        if (versions.Count < 2 && from is null && to is null)
        {
            return new Response(programmeId, [.. versions.Select(version => version.Number)], null, null, 0, 0, 0, []);
        }

        var before = from is null ? versions.ElementAtOrDefault(1) : versions.Find(version => version.Number == from);
        var after = to is null ? versions.FirstOrDefault() : versions.Find(version => version.Number == to);
        if (before is null || after is null || before.Id == after.Id)
        {
            return new Refusal("not-another-version", "이 사업의 서로 다른 두 판을 고르세요.", "Choose two different versions of this programme.", "to");
        }

        if (after.IsRetracted)
        {
            return new Refusal("version-retracted", $"{after.Number}판은 게시가 내려져 옮길 수 없습니다.", $"Version {after.Number} was retracted: nothing moves there.", "to");
        }

        var running = db.Set<WorkflowInstance>().AsNoTracking()
            .Where(instance => instance.DefinitionVersionId == before.Id
                && (instance.Status == nameof(WorkflowStatus.Running) || (instance.SubStatus == nameof(WorkflowSubStatus.Faulted) && instance.ArchivedAt == null)));
        var found = await (
            from instance in running
            orderby instance.StartedAt, instance.Id
            from application in db.Set<GrantApplication>().Where(application => application.Id == instance.ApplicationId).DefaultIfEmpty()
            select new { instance.Id, instance.ApplicationId, instance.State, ReceiptNumber = (string?)application!.ReceiptNumber })
            .Take(Most).ToListAsync(cancellationToken);
        var move = new MoveInstance(
            await definitions.GetAsync(db, before.Id, cancellationToken), await definitions.GetAsync(db, after.Id, cancellationToken));
        var now = clock.GetCurrentInstant();
        var rows = found.ConvertAll(row =>
        {
            var plan = move.Plan(InstanceState.FromJson(row.State), now);
            return new Row(row.Id, row.ApplicationId, row.ReceiptNumber, plan.IsPossible, plan.WaitsAt, plan.Findings, plan.Applies, plan.ComesTooLate, plan.Outlook);
        });
        var underWay = await db.Outbox.CountAsync(message => message.Kind == MoveInstanceJob.Kind && message.DoneAt == null, cancellationToken);
        return new Response(
            programmeId, [.. versions.Select(version => version.Number)], before.Number, after.Number, found.Count < Most ? found.Count : await running.CountAsync(cancellationToken),
            rows.Count(row => row.IsPossible), underWay, rows)
        { ToId = after.Id };
    }

    private sealed record Version(Guid Id, int Number, bool IsRetracted);
}
