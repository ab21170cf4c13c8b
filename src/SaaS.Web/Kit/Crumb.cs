namespace SaaS.Web.Kit;

/// <summary>One place on the way from the home page to this one.</summary>
public sealed record Crumb(string Text, string Href);
