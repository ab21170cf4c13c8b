using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;

namespace SaaS.Platform.Applications;

/// <summary>A submission that was refused, and why: the only thing kept of it.</summary>
public sealed class SubmissionRefusal : ITenantOwned
{
    private SubmissionRefusal()
    {
    }

    /// <param name="callId">The call applied to.</param>
    /// <param name="firmId">The applicant.</param>
    /// <param name="userId">The person who sent it.</param>
    /// <param name="arrivedAt">When it arrived at the server.</param>
    /// <param name="codes">The codes of all reasons, parted by blanks.</param>
    /// <param name="reasons">All reasons as JSON text.</param>
    /// <param name="totalCost">The cost applied for, where one was given that a column can hold.</param>
    public SubmissionRefusal(Guid callId, Guid firmId, Guid? userId, Instant arrivedAt, string codes, string reasons, long? totalCost)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(codes);
        Id = Guid.CreateVersion7();
        CallId = callId;
        FirmId = firmId;
        UserId = userId;
        ArrivedAt = arrivedAt;
        Codes = codes;
        Reasons = reasons;
        TotalCost = totalCost;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid CallId { get; private set; }

    public Guid FirmId { get; private set; }

    public Guid? UserId { get; private set; }

    public Instant ArrivedAt { get; private set; }

    public string Codes { get; private set; } = "";

    public string Reasons { get; private set; } = "[]";

    public long? TotalCost { get; private set; }
}

internal sealed class SubmissionRefusalConfiguration : IEntityTypeConfiguration<SubmissionRefusal>
{
    public void Configure(EntityTypeBuilder<SubmissionRefusal> builder)
    {
        builder.ToTable("submission_refusals");
        builder.Property(refusal => refusal.Codes).HasMaxLength(1000);
        builder.Property(refusal => refusal.Reasons).HasColumnType("jsonb");
        builder.RefersTo<SubmissionRefusal, Call>(nameof(SubmissionRefusal.CallId));
        builder.HasTenantIndex(nameof(SubmissionRefusal.CallId), nameof(SubmissionRefusal.ArrivedAt));
        builder.HasTenantIndex(nameof(SubmissionRefusal.FirmId));
    }
}
