using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;

namespace SaaS.Web.Elsa;

/// <summary>Publishes from Studio, which has no place for a reason. Where KOSMO must approve, it has been asked and Studio says so.</summary>
public sealed class PublishFromStudio(PublishDraft publish)
{
    private const string Reason = "Elsa Studio에서 게시 (published in Elsa Studio)";

    public async Task<Outcome<PublishDefinition.Published>> RunAsync(DraftAuthor author, Guid programmeId, int revision, CancellationToken cancellationToken)
        => await publish.RunAsync(author, programmeId, new PublishDraft.Request(revision, Reason), cancellationToken) switch
        {
            Outcome<PublishDraft.Result>.Done { Value.Published: { } published } => published,
            Outcome<PublishDraft.Result>.Done => new Outcome<PublishDefinition.Published>.Refused(RefusalKind.Conflict, [new Refusal(
                "kosmo-asked",
                "국비를 쓰는 사업이므로 스마트제조혁신추진단(KOSMO)에 승인을 요청했습니다. 승인하면 게시됩니다.",
                "The programme uses central money: KOSMO was asked to approve. It is published when KOSMO does.")]),
            Outcome<PublishDraft.Result>.Refused refused => new Outcome<PublishDefinition.Published>.Refused(refused.Kind, refused.Reasons),
            _ => Absent.Row,
        };
}
