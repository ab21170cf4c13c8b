using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Programmes;

namespace SaaS.Platform.Documents;

/// <summary>Takes a file into a firm's own application, until its evaluation is over. The same file given twice is one document.</summary>
public sealed class UploadDocument(GrantsDb db, CurrentActor actor, PlaneDb planes, CompiledDefinitions definitions, IClock clock)
{
    /// <summary>The code of the refusal that HTTP answers with 413.</summary>
    public const string TooLarge = "document-too-large";

    /// <param name="Code">One of the programme's documents.</param>
    /// <param name="Name">As the browser gave it.</param>
    /// <param name="Size">Bytes, known before anything is read.</param>
    /// <param name="Content">Read only when the size is allowed.</param>
    public sealed record Request(string? Code, string? Name, long Size, Func<CancellationToken, Task<byte[]>> Content);

    public sealed record Response(Guid Id, string Code, string Name, long Size, string Hash);

    public async Task<Outcome<Response>> RunAsync(Guid applicationId, Request request, CancellationToken cancellationToken)
    {
        var seen = await db.Set<GrantApplication>().AsNoTracking().SingleOrDefaultAsync(application => application.Id == applicationId, cancellationToken);
        if (seen is null)
        {
            return Absent.Row;
        }

        if (actor.UserId is not { } user || actor.Roles.All(role => role is MemberRole.Viewer))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "서류를 올릴 권한이 없습니다.", "Your role may not upload documents.")]);
        }

        if (seen.Status is not (ApplicationStatus.Submitted or ApplicationStatus.UnderEvaluation))
        {
            return new Outcome<Response>.Refused(RefusalKind.Conflict, [new Refusal("documents-closed", "평가가 끝나 서류를 더 받지 않습니다.", "The evaluation is over; no more documents are taken.")]);
        }

        var codes = ProgrammeOutline.Read(await definitions.GetAsync(db, seen.DefinitionVersionId, cancellationToken)).Documents;
        if (!codes.Any(document => document.Code == request.Code))
        {
            return new Refusal("document-unknown", "서류의 종류를 고르세요.", "Choose which document it is.", "code");
        }

        if (request.Size > DocumentFile.Largest)
        {
            return new Refusal(
                TooLarge,
                $"파일은 {DocumentFile.Largest / 1024 / 1024}MB까지 올릴 수 있습니다. 저장된 것은 없습니다.",
                $"A file may have {DocumentFile.Largest / 1024 / 1024} MB. Nothing was stored.",
                "file");
        }

        var name = DocumentFile.SafeName(request.Name);
        var content = request.Size == 0 ? [] : await request.Content(cancellationToken);
        if (DocumentFile.MediaType(name, content) is not { } type)
        {
            return new Refusal(
                "document-type",
                $"파일을 고르세요. 받을 수 있는 형식은 {DocumentFile.Accepted}이고, 내용이 형식과 맞아야 합니다.",
                $"Choose a file. {DocumentFile.Accepted} are taken, and the content must be what the name says.",
                "file");
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        await using var tenant = planes.OpenTenant(seen.TenantId, user, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        // Whoever sends the same file at the same moment waits here.
        await tenant.Database.ExecuteSqlAsync($"select from applications where tenant_id = {seen.TenantId} and id = {applicationId} for update", cancellationToken);
        var before = await tenant.Set<ApplicationDocument>().AsNoTracking()
            .Where(document => document.ApplicationId == applicationId && document.Code == request.Code && document.Hash == hash)
            .Select(document => new Response(document.Id, document.Code, document.Name, document.Size, document.Hash))
            .SingleOrDefaultAsync(cancellationToken);
        if (before is not null)
        {
            return before;
        }

        var stored = new ApplicationDocument
        {
            Id = Guid.CreateVersion7(),
            ApplicationId = applicationId,
            Code = request.Code!,
            Name = name,
            MediaType = type,
            Size = content.LongLength,
            Hash = hash,
            Content = content,
            UploadedBy = user,
            UploadedAt = clock.GetCurrentInstant(),
        };
        tenant.Add(stored);
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(stored.Id, stored.Code, stored.Name, stored.Size, stored.Hash);
    }
}
