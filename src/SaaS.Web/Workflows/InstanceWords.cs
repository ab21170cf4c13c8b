using Microsoft.Extensions.Localization;
using SaaS.Platform.Workflows;
using SaaS.Web.Kit;
using SaaS.Web.Texts;

namespace SaaS.Web.Workflows;

/// <summary>A running workflow in words for support staff.</summary>
public static class InstanceWords
{
    public static string Title(ListInstances.Row row) => row.ReceiptNumber ?? row.Name ?? row.CorrelationId ?? row.DefinitionId;

    /// <summary>What troubles it, else whether it runs, is done or was cancelled.</summary>
    public static (string Text, Tone Tone) Status(IStringLocalizer<SharedTexts> texts, ListInstances.Row row) => row switch
    {
        { Trouble: { } trouble } => (texts["workflows.trouble." + trouble], Tone.Bad),
        { SubStatus: "Cancelled" } => (texts["workflows.cancelled"], Tone.Neutral),
        { Status: "Finished" } => (texts["workflows.state.finished"], Tone.Good),
        _ => (texts["workflows.state.running"], Tone.Information),
    };

    /// <summary>The step that it waits at: a stage by its name, anything else by its id, with the time when it goes on by itself.</summary>
    public static string Wait(IStringLocalizer<SharedTexts> texts, ListInstances.Wait wait)
    {
        var known = texts["step." + wait.Name];
        var step = known.ResourceNotFound ? wait.ActivityId : known.Value;
        return wait.DueAt is { } due ? $"{step} ({KoreanTime.Minute(due)})" : step;
    }
}
