namespace SaaS.Web.Kit;

/// <summary>One answer that a person may choose.</summary>
public sealed record Choice(string Value, string Text, string? Hint = null);
