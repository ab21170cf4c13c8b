namespace SaaS.Web.Kit;

/// <summary>
/// What one funder carries of a project. <c>Funder</c> is a name of the domain's funders and decides the colour;
/// <c>Who</c> is the organisation behind it, when it is known.
/// </summary>
public sealed record ShareLine(string Funder, long Amount, int? BasisPoints = null, string? Who = null, string? Note = null);
