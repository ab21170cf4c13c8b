using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;

namespace SaaS.Platform.Inbox;

/// <summary>A person was told by mail, or is about to be, that a thing waits. One for a thing and person, for ever: nobody is told twice.</summary>
public sealed class InboxNotice : ITenantOwned
{
    private InboxNotice()
    {
    }

    public InboxNotice(Waiting item, Guid mailId, Instant now)
    {
        Id = Guid.CreateVersion7();
        (UserId, Kind, ItemId, MailId, CreatedAt) = (item.UserId, item.Kind, item.Id, mailId, now);
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid UserId { get; private set; }

    public WaitingKind Kind { get; private set; }

    public Guid ItemId { get; private set; }

    /// <summary>The mail that tells it; much that comes at once comes in one mail.</summary>
    public Guid MailId { get; private set; }

    public Instant CreatedAt { get; private set; }

    /// <summary>Set before the mail server gets the mail: where a worker dies behind it, nobody knows whether it arrived, and it is not sent again.</summary>
    public Instant? HandedOverAt { get; private set; }
}

internal sealed class InboxNoticeConfiguration : IEntityTypeConfiguration<InboxNotice>
{
    public void Configure(EntityTypeBuilder<InboxNotice> builder)
    {
        builder.ToTable("inbox_notices");
        builder.HasOne<User>().WithMany().HasForeignKey(notice => notice.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasTenantIndex(nameof(InboxNotice.UserId), nameof(InboxNotice.Kind), nameof(InboxNotice.ItemId)).IsUnique();
        builder.HasTenantIndex(nameof(InboxNotice.MailId));
    }
}
