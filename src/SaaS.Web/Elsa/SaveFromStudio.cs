using System.Text.Json.Nodes;
using SaaS.Platform.Identity;
using SaaS.Platform.Oversight;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Definitions;

namespace SaaS.Web.Elsa;

/// <summary>
/// Saves what Studio sent, and publishes it when asked. A draft may be unfinished: a step that leads nowhere yet is said at publishing.
/// A value that can never be right, as shares of 105 %, is refused at once.
/// </summary>
public sealed class SaveFromStudio(StudioDefinitions definitions, CurrentActor actor, SaveDraft save, PublishFromStudio publish, GuardRailsInForce rails)
{
    private static readonly HashSet<string> NeverRight =
    [
        "shares-total", "share-outside-limits", "share-limit-broken",
        "overflow-unnamed", "overflow-unknown", "share-base-missing", "unusable-input", "wrong-type", "refused-expression", "unknown-expression-type",
        "unknown-code", "unknown-field", "duplicate-id", "tranches-total",
    ];

    /// <param name="AlreadyPublished">Nothing had changed.</param>
    public sealed record Saved(StudioDefinitions.Version Version, bool AlreadyPublished);

    public async Task<Outcome<Saved>> RunAsync(JsonObject? model, bool isToBePublished, CancellationToken cancellationToken)
    {
        if (model is null || DraftAuthor.Of(actor) is not { } author)
        {
            return new Refusal("model-missing", "정의(model)가 없습니다.", "The model is missing.", "model");
        }

        if (model["definitionId"] is not JsonValue id || !id.TryGetValue<string>(out var definitionId) || await definitions.FindAsync(definitionId, "Latest", cancellationToken) is not { } latest)
        {
            return new Refusal(
                "programme-unknown",
                "이 기관에 없는 사업입니다. 새 사업은 ‘사업 설계’ 화면에서 시작하세요.",
                "The tenant has no such programme. Begin a new one on the page Programmes.",
                "definitionId");
        }

        var (json, revision) = StudioModel.FromStudio(model, latest.Json);
        var parsed = WorkflowDefinition.Parse(json);
        if (parsed.Definition is not { } definition)
        {
            return Said(parsed.Problems);
        }

        var context = new CheckContext { Rails = await rails.TodayAsync(cancellationToken) };
        if (DefinitionChecker.Check(definition, context).Where(problem => problem.Severity == Severity.Error && (problem.Rail is not null || NeverRight.Contains(problem.Code))).ToList() is { Count: > 0 } wrong)
        {
            return Said(wrong);
        }

        return await StoreAsync(author, latest, definition, revision, isToBePublished, cancellationToken);
    }

    private async Task<Outcome<Saved>> StoreAsync(
        DraftAuthor author, StudioDefinitions.Version latest, WorkflowDefinition definition, int revision, bool isToBePublished, CancellationToken cancellationToken)
    {
        var isUnchanged = WorkflowDefinition.Parse(latest.Json).Required.ToCanonicalJson() == definition.ToCanonicalJson();
        if (isUnchanged && latest.Place.IsPublished)
        {
            return new Saved(latest, AlreadyPublished: true);
        }

        if (!isUnchanged || latest.Place.Revision != revision)
        {
            var saved = await save.RunAsync(author, latest.Place.ProgrammeId, definition.Json.GetRawText(), revision, cancellationToken);
            if (!saved.IsDone(out var stored))
            {
                return saved is Outcome<SaveDraft.Saved>.Refused refused ? new Outcome<Saved>.Refused(refused.Kind, refused.Reasons) : Absent.Row;
            }

            revision = stored.Revision;
        }

        if (isToBePublished && await publish.RunAsync(author, latest.Place.ProgrammeId, revision, cancellationToken) is Outcome<PublishDefinition.Published>.Refused no)
        {
            return new Outcome<Saved>.Refused(no.Kind, no.Reasons);
        }

        return new Saved((await definitions.FindAsync(definition.DefinitionId, "Latest", cancellationToken))!, AlreadyPublished: false);
    }

    private static List<Refusal> Said(IEnumerable<Problem> problems) => [.. problems.Select(problem => new Refusal(problem.Code, problem.Ko, problem.En, problem.Pointer))];
}
