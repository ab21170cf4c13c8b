using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;

namespace SaaS.Platform.Calls;

/// <summary>What was decided about a call. Whether it takes applications now is a matter of time: <see cref="Call.StandingAt"/>.</summary>
public enum CallStatus
{
    Draft,
    Announced,
    Cancelled,
}

/// <summary>How a call stands at a moment.</summary>
public enum CallStanding
{
    Draft,
    NotYetOpen,
    Open,
    Closed,
    Cancelled,
}

/// <summary>One invitation to apply under a programme.</summary>
public sealed class Call : ITenantOwned
{
    private Call()
    {
    }

    public Call(Guid programmeId, Guid definitionVersionId, string number, string ko, string en, Instant opensAt, Instant closesAt, int budgetYear)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(number);
        Id = Guid.CreateVersion7();
        ProgrammeId = programmeId;
        DefinitionVersionId = definitionVersionId;
        Number = number;
        Status = CallStatus.Draft;
        Describe(ko, en, opensAt, closesAt, budgetYear);
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ProgrammeId { get; private set; }

    /// <summary>The version that new applications start with. Applications keep the one they started with.</summary>
    public Guid DefinitionVersionId { get; private set; }

    /// <summary>The number of the public notice; unique within the tenant.</summary>
    public string Number { get; private set; } = "";

    public string Ko { get; private set; } = "";

    public string En { get; private set; } = "";

    /// <summary>The first moment at which an application is taken.</summary>
    public Instant OpensAt { get; private set; }

    /// <summary>The first moment at which none is taken any more.</summary>
    public Instant ClosesAt { get; private set; }

    public CallStatus Status { get; private set; }

    public int BudgetYear { get; private set; }

    public CallStanding StandingAt(Instant now) => Status switch
    {
        CallStatus.Draft => CallStanding.Draft,
        CallStatus.Cancelled => CallStanding.Cancelled,
        _ when now < OpensAt => CallStanding.NotYetOpen,
        _ when now < ClosesAt => CallStanding.Open,
        _ => CallStanding.Closed,
    };

    public void Describe(string ko, string en, Instant opensAt, Instant closesAt, int budgetYear)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ko);
        ArgumentException.ThrowIfNullOrWhiteSpace(en);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(closesAt, opensAt);
        (Ko, En, OpensAt, ClosesAt, BudgetYear) = (ko, en, opensAt, closesAt, budgetYear);
    }

    public void Announce()
    {
        if (Status == CallStatus.Cancelled)
        {
            throw new InvalidOperationException($"Call {Id} is cancelled; it cannot be announced again.");
        }

        Status = CallStatus.Announced;
    }

    /// <summary>Takes no applications any more, and never will again.</summary>
    /// <exception cref="InvalidOperationException">It was not announced, or is cancelled already.</exception>
    public void Cancel()
    {
        if (Status != CallStatus.Announced)
        {
            throw new InvalidOperationException($"Call {Id} is not announced; there is nothing to cancel.");
        }

        Status = CallStatus.Cancelled;
    }

    /// <summary>Takes applications for longer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It would end earlier.</exception>
    public void Extend(Instant closesAt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(closesAt, ClosesAt);
        ClosesAt = closesAt;
    }

    /// <summary>New applications follow this version from now on; those already made keep theirs.</summary>
    public void UseVersion(Guid definitionVersionId) => DefinitionVersionId = definitionVersionId;
}

internal sealed class CallConfiguration : IEntityTypeConfiguration<Call>
{
    public void Configure(EntityTypeBuilder<Call> builder)
    {
        builder.ToTable("calls", table => table.HasCheckConstraint("ck_calls_window", "opens_at < closes_at"));
        builder.Property(call => call.Number).HasMaxLength(80);
        builder.Property(call => call.Ko).HasMaxLength(200);
        builder.Property(call => call.En).HasMaxLength(200);
        builder.RefersTo<Call, Programme>(nameof(Call.ProgrammeId));
        builder.RefersTo<Call, DefinitionVersion>(nameof(Call.DefinitionVersionId));
        builder.HasTenantIndex(nameof(Call.Number)).IsUnique();
        builder.HasTenantIndex(nameof(Call.ClosesAt));
    }
}
