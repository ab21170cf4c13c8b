using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;

namespace SaaS.Platform.Programmes;

public enum PublicationStatus
{
    /// <summary>KOSMO has not decided yet.</summary>
    Waiting,

    /// <summary>KOSMO agreed; the moment from which it counts is still to come.</summary>
    Granted,

    /// <summary>The version counts.</summary>
    Published,

    Refused,

    /// <summary>The tenant asked anew, or took the draft back.</summary>
    Withdrawn,
}

/// <summary>Central money for a tier: what the tenant asks for and what KOSMO set aside of it (won).</summary>
/// <param name="Granted">Null before the decision.</param>
public sealed record NationalAsk(string Tier, long Asked, long? Granted = null);

/// <summary>
/// A tenant's request that KOSMO approve a version before it counts, because national money is used or because its terms get worse while a
/// call is open. It holds the definition as it was asked for, so that nobody approves what he did not see.
/// </summary>
public sealed class PublicationRequest : ITenantOwned
{
    private PublicationRequest()
    {
    }

    public PublicationRequest(Guid programmeId, Guid? baseVersionId, int version, string canonicalJson, int revision, string reason, Guid requestedBy, Instant requestedAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Id = Guid.CreateVersion7();
        ProgrammeId = programmeId;
        BaseVersionId = baseVersionId;
        Version = version;
        Json = canonicalJson;
        Revision = revision;
        Reason = reason;
        RequestedBy = requestedBy;
        RequestedAt = requestedAt;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ProgrammeId { get; private set; }

    /// <summary>The version that counted when it was asked; null for the first.</summary>
    public Guid? BaseVersionId { get; private set; }

    /// <summary>The number that it gets.</summary>
    public int Version { get; private set; }

    public string Json { get; private set; } = "";

    /// <summary>Of the draft from which it was made.</summary>
    public int Revision { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary>Terms get worse while a call is open: the exception to the rule.</summary>
    public bool IsException { get; private set; }

    /// <summary>From when it counts; null for the moment of the decision.</summary>
    public Instant? EffectiveAt { get; private set; }

    /// <summary>Until when the open calls take applications then; null to leave them.</summary>
    public Instant? ClosesAt { get; private set; }

    /// <summary>JSON text: <see cref="NationalAsk"/> by tier.</summary>
    public string National { get; private set; } = "[]";

    public Guid RequestedBy { get; private set; }

    public Instant RequestedAt { get; private set; }

    public PublicationStatus Status { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public Instant? DecidedAt { get; private set; }

    public string? DecisionReason { get; private set; }

    /// <summary>What came of it.</summary>
    public Guid? VersionId { get; private set; }

    /// <summary>The call that took the money that was set aside; null while none did.</summary>
    public Guid? CallId { get; private set; }

    public IReadOnlyList<NationalAsk> Asks() => JsonSerializer.Deserialize<List<NationalAsk>>(National, JsonSerializerOptions.Web) ?? [];

    internal void Ask(IReadOnlyList<NationalAsk> asks) => National = JsonSerializer.Serialize(asks, JsonSerializerOptions.Web);

    internal void AskException(Instant? effectiveAt, Instant closesAt) => (IsException, EffectiveAt, ClosesAt) = (true, effectiveAt, closesAt);

    internal void Withdraw() => Status = PublicationStatus.Withdrawn;

    internal void Decide(PublicationStatus status, Guid by, Instant now, string? reason)
        => (Status, DecidedBy, DecidedAt, DecisionReason) = (status, by, now, reason);

    internal void Publish(Guid versionId) => (Status, VersionId) = (PublicationStatus.Published, versionId);

    internal void SpendOn(Guid callId) => CallId = callId;
}

internal sealed class PublicationRequestConfiguration : IEntityTypeConfiguration<PublicationRequest>
{
    public void Configure(EntityTypeBuilder<PublicationRequest> builder)
    {
        builder.ToTable("publication_requests");
        builder.Property(request => request.Json).HasColumnType("text");
        builder.Property(request => request.Reason).HasMaxLength(PublishDraft.LongestReason);
        builder.Property(request => request.DecisionReason).HasMaxLength(PublishDraft.LongestReason);
        builder.Property(request => request.National).HasColumnType("jsonb");
        builder.RefersTo<PublicationRequest, Programme>(nameof(PublicationRequest.ProgrammeId));
        builder.RefersTo<PublicationRequest, DefinitionVersion>(nameof(PublicationRequest.BaseVersionId));
        builder.RefersTo<PublicationRequest, DefinitionVersion>(nameof(PublicationRequest.VersionId));
        builder.RefersTo<PublicationRequest, Call>(nameof(PublicationRequest.CallId));
        builder.HasTenantIndex(nameof(PublicationRequest.ProgrammeId)).IsUnique().HasFilter("status in ('Waiting', 'Granted')").HasDatabaseName("ix_publication_requests_open");
    }
}
