using Microsoft.Extensions.Localization;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Time;
using SaaS.Web.Kit;
using SaaS.Web.Texts;

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

    /// <summary>An open call says how many days are left, as the public knows it from notices: D-12.</summary>
    public static string Standing(IStringLocalizer<PublicTexts> texts, CallSummary call, Instant now) =>
        call.Standing is CallStanding.Open
            ? texts["standing.Open.days", Period.DaysBetween(now.InZone(Seoul.Zone).Date, call.ClosesAt.InZone(Seoul.Zone).Date)]
            : texts["standing." + call.Standing];
}
