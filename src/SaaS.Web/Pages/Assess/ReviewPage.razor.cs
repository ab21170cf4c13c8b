using System.Globalization;
using Microsoft.AspNetCore.Components;
using SaaS.Platform.Evaluations;
using SaaS.Web.Kit;

namespace SaaS.Web.Pages.Assess;

/// <summary>The scoring sheet: declare, score, say why. Final once sent.</summary>
public sealed partial class ReviewPage(ViewEvaluation view, ScoreEvaluation scoring, NavigationManager navigation)
{
    private readonly FormErrors errors = new();
    private ViewEvaluation.Review? review;

    [Parameter]
    public Guid Id { get; set; }

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    protected override async Task OnInitializedAsync()
    {
        review = (await view.RunAsync(Id, Context.RequestAborted)).IsDone(out var found) ? found : null;
        if (review is null)
        {
            navigation.NotFound();
        }
    }

    private async Task SubmitAsync()
    {
        var scores = new Dictionary<string, int?>();
        foreach (var criterion in review!.Criteria)
        {
            var typed = Posted($"scores.{criterion.Code}");
            scores[criterion.Code] = int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var points) ? points : null;
        }

        bool? conflict = bool.TryParse(Posted("hasConflict"), out var declared) ? declared : null;
        var outcome = await scoring.RunAsync(Id, new ScoreEvaluation.Request(conflict, scores, Posted("comment")), Context.RequestAborted);
        if (outcome.IsDone(out _))
        {
            navigation.NavigateTo("/assess?done=1");
            return;
        }

        errors.Add(outcome.WhyNot, where => where);
        Context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    private string Posted(string name) => Context.Request.HasFormContentType ? Context.Request.Form[name].ToString().Trim() : "";
}
