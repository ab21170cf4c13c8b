using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Refusals;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Programmes;

/// <summary>
/// Takes the newest version of a programme back: nothing new starts with it. What runs goes on; a call that still takes applications must
/// be closed first.
/// </summary>
public sealed class RetractDefinition(PlaneDb planes, IClock clock)
{
    /// <returns>The version that was retracted.</returns>
    public async Task<Outcome<Guid>> RunAsync(DraftAuthor author, Guid programmeId, CancellationToken cancellationToken)
    {
        await using var db = author.Open(planes);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await author.WhyNotPublishAsync(db, cancellationToken) is { } forbidden)
        {
            return new Outcome<Guid>.Refused(RefusalKind.Forbidden, [forbidden]);
        }

        var newest = await db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => version.ProgrammeId == programmeId)
            .OrderByDescending(version => version.Version)
            .FirstOrDefaultAsync(cancellationToken);
        if (newest is null)
        {
            return Absent.Row;
        }

        if (await db.Set<DefinitionRetraction>().AnyAsync(retraction => retraction.DefinitionVersionId == newest.Id, cancellationToken))
        {
            return newest.Id;
        }

        var now = clock.GetCurrentInstant();
        var calls = await db.Set<Call>().AsNoTracking().Where(call => call.ProgrammeId == programmeId).ToListAsync(cancellationToken);
        if (calls.Find(call => call.StandingAt(now) is CallStanding.NotYetOpen or CallStanding.Open) is { } call)
        {
            return new Outcome<Guid>.Refused(RefusalKind.Conflict, [new Refusal(
                "call-open",
                $"공고 {call.Number}이(가) 아직 신청을 받습니다. 공고를 마감하거나 취소한 뒤 게시를 내리세요.",
                $"Call {call.Number} still takes applications. Close or cancel it first.")]);
        }

        db.Add(new DefinitionRetraction(newest.Id, author.UserId, now));
        await WorkflowPublication.RetractedAsync(db, newest.DefinitionId, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return newest.Id;
    }
}
