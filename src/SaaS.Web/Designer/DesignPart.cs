using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using SaaS.Web.Texts;

namespace SaaS.Web.Designer;

/// <summary>A piece of the designer, drawn anew after every change that it shows.</summary>
public abstract class DesignPart : ComponentBase, IDisposable
{
    private string? shown;

    [CascadingParameter]
    public required DesignSession Session { get; set; }

    [Inject]
    public required IStringLocalizer<DesignerTexts> D { get; set; }

    protected override void OnInitialized()
    {
        Session.Changed += Redraw;
        Read();
    }

    /// <summary>
    /// Whether a change is shown here. Where one edits, the edit is; what shows findings waits until they have settled.
    /// </summary>
    protected virtual bool Heeds(DesignChange change) => change != DesignChange.Settled;

    /// <summary>Reads from the session what is costly to reckon; called first and after every change that is shown.</summary>
    protected virtual void Read()
    {
    }

    /// <summary>All that the part shows, in one text, where telling so is cheaper than drawing: the same text is not drawn again. Null: always drawn.</summary>
    protected virtual string? Shows() => null;

    /// <summary>Ends what is still under way; called when the part is left for good.</summary>
    protected virtual void Leave()
    {
    }

    public void Dispose()
    {
        Session.Changed -= Redraw;
        Leave();
        GC.SuppressFinalize(this);
    }

    // Changes are made on the circuit's own thread, so this draws with the rest of the answer.
    private void Redraw(DesignChange change)
    {
        if (!Heeds(change))
        {
            return;
        }

        Read();
        var shows = Shows();
        if (shows is null || shows != shown)
        {
            shown = shows;
            StateHasChanged();
        }
    }
}
