using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using SaaS.Web.Texts;

namespace SaaS.Web.Designer;

/// <summary>A piece of the designer, drawn anew after every change of the design.</summary>
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

    /// <summary>Reads from the session what is costly to reckon; called first and after every change.</summary>
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

    private void Redraw() => _ = InvokeAsync(() =>
    {
        Read();
        var shows = Shows();
        if (shows is null || shows != shown)
        {
            shown = shows;
            StateHasChanged();
        }
    });
}
