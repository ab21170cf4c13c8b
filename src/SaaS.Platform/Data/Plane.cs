namespace SaaS.Platform.Data;

/// <summary>
/// The side from which someone looks at the data. Each plane is a database role of its own, so what it may see
/// is decided by PostgreSQL (Data/Visibility.cs), not by a WHERE that somebody may forget.
/// </summary>
public enum Plane
{
    /// <summary>Nobody in particular: published calls of all tenants.</summary>
    Public,

    /// <summary>Sign-in: users and their memberships.</summary>
    Identity,

    /// <summary>The staff of one tenant. The only plane that writes tenants' rows.</summary>
    Tenant,

    /// <summary>A small or medium-sized firm: its own applications, in any tenant.</summary>
    Company,

    /// <summary>A supplier: the consortia that it belongs to.</summary>
    Supplier,

    /// <summary>A co-funder or payer: the lines that it funds or pays.</summary>
    Funder,

    /// <summary>A regional centre: the applications of its region.</summary>
    Region,

    /// <summary>An evaluator or inspector: the cases assigned to that person.</summary>
    Assessor,

    /// <summary>KOSMO and the ministry: reads everything.</summary>
    Oversight,

    /// <summary>What waits for one person, whatever that person acts for: the open things alone, in all tenants.</summary>
    Inbox,

    /// <summary>The dispatcher: the outbox of all tenants and Hangfire's own schema, nothing else.</summary>
    Jobs,

    /// <summary>The operator's commands: loads tenants, organisations, firms and users. Never opened by a request or a job.</summary>
    Administration,
}
