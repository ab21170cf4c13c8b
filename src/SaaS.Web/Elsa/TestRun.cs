using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Web.Elsa;

/// <summary>Studio's button Run: the definition runs in memory up to its first wait. Nothing is stored and nobody is told.</summary>
public sealed class TestRun(StudioDefinitions definitions, CurrentActor actor, IClock clock)
{
    public async Task<IResult> RunAsync(string definitionId, JsonObject? request, CancellationToken cancellationToken)
    {
        var options = request?["versionOptions"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "Latest";
        if (await definitions.FindAsync(definitionId, options, cancellationToken) is not { } version)
        {
            return OutcomeResults.NotFound();
        }

        if (!actor.Is(MemberRole.Officer))
        {
            return ElsaApi.Refused([new Refusal("role-missing", "시험 실행은 담당자만 할 수 있습니다.", "Only an officer may run a test.")], StatusCodes.Status403Forbidden);
        }

        Value input;
        try
        {
            input = request?["input"] is JsonObject given ? Value.Parse(given.ToJsonString()) : Value.Object();
        }
        catch (JsonException)
        {
            return ElsaApi.Refused([new Refusal("input-unreadable", "입력값을 읽을 수 없습니다.", "The input cannot be read.", "input")]);
        }

        var id = Guid.CreateVersion7();
        var burst = WorkflowRuntime.Start(CompiledWorkflow.Compile(WorkflowDefinition.Parse(version.Json).Required), new StartWorkflow
        {
            InstanceId = id,
            Input = input,
            Now = clock.GetCurrentInstant(),
            NewId = Guid.CreateVersion7,
        });
        return TypedResults.Ok(new
        {
            workflowState = new
            {
                id,
                definitionId,
                definitionVersionId = version.Place.Id,
                definitionVersion = version.Place.Version,
                status = burst.State.Status.ToString(),
                subStatus = burst.State.SubStatus.ToString(),
                bookmarks = burst.State.Bookmarks.Select(bookmark => new { id = bookmark.Id, name = bookmark.Name, hash = bookmark.Hash, activityId = bookmark.ActivityId }),
                journal = burst.Journal.Select(line => new { line.ActivityId, line.ActivityType, @event = line.Event.ToString(), outcomes = line.Outcomes, message = line.Message }),
            },
            cannotStart = false,
        });
    }
}
