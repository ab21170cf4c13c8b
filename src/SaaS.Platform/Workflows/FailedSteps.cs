using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Workflows;

/// <summary>Messages of instances that failed as jobs until nobody tried any more.</summary>
internal static class FailedSteps
{
    /// <summary>The instances for which such messages lie in the outbox: few, or something is very wrong.</summary>
    public static Task<List<Guid>> InstancesAsync(GrantsDb db, CancellationToken cancellationToken)
        => db.Database.SqlQuery<Guid>(
            $"""
            select distinct (payload ->> 'instanceId')::uuid as "Value" from outbox
            where done_at is null and attempts >= {DispatchOutbox.Attempts} and payload ->> 'instanceId' is not null
            """).ToListAsync(cancellationToken);

    /// <summary>What failed for one instance.</summary>
    public static IQueryable<OutboxMessage> Of(GrantsDb db, Guid instanceId)
    {
        var id = instanceId.ToString();
        return db.Outbox.FromSql($"select * from outbox where done_at is null and attempts >= {DispatchOutbox.Attempts} and payload ->> 'instanceId' = {id}");
    }
}
