namespace SaaS.Platform.Inbox;

/// <summary>What each kind asks a person to do, for the list and for mail.</summary>
public static class WaitingWords
{
    public static (string Ko, string En) Of(WaitingKind kind) => kind switch
    {
        WaitingKind.Task => ("업무에 답하기", "Answer a task"),
        WaitingKind.Review => ("평가하기", "Review an application"),
        WaitingKind.Inspection => ("현장 점검하기", "Inspect a project"),
        WaitingKind.Share => ("분담금 확약 결정하기", "Decide on a share"),
        WaitingKind.Agreement => ("협약에 서명하기", "Sign an agreement"),
        WaitingKind.Deposit => ("기업부담금 입금 등록하기", "Record your deposit"),
        WaitingKind.PaymentToPrepare => ("지급 준비하기", "Prepare a payment"),
        WaitingKind.PaymentToApprove => ("지급 승인하기", "Approve a payment"),
        WaitingKind.DraftToPublish => ("사업 게시 검토하기", "Look over a draft and publish it"),
        WaitingKind.DraftReturned => ("반려된 사업 초안 고치기", "Mend a draft that was sent back"),
        WaitingKind.Publication => ("사업 게시 결정하기", "Decide on a publication"),
        WaitingKind.NationalGrant => ("국비 배정하기", "Grant central money"),
        WaitingKind.SupplierCase => ("공급기업 심사하기", "Examine a supplier"),
        WaitingKind.SupplierToName => ("공급기업 다시 정하기", "Name another supplier"),
        WaitingKind.DraftGuest => ("사업 초안 함께 설계하기", "Plan a draft together"),
        WaitingKind.GuardRail => ("사업을 국가 기준에 맞추기", "Bring a programme within the national guard rails"),
        WaitingKind.GuardRailChange => ("국가 기준 변경 승인하기", "Decide on a change of the national guard rails"),
        WaitingKind.TermsChanged => ("바뀐 공고 조건 확인하기", "Confirm the changed terms of a call"),
        WaitingKind.CallCancelled => ("공고 취소 확인하기", "Read why a call was cancelled"),
        WaitingKind.Waitlisted => ("예비 순위 확인하기", "Read your place on the waiting list"),
        WaitingKind.Promoted => ("예비에서 선정: 다음 단계 확인하기", "Selected from the waiting list: see what comes next"),
        WaitingKind.Invitation => ("초대 수락하기", "Accept an invitation"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
