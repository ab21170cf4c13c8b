using System.Text.Json.Nodes;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Designing.Mending;

/// <summary>What a programme must say of itself.</summary>
internal static class ProgrammeMends
{
    public static IEnumerable<Mend> For(Problem problem, Design design)
    {
        var member = problem.Pointer[(problem.Pointer.LastIndexOf('/') + 1)..];
        if (member == "model")
        {
            foreach (var model in Models(design))
            {
                yield return new(new($"사업 모델을 {OptionNames.Of(model).Ko}(으)로", $"Make the model '{OptionNames.Of(model).En}'"), design.SetProgramme("model", model));
            }

            yield break;
        }

        var others = member == "slug" ? [design.Definition.DefinitionId] : new[] { Text(design, "ko"), Text(design, "en"), design.Definition.Name, design.Definition.Description };
        foreach (var text in others.Where(text => !string.IsNullOrWhiteSpace(text)).Distinct())
        {
            yield return new(new($"‘{text}’(으)로 적기", $"Write '{text}'"), design.SetProgramme(member, text));
        }
    }

    // Whoever pays says what it is.
    private static IEnumerable<string> Models(Design design)
    {
        var funders = design.Steps("Grant.ShareCost").Select(step => step["shares"]).OfType<JsonArray>().SelectMany(rows => rows.OfType<JsonObject>()).Select(row => (string?)row["funder"]).ToHashSet();
        var likely = funders.Contains("LeadFirm") ? "WinWin" : funders.Contains("Province") || funders.Contains("Municipality") ? "LocalGovernment" : "Standard";
        return GuardRails.Models.OrderByDescending(model => model == likely);
    }

    private static string? Text(Design design, string member) => (string?)design.At("/customProperties/programme/" + member);
}
