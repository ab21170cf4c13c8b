using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>What an announcement says of the selection: when, what becomes of a firm for which money is short, and how equal scores are told apart.</summary>
internal static class SelectionWords
{
    private static readonly Words Ties = new(
        "동점이면 앞 평가 항목의 점수가 높은 쪽, 공공 부담 비율이 낮은 쪽, 처음 지원받는 기업, 먼저 접수한 쪽 순서로 정하고, 그래도 같으면 추첨합니다.",
        "Equal scores are told apart by the points of the first criteria, then the smaller part of public money, then who is supported for the first time, then who applied first, and in the end by lot.");

    /// <param name="stage">The payload of the evaluation stage; undefined where there is none.</param>
    public static Words? Of(Value stage)
    {
        if (stage["selection"].Text is not { } selection)
        {
            return null;
        }

        if (selection == "PassMark")
        {
            return new Words("합격 점수를 넘으면 다음 단계로 갑니다.", "Whoever reaches the pass mark goes on.");
        }

        var when = selection == "AfterClosing"
            ? new Words("접수가 마감되고 평가가 모두 끝나면 점수 순서대로 선정합니다.", "After the call has closed and all are evaluated, firms are selected in the order of their scores.")
            : new Words("평가에 합격하는 대로 예산과 선정 규모 안에서 선정합니다.", "Firms are selected as they pass the evaluation, while places and money last.");
        var money = stage["whenShort"].Text == "Stop"
            ? new Words("재원이 모자란 기업이 나오면 선정을 멈춥니다.", "The selection stops at the first firm for which money is short.")
            : new Words("재원이 모자란 기업은 건너뛰고 다음 순위를 선정합니다.", "A firm for which money is short is skipped, and the next one is selected.");
        var days = stage["waitingDays"].Whole;
        var list = new Words(
            $"선정되지 못한 합격 기업은 {days}일 동안 예비 순위에 있다가 재원이 생기면 순위대로 선정됩니다.",
            $"Firms that pass and are not selected stay on the waiting list for {days} days, and are selected by rank when money comes free.");
        Words[] all = [when, money, list, Ties];
        return new Words(string.Join(' ', all.Select(words => words.Ko)), string.Join(' ', all.Select(words => words.En)));
    }
}
