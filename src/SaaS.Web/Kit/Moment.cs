using NodaTime;

namespace SaaS.Web.Kit;

/// <summary>One entry of a case's journal, in words.</summary>
public sealed record Moment(Instant At, string Text, string? Actor = null, string? Detail = null, Tone Tone = Tone.Neutral);
