using Microsoft.Extensions.Localization;
using SaaS.Platform.Applications;
using SaaS.Web.Kit;
using SaaS.Web.Texts;

namespace SaaS.Web.Cases;

/// <summary>How an application's status is said and coloured, on every plane alike.</summary>
public static class CaseWords
{
    public static string Of(IStringLocalizer<SharedTexts> texts, ApplicationStatus status) => texts["status." + status];

    public static Tone Tone(ApplicationStatus status) => status switch
    {
        ApplicationStatus.Completed => Kit.Tone.Good,
        ApplicationStatus.Ineligible or ApplicationStatus.Rejected or ApplicationStatus.NotSelected
            or ApplicationStatus.Refused or ApplicationStatus.Declined or ApplicationStatus.Failed or ApplicationStatus.Cancelled => Kit.Tone.Bad,
        ApplicationStatus.Withdrawn => Kit.Tone.Neutral,
        ApplicationStatus.Waitlisted or ApplicationStatus.AwaitingNationalShare or ApplicationStatus.AwaitingCommitment
            or ApplicationStatus.AwaitingTask or ApplicationStatus.AwaitingAgreement => Kit.Tone.Waiting,
        ApplicationStatus.Submitted => Kit.Tone.Neutral,
        _ => Kit.Tone.Information,
    };

    public static Tone PaymentTone(string status) => status switch
    {
        "Paid" => Kit.Tone.Good,
        "Approved" or "Prepared" => Kit.Tone.Information,
        "Requested" => Kit.Tone.Waiting,
        _ => Kit.Tone.Neutral,
    };

    public static Tone ShareTone(string status) => status switch
    {
        "Committed" => Kit.Tone.Good,
        "Refused" or "Released" => Kit.Tone.Bad,
        "Reserved" => Kit.Tone.Information,
        _ => Kit.Tone.Neutral,
    };
}
