using Microsoft.Extensions.Localization;
using SaaS.Web.Kit;
using SaaS.Web.Texts;
using SaaS.Workflows.Programmes;

namespace SaaS.Web.Designer.Simulating;

/// <summary>The codes of reasons in the reader's words: a rule's own sentence, else what the code stands for.</summary>
internal sealed class ReasonWords(ProgrammeOutline outline, IStringLocalizer<SimulationTexts> words, IStringLocalizer<SharedTexts> shared)
{
    public string Of(string code)
    {
        if (outline.Rules.FirstOrDefault(rule => rule.Code == code) is { } rule)
        {
            return Language.Of(rule.Condition.Ko, rule.Condition.En);
        }

        var (kind, about) = code.IndexOf(':', StringComparison.Ordinal) is var at and > 0 ? (code[..at], code[(at + 1)..]) : (code, "");
        return words["reason." + kind, Name(kind, about)] is { ResourceNotFound: false } known ? known : code;
    }

    private string Name(string kind, string about)
    {
        if (kind == "budget")
        {
            return shared["funder." + about.Split('@')[0]] is { ResourceNotFound: false } funder ? funder : about;
        }

        return outline.Tier(about) is { } tier ? Language.Of(tier.Name.Ko, tier.Name.En) : about;
    }
}
