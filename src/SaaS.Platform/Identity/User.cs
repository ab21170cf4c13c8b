using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace SaaS.Platform.Identity;

/// <summary>A person who can sign in. What that person may do comes from memberships alone.</summary>
public sealed class User
{
    public required Guid Id { get; init; }

    /// <summary>What is typed at sign-in.</summary>
    public required string UserName { get; set; }

    /// <summary>As ASP.NET Core Identity normalises it; unique.</summary>
    public string NormalizedUserName { get; set; } = "";

    public required string Ko { get; set; }

    public required string En { get; set; }

    /// <summary>Where notices go; null for nowhere.</summary>
    public string? Email { get; set; }

    /// <summary>The person wants no mail of new things in the inbox.</summary>
    public bool MailOff { get; set; }

    public string? PasswordHash { get; set; }

    /// <summary>Changes with the password: older cookies end.</summary>
    public string SecurityStamp { get; set; } = "";

    public int FailedSignIns { get; set; }

    public Instant? LockedUntil { get; set; }
}

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.Property(user => user.UserName).HasMaxLength(100);
        builder.Property(user => user.NormalizedUserName).HasMaxLength(100);
        builder.Property(user => user.Email).HasMaxLength(100);
        builder.HasIndex(user => user.NormalizedUserName).IsUnique();
    }
}
