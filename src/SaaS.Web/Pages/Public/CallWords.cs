using Microsoft.Extensions.Localization;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Calls;
using SaaS.Platform.Programmes;
using SaaS.Platform.Time;
using SaaS.Web.Kit;
using SaaS.Web.Texts;
using SaaS.Workflows.Programmes;

namespace SaaS.Web.Pages.Public;

/// <summary>How a call's standing is said and coloured.</summary>
public static class CallWords
{
    public static Tone Tone(CallStanding standing) => standing switch
    {
        CallStanding.Open => Kit.Tone.Information,
        CallStanding.NotYetOpen => Kit.Tone.Waiting,
        CallStanding.Cancelled => Kit.Tone.Bad,
        _ => Kit.Tone.Neutral,
    };

    /// <summary>How many projects a tier takes: its quota, or what the national money that KOSMO granted is enough for.</summary>
    public static string Quota(IStringLocalizer<PublicTexts> texts, TierOutline tier, IReadOnlyDictionary<string, Won>? granted)
    {
        if (tier.TakesNationalMoney && granted?.TryGetValue(tier.Code, out var won) == true)
        {
            return won == Won.Zero ? texts["tier.quota.closed"] : NationalMoney.Quota(tier, won) is { } enough ? texts["tier.quota.firms", enough] : "–";
        }

        return tier.Tier.Quota is { } quota ? texts["tier.quota.firms", quota] : "–";
    }

    /// <summary>What must have happened before a payment.</summary>
    public static string TrancheWhen(IStringLocalizer<PublicTexts> texts, TrancheOutline tranche) => string.Join(" · ", new[]
    {
        tranche.AfterInspection is { } kind ? texts["tranche.after." + kind].Value : tranche.Number == 1 ? texts["tranche.after.agreement"].Value : "",
        tranche.DepositFirst ? texts["tranche.deposit"].Value : "",
    }.Where(words => words.Length > 0));

    /// <summary>An open call says how many days are left, as the public knows it from notices: D-12.</summary>
    public static string Standing(IStringLocalizer<PublicTexts> texts, CallSummary call, Instant now) =>
        call.Standing is CallStanding.Open
            ? texts["standing.Open.days", Period.DaysBetween(now.InZone(Seoul.Zone).Date, call.ClosesAt.InZone(Seoul.Zone).Date)]
            : texts["standing." + call.Standing];
}
