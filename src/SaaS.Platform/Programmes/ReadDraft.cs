using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Programmes;

/// <summary>Reads what a programme's next version looks like now: its draft, or the newest published version where nobody began one.</summary>
public sealed class ReadDraft(PlaneDb planes)
{
    /// <param name="ProgrammeId">The programme.</param>
    /// <param name="DefinitionId">The id that all versions share.</param>
    /// <param name="Version">The number that it gets when it is published.</param>
    /// <param name="Revision">0 while there is no draft; to be named when it is saved.</param>
    /// <param name="Json">The definition.</param>
    /// <param name="PublishedVersionId">What it is compared with; null before the first version.</param>
    /// <param name="PublishedJson">The same as JSON.</param>
    /// <param name="SavedAt">Null while there is no draft.</param>
    /// <param name="SavedBy">The person.</param>
    public sealed record Draft(
        Guid ProgrammeId, string DefinitionId, int Version, int Revision, string Json, Guid? PublishedVersionId, string? PublishedJson, Instant? SavedAt, Guid? SavedBy)
    {
        /// <summary>Everybody who changed it; empty while there is no draft.</summary>
        public IReadOnlyList<Guid> Authors { get; init; } = [];

        /// <summary>The large firms of the platform, which a rule on the lead firm may name.</summary>
        public IReadOnlyList<LargeFirm> LargeFirms { get; init; } = [];

        /// <summary>Since when it waits for a second person; null while it is worked on.</summary>
        public Instant? ReadyAt { get; init; }

        /// <summary>What its author said to whoever publishes it; null where nothing was said.</summary>
        public string? ReadyReason { get; init; }

        /// <summary>Who asked for it to be looked over.</summary>
        public Guid? ReadyBy { get; init; }

        /// <summary>That a second person sent it back; null where nobody did, or its authors have asked again.</summary>
        public DraftReturn? Returned { get; init; }
    }

    /// <param name="Tenant">The short name by which applications know it.</param>
    public sealed record LargeFirm(string Tenant, string Ko, string En);

    public async Task<Outcome<Draft>> RunAsync(DraftAuthor author, Guid programmeId, CancellationToken cancellationToken)
    {
        await using var db = author.Open(planes);
        var draft = await db.Set<DefinitionDraft>().AsNoTracking().SingleOrDefaultAsync(draft => draft.ProgrammeId == programmeId, cancellationToken);
        var newest = await db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => version.ProgrammeId == programmeId)
            .OrderByDescending(version => version.Version)
            .FirstOrDefaultAsync(cancellationToken);
        var firms = await db.Tenants.AsNoTracking().Where(tenant => tenant.Kind == TenantKind.LargeFirm)
            .OrderBy(tenant => tenant.Ko).Select(tenant => new LargeFirm(tenant.Id, tenant.Ko, tenant.En)).ToListAsync(cancellationToken);
        return (draft, newest) switch
        {
            (null, null) => Absent.Row,
            (null, _) when author.GuestOf is not null => Absent.Row,
            (null, _) => new Draft(programmeId, newest.DefinitionId, newest.Version + 1, 0, newest.Json, newest.Id, newest.Json, null, null) { LargeFirms = firms },
            _ => new Draft(programmeId, draft.DefinitionId, (newest?.Version ?? 0) + 1, draft.Revision, draft.Json, newest?.Id, newest?.Json, draft.SavedAt, draft.SavedBy)
            {
                Authors = draft.Authors,
                ReadyAt = draft.ReadyAt,
                ReadyBy = draft.ReadyBy,
                Returned = draft.ReturnId is { } id && author.GuestOf is null ? await db.Set<DraftReturn>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken) : null,
                ReadyReason = draft.ReadyAt is null || author.GuestOf is not null ? null : await ReasonAsync(db, programmeId, cancellationToken),
                LargeFirms = firms,
            },
        };
    }

    private static async Task<string?> ReasonAsync(GrantsDb db, Guid programmeId, CancellationToken cancellationToken)
    {
        var details = await db.AuditEntries.AsNoTracking()
            .Where(entry => entry.SubjectId == programmeId && entry.Action == HandOverDraft.Action)
            .OrderByDescending(entry => entry.At).Select(entry => entry.Details).FirstOrDefaultAsync(cancellationToken);
        return details is not null && JsonNode.Parse(details)?["reason"] is { } reason ? reason.GetValue<string>() : null;
    }
}
