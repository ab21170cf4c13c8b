using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Cases;

/// <summary>Runs a case in memory, from start through its resumes, and tells what happened in the words of the case files.</summary>
public static class CaseRun
{
    /// <summary>The result with the keys of <c>expected</c>: status, subStatus, correlationId, name, output, variables, executed, completed, journal, stdout, bookmarks, incidents, bursts.</summary>
    /// <exception cref="FormatException">A definition cannot be read; the message says why.</exception>
    public static Value Run(WorkflowCase @case, Instant now, Func<Guid> newId)
    {
        var imports = @case.Imports.Select(json => WorkflowDefinition.Parse(json).Required).ToList();
        var compiled = new Dictionary<string, CompiledWorkflow>(StringComparer.Ordinal);
        CompiledWorkflow? Resolve(string definitionId)
        {
            if (compiled.TryGetValue(definitionId, out var known))
            {
                return known;
            }

            return imports.Find(import => import.DefinitionId == definitionId && import.IsPublished) is { } import
                ? compiled[definitionId] = CompiledWorkflow.Compile(import, Resolve)
                : null;
        }

        var workflow = CompiledWorkflow.Compile(WorkflowDefinition.Parse(@case.Definition).Required, Resolve);
        var record = new CaseRecord();
        var burst = WorkflowRuntime.Start(workflow, new StartWorkflow { InstanceId = newId(), Input = @case.Input, Now = now, NewId = newId });
        record.Add(burst);
        foreach (var resume in @case.Resume.Items)
        {
            var next = WorkflowRuntime.Resume(workflow, burst.State, new ResumeBookmark
            {
                ActivityId = resume["activity"].Text,
                BookmarkName = resume["bookmark"].Text,
                Input = resume["input"],
                Now = now,
                NewId = newId,
            });
            if (next.Refusal is ResumeRefusal.Finished)
            {
                // A finished instance is never resumed, so there is nothing to record.
                continue;
            }

            if (next.Refusal is not null)
            {
                record.Skip(resume);
                continue;
            }

            burst = next;
            record.Add(burst);
        }

        return record.Result(burst.State);
    }
}
