namespace SaaS.Platform.Jobs;

/// <summary>Queues in the order in which they are served: Hangfire serves them alphabetically.</summary>
public static class JobQueue
{
    public const string Money = "a-money";
    public const string Interactive = "b-interactive";
    public const string Bulk = "c-bulk";

    public static readonly IReadOnlyList<string> All = [Money, Interactive, Bulk];
}

/// <summary>A job class of a feature: does the step of one outbox message, with <see cref="TenantJob"/>.</summary>
public interface IOutboxJob
{
    Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken);
}

/// <summary>Which job class runs which kind of outbox message. Each feature adds its own with <c>services.AddOutboxJob&lt;T&gt;(kind, queue)</c>.</summary>
public sealed record OutboxJobRegistration(string Kind, Type Job, string Queue);

/// <summary>All registrations, by kind.</summary>
public sealed class JobRegistry(IEnumerable<OutboxJobRegistration> registrations)
{
    private readonly Dictionary<string, OutboxJobRegistration> byKind = registrations.ToDictionary(registration => registration.Kind);

    public IReadOnlyCollection<OutboxJobRegistration> All => byKind.Values;

    /// <summary>Null when no feature took the kind: the message stays in the outbox and is reported.</summary>
    public OutboxJobRegistration? Find(string kind) => byKind.GetValueOrDefault(kind);
}
