using Microsoft.Extensions.Localization;
using SaaS.Platform.Agreements;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Documents;
using SaaS.Platform.Oversight;
using SaaS.Platform.Programmes;
using SaaS.Platform.Selections;
using SaaS.Platform.Suppliers;
using SaaS.Web.Flows;
using SaaS.Web.Kit;
using SaaS.Web.Texts;
using SaaS.Workflows.Definitions;

namespace SaaS.Web.Cases;

/// <summary>Reads one case on the plane of the request and puts it into words. A case that this plane does not see is absent.</summary>
public sealed class ReadCase(
    GrantsDb db, ViewApplication view, CompiledDefinitions definitions, ProgrammeFlow flows, StepWords words,
    IStringLocalizer<SharedTexts> texts, ActorNames names, ViewCaseMoney money, ListAgreements agreements, ListSupplierCases suppliers, ListDocuments documents, ReadRanking ranking)
{
    public async Task<CaseFile?> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var outcome = await view.RunAsync(id, cancellationToken);
        if (!outcome.IsDone(out var found))
        {
            return null;
        }

        var definition = found.DefinitionVersion == 0 ? null : (await definitions.GetAsync(db, found.DefinitionVersionId, cancellationToken)).Definition;
        var who = await names.OfAsync(found.Journal.Select(line => line.Actor), cancellationToken);
        return new CaseFile
        {
            Case = found,
            TierName = TierName(definition, found.Tier),
            Money = (await money.RunAsync(id, cancellationToken)).IsDone(out var sums) ? sums : null,
            Agreement = await agreements.OfApplicationAsync(id, cancellationToken),
            Standing = await ranking.OfApplicationAsync(id, cancellationToken),
            SupplierWait = await suppliers.OfApplicationAsync(id, cancellationToken),
            Documents = await documents.RunAsync(id, cancellationToken),
            Flow = definition is null || found.Journal.Count == 0 ? new FlowGraph([], []) : flows.Of(definition, CaseJournal.History(definition, found, words)),
            Journal = definition is null ? [] : CaseJournal.Moments(definition, found, words, texts, who),
        };
    }

    private string TierName(WorkflowDefinition? definition, string tier)
    {
        var chooser = definition?.Root.Flowchart.Activities.FirstOrDefault(activity => activity.Type == "Grant.ChooseTier");
        return tier.Length == 0 || chooser is null ? tier : words.Outcome(chooser, tier) ?? tier;
    }
}
