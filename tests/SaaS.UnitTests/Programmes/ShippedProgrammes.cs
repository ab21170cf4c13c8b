using System.Runtime.CompilerServices;
using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.UnitTests.Programmes;

/// <summary>The definitions that come with the product, compiled.</summary>
internal static class ShippedProgrammes
{
    public static readonly Instant Morning = Instant.FromUtc(2025, 3, 4, 0, 0);

    /// <summary>Every definition of <c>workflows/</c> and <c>tenants/*/programmes/</c>, by its path from the root of the project.</summary>
    public static IEnumerable<string> Paths =>
        Directory.EnumerateFiles(Path.Combine(Root, "workflows"), "*.json", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".cases.json", StringComparison.Ordinal) && !path.EndsWith("guard-rails.json", StringComparison.Ordinal))
            .Concat(Directory.EnumerateDirectories(Path.Combine(Root, "tenants"))
                .Select(tenant => Path.Combine(tenant, "programmes"))
                .Where(Directory.Exists)
                .SelectMany(programmes => Directory.EnumerateFiles(programmes, "*.json")))
            .Select(path => Path.GetRelativePath(Root, path))
            .Order(StringComparer.Ordinal);

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "../../.."));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static WorkflowDefinition Definition(string path) => WorkflowDefinition.Parse(Text(path)).Required;

    public static CompiledWorkflow Compile(string path) => CompiledWorkflow.Compile(Definition(path));

    public static Burst Start(CompiledWorkflow workflow, Value application) => WorkflowRuntime.Start(workflow, new StartWorkflow
    {
        InstanceId = Guid.Parse("0195600a-0000-7000-8000-000000000001"),
        Input = Value.Object(("Application", application)),
        Now = Morning,
        NewId = Guid.NewGuid,
    });

    public static Burst Answer(CompiledWorkflow workflow, InstanceState state, string outcome) => WorkflowRuntime.Resume(workflow, state, new ResumeBookmark
    {
        BookmarkId = state.Bookmarks[0].Id,
        Input = Value.Object(("outcome", outcome)),
        Now = Morning,
        NewId = Guid.NewGuid,
    });

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
