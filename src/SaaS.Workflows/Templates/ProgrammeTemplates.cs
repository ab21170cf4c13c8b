using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Templates;

/// <summary>A definition that a tenant can begin a programme with.</summary>
/// <param name="Name">Its file's name without the ending, for example <c>local-basic-advanced</c>; stable.</param>
/// <param name="IsAnnounced">A programme that was really announced; otherwise one of the plain models.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Summary">Who pays what, in a sentence.</param>
public sealed record ProgrammeTemplate(string Name, bool IsAnnounced, Words Title, Words Summary, WorkflowDefinition Definition);

/// <summary>The templates of the folder <c>workflows/</c>, built in: the plain models first, then the announced programmes.</summary>
public static class ProgrammeTemplates
{
    private const string Folder = "Templates/";
    private const string Announced = "catalogue/";

    private static readonly string[] Plain = ["standard", "win-win", "local-basic", "local-basic-advanced", "top-up", "award-top-up", "blank"];

    private static readonly Lazy<IReadOnlyList<ProgrammeTemplate>> Read = new(() => [.. ReadAll()]);

    public static IReadOnlyList<ProgrammeTemplate> All => Read.Value;

    /// <summary>Null when there is none of this name.</summary>
    public static ProgrammeTemplate? Find(string name) => All.FirstOrDefault(template => template.Name == name);

    private static IEnumerable<ProgrammeTemplate> ReadAll()
    {
        var assembly = typeof(ProgrammeTemplates).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Folder, StringComparison.Ordinal))
            .Select(resource =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                var path = resource[Folder.Length..^".json".Length].Replace('\\', '/');
                var definition = WorkflowDefinition.Parse(reader.ReadToEnd()).Required;
                return new ProgrammeTemplate(
                    path.Split('/')[^1], path.StartsWith(Announced, StringComparison.Ordinal), Say(definition, "ko", "en"), Say(definition, "summaryKo", "summaryEn"), definition);
            })
            .OrderBy(template => template.IsAnnounced).ThenBy(template => Array.IndexOf(Plain, template.Name)).ThenBy(template => template.Name, StringComparer.Ordinal);
    }

    private static Words Say(WorkflowDefinition definition, string ko, string en)
    {
        var programme = definition.Json.GetProperty("customProperties").GetProperty("programme");
        return new(programme.GetProperty(ko).GetString()!, programme.GetProperty(en).GetString()!);
    }
}
