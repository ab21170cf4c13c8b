using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Workflows;

namespace SaaS.Platform.Calls;

public enum CallNoticeKind
{
    /// <summary>정정공고: something in the call was changed.</summary>
    Correction,

    /// <summary>연장공고: it takes applications for longer.</summary>
    Extension,

    /// <summary>취소공고.</summary>
    Cancellation,
}

/// <summary>What was said publicly of a call after its announcement. Never changed: what was wrong is put right by the next notice.</summary>
public sealed class CallNotice : ITenantOwned
{
    private CallNotice()
    {
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid CallId { get; private set; }

    public CallNoticeKind Kind { get; private set; }

    public Instant At { get; private set; }

    public Guid? By { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary>JSON text: what changed, sentence by sentence, in both languages.</summary>
    public string Changes { get; private set; } = "[]";

    /// <summary>The version that new applications follow from then on; null where it stayed.</summary>
    public int? Version { get; private set; }

    public Instant ClosedBefore { get; private set; }

    /// <summary>The end of the call from then on.</summary>
    public Instant ClosesAt { get; private set; }

    public IReadOnlyList<Words> Sentences() => JsonSerializer.Deserialize<List<Words>>(Changes, JsonSerializerOptions.Web) ?? [];

    internal static CallNotice Correction(
        Guid callId, string reason, IReadOnlyList<Words> changes, int version, Instant closedBefore, Instant closesAt, Guid? by, Instant now)
        => Of(CallNoticeKind.Correction, callId, reason, changes, version, closedBefore, closesAt, by, now);

    internal static CallNotice Extension(Guid callId, string reason, Instant closedBefore, Instant closesAt, Guid by, Instant now)
        => Of(CallNoticeKind.Extension, callId, reason, [], null, closedBefore, closesAt, by, now);

    internal static CallNotice Cancellation(Guid callId, string reason, Instant closesAt, Guid by, Instant now)
        => Of(CallNoticeKind.Cancellation, callId, reason, [], null, closesAt, closesAt, by, now);

    private static CallNotice Of(
        CallNoticeKind kind, Guid callId, string reason, IReadOnlyList<Words> changes, int? version, Instant closedBefore, Instant closesAt, Guid? by, Instant now) => new()
        {
            Id = Guid.CreateVersion7(),
            CallId = callId,
            Kind = kind,
            At = now,
            By = by,
            Reason = reason,
            Changes = JsonSerializer.Serialize(changes, JsonSerializerOptions.Web),
            Version = version,
            ClosedBefore = closedBefore,
            ClosesAt = closesAt,
        };
}

internal sealed class CallNoticeConfiguration : IEntityTypeConfiguration<CallNotice>
{
    public void Configure(EntityTypeBuilder<CallNotice> builder)
    {
        builder.ToTable("call_notices");
        builder.Property(notice => notice.Reason).HasMaxLength(1000);
        builder.Property(notice => notice.Changes).HasColumnType("jsonb");
        builder.RefersTo<CallNotice, Call>(nameof(CallNotice.CallId));
        builder.HasTenantIndex(nameof(CallNotice.CallId), nameof(CallNotice.At));
    }
}
