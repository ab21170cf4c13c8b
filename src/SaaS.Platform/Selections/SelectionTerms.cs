using System.Text.Json;

namespace SaaS.Platform.Selections;

/// <summary>When the applications that pass an evaluation are selected.</summary>
public enum SelectionMode
{
    /// <summary>As each passes, while places and money last; who comes too late is ranked on the waiting list.</summary>
    AsTheyCome,

    /// <summary>All of a tier together by rank, when the call is closed and the last of them is evaluated.</summary>
    AfterClosing,

    /// <summary>Whoever reaches the pass mark goes on, to a further evaluation: nothing is ranked and nothing set aside.</summary>
    PassMark,
}

/// <summary>What the evaluation stage of a definition says about the selection.</summary>
/// <param name="StopsOthers">The ranking ends at the first that does not fit (STOP); else the next ones are tried (SKIP).</param>
/// <param name="WaitingDays">So long a firm stays on the waiting list.</param>
public sealed record SelectionTerms(SelectionMode Selection, bool StopsOthers, int WaitingDays)
{
    /// <summary>Reads the payload of the stage's bookmark; one that was made before there were such terms says nothing of them.</summary>
    internal static SelectionTerms Read(JsonElement stage) => new(
        stage.TryGetProperty("selection", out var selection) ? Enum.Parse<SelectionMode>(selection.GetString()!) : SelectionMode.AsTheyCome,
        stage.TryGetProperty("whenShort", out var whenShort) && whenShort.GetString() == "Stop",
        stage.TryGetProperty("waitingDays", out var days) ? days.GetInt32() : 90);
}
